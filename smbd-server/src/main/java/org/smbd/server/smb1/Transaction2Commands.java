package org.smbd.server.smb1;

import java.util.List;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.CreateOptions;
import org.smbd.core.file.ExtendedAttribute;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb1.Smb1FsInfo;
import org.smbd.protocol.smb1.Smb1OpenRequest;
import org.smbd.protocol.smb1.Smb1SetInfo;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;
import org.smbd.server.smb2.ShareVolume;

/** The functions of SMB_COM_TRANSACTION2: MS-CIFS 2.2.6, 3.3.5.57. */
final class Transaction2Commands {
    private static final int OPEN2 = 0x0;
    private static final int FIND_FIRST2 = 0x1;
    private static final int FIND_NEXT2 = 0x2;
    private static final int QUERY_FS_INFORMATION = 0x3;
    private static final int SET_FS_INFORMATION = 0x4;
    private static final int QUERY_PATH_INFORMATION = 0x5;
    private static final int SET_PATH_INFORMATION = 0x6;
    private static final int QUERY_FILE_INFORMATION = 0x7;
    private static final int SET_FILE_INFORMATION = 0x8;
    private static final int CREATE_DIRECTORY = 0xD;
    private static final int GET_DFS_REFERRAL = 0x10;
    private static final int OPEN2_FIXED_BYTES = 28;
    private static final int VOLUME_BYTES_MAX = 512;

    private Transaction2Commands() {}

    static Smb1Reply perform(Transaction transaction) {
        return switch (transaction.function()) {
            case OPEN2 -> open2(transaction);
            case FIND_FIRST2 -> FindTransactions.first(transaction);
            case FIND_NEXT2 -> FindTransactions.next(transaction);
            case QUERY_FS_INFORMATION -> queryFs(transaction);
            case SET_FS_INFORMATION -> throw NtStatus.NOT_SUPPORTED.exception();
            case QUERY_PATH_INFORMATION -> QueryTransactions.path(transaction);
            case QUERY_FILE_INFORMATION -> QueryTransactions.file(transaction);
            case SET_PATH_INFORMATION -> SetTransactions.path(transaction);
            case SET_FILE_INFORMATION -> SetTransactions.file(transaction);
            case CREATE_DIRECTORY -> createDirectory(transaction);
            // No share is in a distributed file system.
            case GET_DFS_REFERRAL -> throw NtStatus.NOT_FOUND.exception();
            default -> throw NtStatus.NOT_IMPLEMENTED.exception();
        };
    }

    /** MS-CIFS 2.2.6.1 TRANS2_OPEN2. */
    private static Smb1Reply open2(Transaction transaction) {
        Smb1Call call = transaction.call();
        WireReader in = transaction.parameterReader();
        WireReader words = in.subReader(OPEN2_FIXED_BYTES);
        Smb1OpenRequest.Open request = Smb1OpenRequest.Open.decode(words, in, call.text());
        List<ExtendedAttribute> attributes = Smb1SetInfo.eaList(transaction.dataReader(), call.text());
        return OpenCommands.openDos(call, request, attributes, NtStatus.OBJECT_NAME_COLLISION, opened -> {
            var response = OpenCommands.andxResponse(call, request.accessMode(), request.accessMode(), opened, false);
            return transaction.answer(out -> {
                response.parameters(out);
                out.u16(0); // ExtendedAttributeErrorOffset
                out.i32(opened.result().metadata().eaSize()); // ExtendedAttributeLength
            });
        });
    }

    /** MS-CIFS 2.2.6.4 TRANS2_QUERY_FS_INFORMATION. */
    private static Smb1Reply queryFs(Transaction transaction) {
        Smb1Call call = transaction.call();
        int level = transaction.parameterReader().u16();
        return Opening.using(call, "", AccessMask.FILE_READ_ATTRIBUTES, CreateOptions.DIRECTORY_FILE, opened -> {
            var facts = ShareVolume.facts(
                    call.share().share(),
                    opened.files().queryVolume(opened.result().open()));
            var data = call.buffer(VOLUME_BYTES_MAX);
            try {
                NtStatus status =
                        Smb1FsInfo.encode(level, facts, transaction.dataMax(), call.text(), new WireWriter(data));
                return transaction.answer(status, out -> {}, data);
            } catch (RuntimeException refused) {
                data.release();
                throw refused;
            }
        });
    }

    /** MS-CIFS 2.2.6.14 TRANS2_CREATE_DIRECTORY. */
    private static Smb1Reply createDirectory(Transaction transaction) {
        Smb1Call call = transaction.call();
        WireReader in = transaction.parameterReader();
        in.skip(4); // Reserved
        Smb1Reply reply = PathCommands.createDirectory(call, call.text().read(in));
        return Smb1Reply.after(
                reply, made -> made instanceof Smb1Reply.Failure ? made : transaction.answer(out -> out.u16(0)));
    }
}

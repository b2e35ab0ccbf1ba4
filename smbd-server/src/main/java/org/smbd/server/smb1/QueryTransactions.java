package org.smbd.server.smb1;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.ExtendedAttribute;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.fscc.FileFacts;
import org.smbd.protocol.smb1.Smb1FileInfo;
import org.smbd.protocol.smb1.Smb1SetInfo;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;
import org.smbd.server.session.OpenResource;
import org.smbd.server.smb2.OpenFacts;
import org.smbd.server.smb2.PipeInformation;

/** MS-CIFS 2.2.6.6 TRANS2_QUERY_PATH_INFORMATION, 2.2.6.8 TRANS2_QUERY_FILE_INFORMATION. */
final class QueryTransactions {
    private static final int SMALL_BYTES = 512;

    private QueryTransactions() {}

    static Smb1Reply path(Transaction transaction) {
        Smb1Call call = transaction.call();
        WireReader in = transaction.parameterReader();
        int level = in.u16();
        in.skip(4); // Reserved
        String path = Smb1Path.of(call.text().read(in));
        if (call.share().isPipe()) {
            throw NtStatus.INVALID_DEVICE_REQUEST.exception();
        }
        if (level == Smb1FileInfo.IS_NAME_VALID) {
            return transaction.answer(out -> out.u16(0));
        }
        int access = AccessMask.FILE_READ_ATTRIBUTES | (isEas(level) ? AccessMask.FILE_READ_EA : 0);
        Optional<List<String>> names = eaNames(transaction, level);
        return Opening.using(call, path, access, 0, opened -> answer(transaction, level, opened.resource(), names));
    }

    static Smb1Reply file(Transaction transaction) {
        Smb1Call call = transaction.call();
        WireReader in = transaction.parameterReader();
        int fid = in.u16();
        int level = in.u16();
        Smb1Open open = call.open(fid);
        if (open.handle().resource() instanceof OpenResource.File file) {
            return answer(transaction, level, file, eaNames(transaction, level));
        }
        return answer(transaction, level, PipeInformation.INSTANCE, "\\");
    }

    private static boolean isEas(int level) {
        return level == Smb1FileInfo.ALL_EAS || level == Smb1FileInfo.EAS_FROM_LIST;
    }

    private static Optional<List<String>> eaNames(Transaction transaction, int level) {
        if (level != Smb1FileInfo.EAS_FROM_LIST) {
            return Optional.empty();
        }
        Optional<List<String>> names =
                Smb1SetInfo.eaNames(transaction.dataReader(), transaction.call().text());
        if (names.isEmpty()) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        return names;
    }

    private static Smb1Reply answer(
            Transaction transaction, int level, OpenResource.File file, Optional<List<String>> names) {
        if (isEas(level)) {
            List<ExtendedAttribute> all = EaSelection.all(file);
            return attributes(
                    transaction, names.map(asked -> EaSelection.of(asked, all)).orElse(all));
        }
        return answer(
                transaction, level, new OpenFacts(file), "\\" + file.open().path());
    }

    private static Smb1Reply attributes(Transaction transaction, List<ExtendedAttribute> attributes) {
        Smb1Call call = transaction.call();
        int bytes = Smb1FileInfo.eaListBytes(attributes, call.text());
        if (bytes > transaction.dataMax()) {
            throw NtStatus.BUFFER_TOO_SMALL.exception();
        }
        ByteBuf data = call.buffer(bytes);
        Smb1FileInfo.eaList(attributes, call.text(), new WireWriter(data));
        return transaction.answer(NtStatus.SUCCESS, out -> out.u16(0), data);
    }

    private static Smb1Reply answer(Transaction transaction, int level, FileFacts facts, String path) {
        Smb1Call call = transaction.call();
        ByteBuf data = call.buffer(SMALL_BYTES);
        try {
            NtStatus status = Smb1FileInfo.encode(
                    level, facts, path, transaction.dataMax(), call.text(), call.time(), new WireWriter(data));
            if (data.readableBytes() > transaction.dataMax()) {
                data.writerIndex(transaction.dataMax());
                status = NtStatus.BUFFER_OVERFLOW;
            }
            return transaction.answer(status, out -> out.u16(0), data);
        } catch (RuntimeException refused) {
            data.release();
            throw refused;
        }
    }
}

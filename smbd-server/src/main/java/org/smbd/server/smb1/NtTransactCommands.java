package org.smbd.server.smb1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.ExtendedAttribute;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.fscc.FullEaEntry;
import org.smbd.protocol.fscc.NotifyAction;
import org.smbd.protocol.fscc.NotifyInfoWriter;
import org.smbd.protocol.smb1.Smb1OpenRequest;
import org.smbd.protocol.wire.WireReader;
import org.smbd.server.session.OpenResource;
import org.smbd.server.smb2.EaEntries;
import org.smbd.server.smb2.IoctlHandler;
import org.smbd.server.smb2.OpenTarget;
import org.smbd.vfs.ChangeNotification;

/** The functions of SMB_COM_NT_TRANSACT: MS-CIFS 2.2.7, 3.3.5.59. */
final class NtTransactCommands {
    private static final int CREATE = 0x1;
    private static final int IOCTL = 0x2;
    private static final int NOTIFY_CHANGE = 0x4;
    private static final int RENAME = 0x5;
    private static final NotifyAction[] ACTIONS = NotifyAction.values();

    private final OpenCommands opens;
    private final Smb1Controls controls;

    NtTransactCommands(OpenCommands opens, IoctlHandler ioctl) {
        this.opens = opens;
        this.controls = new Smb1Controls(ioctl);
    }

    Smb1Reply perform(Transaction transaction) {
        return switch (transaction.function()) {
            case CREATE -> create(transaction);
            case IOCTL -> ioctl(transaction);
            case NOTIFY_CHANGE -> notifyChange(transaction);
            case RENAME -> rename(transaction);
            default -> throw NtStatus.NOT_SUPPORTED.exception();
        };
    }

    /** MS-CIFS 2.2.7.1 NT_TRANSACT_CREATE. */
    private Smb1Reply create(Transaction transaction) {
        Smb1Call call = transaction.call();
        WireReader in = transaction.parameterReader();
        int flags = in.i32();
        int root = in.i32();
        int desiredAccess = in.i32();
        long allocationSize = in.i64();
        int fileAttributes = in.i32();
        int shareAccess = in.i32();
        int disposition = in.i32();
        int options = in.i32();
        long descriptorLength = in.u32();
        long eaLength = in.u32();
        long nameLength = in.u32();
        int impersonation = in.i32();
        in.skip(1); // SecurityFlags
        if (call.text().unicode() && (in.position() & 1) != 0 && in.remaining() > 0) {
            in.skip(1);
        }
        String name = call.text().read(in, Math.min(nameLength, in.remaining()));
        Smb1OpenRequest.NtCreate request = new Smb1OpenRequest.NtCreate(
                flags,
                root,
                desiredAccess,
                allocationSize,
                fileAttributes,
                shareAccess,
                disposition,
                options,
                impersonation,
                name);
        boolean extended = (flags & Smb1OpenRequest.NtCreate.REQUEST_EXTENDED_RESPONSE) != 0;
        return opens.ntCreate(
                call,
                request,
                attributes(transaction, descriptorLength, eaLength),
                extended,
                response -> transaction.answer(response::parameters));
    }

    private static List<ExtendedAttribute> attributes(Transaction transaction, long descriptorLength, long eaLength) {
        if (eaLength == 0) {
            return List.of();
        }
        WireReader data = transaction.dataReader();
        data.seek(descriptorLength + 3 & -4);
        return EaEntries.of(FullEaEntry.decodeList(data.subReader(eaLength)));
    }

    /** MS-CIFS 2.2.7.2 NT_TRANSACT_IOCTL: the setup names function, FID and whether it is for the file system. */
    private Smb1Reply ioctl(Transaction transaction) {
        WireReader setup = transaction.setupReader();
        int controlCode = setup.i32();
        int fid = setup.u16();
        boolean isFsctl = setup.u8() != 0;
        return controls.perform(transaction, controlCode, fid, isFsctl);
    }

    /** MS-CIFS 2.2.7.4 NT_TRANSACT_NOTIFY_CHANGE. */
    private static Smb1Reply notifyChange(Transaction transaction) {
        WireReader setup = transaction.setupReader();
        int filter = setup.i32();
        int fid = setup.u16();
        boolean watchTree = setup.u8() != 0;
        OpenResource.File directory = transaction.call().file(fid);
        if (!directory.open().isDirectory()) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        OpenTarget.requireAll(directory.open(), AccessMask.FILE_LIST_DIRECTORY);
        // The changes are the parameters of the answer.
        int lengthMax = transaction.parametersMax();
        Smb1Reply reply = Smb1Reply.when(
                directory.files().notifyChange(directory.open(), filter, watchTree, lengthMax),
                changes -> changes(transaction, changes, lengthMax));
        return Smb1Reply.after(reply, done -> ended(transaction, done));
    }

    /** That the directory was closed is told by an answer without changes. */
    private static Smb1Reply ended(Transaction transaction, Smb1Reply reply) {
        return reply instanceof Smb1Reply.Failure failure && failure.status() == NtStatus.NOTIFY_CLEANUP
                ? transaction.done()
                : reply;
    }

    private static Smb1Reply changes(Transaction transaction, List<ChangeNotification> changes, int lengthMax) {
        Smb1Call call = transaction.call();
        ByteBuf parameters = call.buffer(lengthMax);
        NotifyInfoWriter writer = new NotifyInfoWriter(parameters, lengthMax);
        boolean fits = !changes.isEmpty();
        for (ChangeNotification change : changes) {
            fits = fits && writer.append(ACTIONS[change.action() - 1], change.name());
        }
        if (!fits) {
            parameters.clear();
        }
        return new Smb1Reply.Transaction( // that there were too many is told by none
                NtStatus.SUCCESS, true, Unpooled.EMPTY_BUFFER, parameters, call.buffer(1));
    }

    /** MS-CIFS 2.2.7.5 NT_TRANSACT_RENAME: Windows says that it is done, and does nothing. */
    private static Smb1Reply rename(Transaction transaction) {
        transaction.call().file(transaction.parameterReader().u16());
        return transaction.done();
    }
}

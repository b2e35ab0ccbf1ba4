package org.smbd.server.smb1;

import java.util.Optional;
import org.smbd.core.file.AccessMask;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.fscc.FileInformationClass;
import org.smbd.protocol.fscc.SetFileInformation;
import org.smbd.protocol.smb1.Smb1SetInfo;
import org.smbd.protocol.wire.WireReader;
import org.smbd.server.session.OpenHandle;
import org.smbd.server.session.OpenResource;
import org.smbd.server.session.TreeConnect;
import org.smbd.server.smb2.OpenTarget;
import org.smbd.server.smb2.SetInfoHandler;
import org.smbd.vfs.BasicInformation;
import org.smbd.vfs.NameChange;

/** MS-CIFS 2.2.6.7 TRANS2_SET_PATH_INFORMATION, 2.2.6.9 TRANS2_SET_FILE_INFORMATION. */
final class SetTransactions {
    private SetTransactions() {}

    static Smb1Reply path(Transaction transaction) {
        Smb1Call call = transaction.call();
        WireReader in = transaction.parameterReader();
        int level = in.u16();
        in.skip(4); // Reserved
        String path = Smb1Path.of(call.text().read(in));
        int access = access(level);
        Smb1Oplock oplock =
                Smb1SetInfo.isName(level) && !Smb1SetInfo.isLink(level) ? Smb1Oplock.UNTOUCHED : Smb1Oplock.NONE;
        Opening.Wish wish = Opening.Wish.existing(path, access, 0, oplock);
        return Opening.using(call, wish, opened -> set(transaction, level, Optional.empty(), opened.resource()));
    }

    static Smb1Reply file(Transaction transaction) {
        WireReader in = transaction.parameterReader();
        int fid = in.u16();
        int level = in.u16();
        OpenResource.File file = transaction.call().file(fid);
        OpenTarget.requireAll(file.open(), Smb1SetInfo.isLink(level) ? 0 : access(level));
        return set(transaction, level, Optional.of(transaction.call().find(fid).handle()), file);
    }

    private static int access(int level) {
        return switch (level) {
            case Smb1SetInfo.STANDARD -> AccessMask.FILE_WRITE_ATTRIBUTES;
            case Smb1SetInfo.EAS -> AccessMask.FILE_WRITE_EA;
            default -> {
                int access = Smb1SetInfo.infoClass(level).setAccess();
                yield access == 0 ? AccessMask.FILE_READ_ATTRIBUTES : access;
            }
        };
    }

    private static Smb1Reply set(
            Transaction transaction, int level, Optional<OpenHandle> handle, OpenResource.File file) {
        Smb1Call call = transaction.call();
        WireReader in = transaction.dataReader();
        if (level == Smb1SetInfo.STANDARD) {
            Smb1SetInfo.Standard times = Smb1SetInfo.Standard.decode(in);
            file.files()
                    .setBasic(
                            file.open(),
                            new BasicInformation(
                                    call.time().ofPacked(times.creation()),
                                    call.time().ofPacked(times.lastAccess()),
                                    call.time().ofPacked(times.lastWrite()),
                                    0,
                                    0));
        } else if (level == Smb1SetInfo.EAS) {
            file.files().setExtendedAttributes(file.open(), Smb1SetInfo.eaList(in, call.text()));
        } else if (Smb1SetInfo.isName(level)) {
            return name(transaction, level, handle, file, Smb1SetInfo.Name.decode(in, call.text()));
        } else {
            FileInformationClass infoClass = Smb1SetInfo.infoClass(level);
            SetFileInformation information = Smb1SetInfo.decode(level, in);
            TreeConnect share = call.share();
            if (information instanceof SetFileInformation.Disposition disposition && disposition.deletePending()) {
                return Opening.change(handle, file, new NameChange.Delete(), () -> {
                    SetInfoHandler.apply(share, file, infoClass, information);
                    return transaction.answer(out -> out.u16(0));
                });
            }
            SetInfoHandler.apply(share, file, infoClass, information);
        }
        return transaction.answer(out -> out.u16(0));
    }

    /** The new name is one beside the old one: MS-FSCC 2.4.42.1. */
    private static Smb1Reply name(
            Transaction transaction,
            int level,
            Optional<OpenHandle> handle,
            OpenResource.File file,
            Smb1SetInfo.Name request) {
        if (request.rootDirectory() != 0) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        if (request.name().indexOf('\\') >= 0) {
            throw NtStatus.NOT_SUPPORTED.exception();
        }
        String newPath = Smb1Path.join(Smb1Path.parent(file.open().path()), request.name());
        if (Smb1SetInfo.isLink(level)) {
            SetInfoHandler.requireWritableShare(transaction.call().share());
            return Opening.change(handle, file, new NameChange.Link(newPath, request.replaceIfExists()), () -> {
                file.files().link(file.open(), newPath, request.replaceIfExists());
                return transaction.answer(out -> out.u16(0));
            });
        }
        return Opening.change(handle, file, new NameChange.Rename(newPath, request.replaceIfExists()), () -> {
            file.files().rename(file.open(), newPath, request.replaceIfExists());
            return transaction.answer(out -> out.u16(0));
        });
    }
}

package org.smbd.server.smb2;

import org.smbd.core.status.NtStatus;
import org.smbd.protocol.fscc.SetFileInformation;
import org.smbd.vfs.Disposition;
import org.smbd.vfs.RenameOptions;

/** The flags of the two information classes with POSIX semantics, as the file service takes them. */
final class NameInformation {
    private static final int DISPOSITION_FLAGS = SetFileInformation.Disposition.DELETE
            | SetFileInformation.Disposition.POSIX_SEMANTICS
            | SetFileInformation.Disposition.FORCE_IMAGE_SECTION_CHECK
            | SetFileInformation.Disposition.ON_CLOSE
            | SetFileInformation.Disposition.IGNORE_READONLY_ATTRIBUTE;

    private NameInformation() {}

    /**
     * MS-FSCC 2.4.12 FileDispositionInformationEx. No file here is mapped as an image, so that the check for one always
     * passes.
     *
     * @throws org.smbd.core.status.SmbException NOT_SUPPORTED for a flag that is not defined
     */
    static Disposition disposition(SetFileInformation.Disposition information) {
        int flags = information.flags();
        if ((flags & ~DISPOSITION_FLAGS) != 0) {
            throw NtStatus.NOT_SUPPORTED.exception();
        }
        return new Disposition(
                information.deletePending(),
                (flags & SetFileInformation.Disposition.POSIX_SEMANTICS) != 0,
                (flags & SetFileInformation.Disposition.ON_CLOSE) != 0,
                (flags & SetFileInformation.Disposition.IGNORE_READONLY_ATTRIBUTE) != 0);
    }

    /**
     * MS-FSCC 2.4.43 FileRenameInformationEx. The flags about pin states and storage reserves, which there are none of
     * here, change nothing.
     */
    static RenameOptions options(SetFileInformation.Rename information) {
        int flags = information.flags();
        return new RenameOptions(
                information.replaceIfExists(),
                (flags & SetFileInformation.Rename.POSIX_SEMANTICS) != 0,
                (flags & SetFileInformation.Rename.IGNORE_READONLY_ATTRIBUTE) != 0);
    }
}

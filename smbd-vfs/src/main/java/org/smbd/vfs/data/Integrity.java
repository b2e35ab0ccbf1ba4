package org.smbd.vfs.data;

import org.smbd.core.file.AccessMask;
import org.smbd.core.status.NtStatus;
import org.smbd.vfs.FileOpen;

/**
 * Checksums over data, as btrfs keeps them unless a file is set to be written in place: MS-FSA 2.1.5.10.10
 * FSCTL_GET_INTEGRITY_INFORMATION, 2.1.5.10.33 FSCTL_SET_INTEGRITY_INFORMATION.
 */
public final class Integrity {
    /** Whether the file system of {@code open} has checksums. */
    public boolean isSupported(FileOpen open) {
        return DataOpen.of(open).file().extents().isChecksummable();
    }

    /** Whether the data of a file have checksums: INVALID_DEVICE_REQUEST where no file's have. */
    public boolean isChecksummed(FileOpen handle) {
        requireSupport(handle);
        return DataOpen.of(handle).file().extents().isChecksummed();
    }

    /** Changes that; the host refuses it for a file that has data already. */
    public void setChecksummed(FileOpen handle, boolean checksummed) {
        requireSupport(handle);
        DataOpen open = DataOpen.of(handle);
        open.requireAny(AccessMask.FILE_WRITE_DATA | AccessMask.FILE_WRITE_ATTRIBUTES);
        if (open.file().extents().isChecksummed() != checksummed) {
            open.file().extents().setChecksummed(checksummed);
        }
    }

    private void requireSupport(FileOpen handle) {
        if (!isSupported(handle)) {
            throw NtStatus.INVALID_DEVICE_REQUEST.exception();
        }
    }
}

package org.smbd.vfs.data;

import org.smbd.core.file.AccessMask;
import org.smbd.core.status.NtStatus;
import org.smbd.vfs.FileOpen;

/** Compression by the host: MS-FSA 2.1.5.10.9 FSCTL_GET_COMPRESSION, 2.1.5.10.30 FSCTL_SET_COMPRESSION. */
public final class Compression {
    /** Whether the file system of {@code open} compresses single files. FILE_FILE_COMPRESSION. */
    public boolean isSupported(FileOpen open) {
        return DataOpen.of(open).file().extents().isCompressible();
    }

    public boolean isCompressed(FileOpen open) {
        return DataOpen.of(open).file().stat().compressed();
    }

    /** Compresses a file, or what is created in a directory, or not any more: NOT_SUPPORTED where the host cannot. */
    public void setCompressed(FileOpen handle, boolean compressed) {
        DataOpen open = DataOpen.of(handle);
        open.requireAny(AccessMask.FILE_WRITE_DATA);
        if (!compressed && !isCompressed(open)) {
            return;
        }
        if (!isSupported(open)) {
            throw NtStatus.NOT_SUPPORTED.exception();
        }
        open.file().extents().setCompressed(compressed);
    }
}

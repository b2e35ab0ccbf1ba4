package org.smbd.vfs;

import org.smbd.vfs.data.FsControls;

/**
 * The FileSystemAttributes that stand for the controls of {@link FsControls}: only what the file system below an open
 * keeps. MS-FSCC 2.5.1 FileFsAttributeInformation.
 */
final class VolumeServices {
    private static final int FILE_FILE_COMPRESSION = 0x00000010;
    private static final int FILE_SUPPORTS_SPARSE_FILES = 0x00000040;
    private static final int FILE_SUPPORTS_REPARSE_POINTS = 0x00000080;
    private static final int FILE_SUPPORTS_OBJECT_IDS = 0x00010000;
    private static final int FILE_SUPPORT_INTEGRITY_STREAMS = 0x04000000;
    private static final int FILE_SUPPORTS_BLOCK_REFCOUNTING = 0x08000000;

    private VolumeServices() {}

    /** @param keepsAttributes whether bits of a file are kept that the host knows nothing of */
    static int attributes(FsControls controls, FileOpen open, boolean keepsAttributes) {
        int attributes = keepsAttributes ? FILE_SUPPORTS_SPARSE_FILES : 0;
        attributes |= controls.reparsePoints().isSupported() ? FILE_SUPPORTS_REPARSE_POINTS : 0;
        attributes |= controls.objectIds().isSupported() ? FILE_SUPPORTS_OBJECT_IDS : 0;
        attributes |= controls.integrity().isSupported(open) ? FILE_SUPPORT_INTEGRITY_STREAMS : 0;
        attributes |= controls.compression().isSupported(open) ? FILE_FILE_COMPRESSION : 0;
        attributes |= controls.blocks().isSupported(open) ? FILE_SUPPORTS_BLOCK_REFCOUNTING : 0;
        return attributes;
    }
}

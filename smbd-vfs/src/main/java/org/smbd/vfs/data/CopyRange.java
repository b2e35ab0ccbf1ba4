package org.smbd.vfs.data;

/**
 * What to copy from one file to another. MS-SMB2 2.2.31.1.1 SRV_COPYCHUNK.
 *
 * @param sourceOffset in bytes
 * @param targetOffset in bytes, or {@link org.smbd.vfs.FileService#END_OF_FILE_OFFSET}
 * @param length in bytes
 */
public record CopyRange(long sourceOffset, long targetOffset, long length) {}

package org.smbd.vfs.data;

/**
 * A range of bytes of a file.
 *
 * @param offset from the begin of the file
 * @param length in bytes
 */
public record DataRange(long offset, long length) {
    /** The first byte behind it. */
    public long end() {
        return offset + length;
    }

    /** Whether offset and length are such that no sum of them overflows. */
    boolean isValid() {
        return offset >= 0 && length >= 0 && length <= Long.MAX_VALUE - offset;
    }
}

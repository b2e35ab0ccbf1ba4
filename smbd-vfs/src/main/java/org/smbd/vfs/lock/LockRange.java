package org.smbd.vfs.lock;

/**
 * A range of bytes, both ends unsigned. MS-FSA 2.1.4.10 Algorithm for Determining If a Range Access Conflicts.
 *
 * @param offset first byte
 * @param length count of bytes; 0 is the point before {@code offset}
 */
public record LockRange(long offset, long length) {
    /** Whether the range ends beyond 2^64 - 1. */
    public boolean overflows() {
        return length != 0 && Long.compareUnsigned(offset + length - 1, offset) < 0;
    }

    /** The last byte of a range that is not empty. */
    long last() {
        return offset + length - 1;
    }

    /** Whether the two have a byte in common, or one is a point strictly within the other. */
    boolean overlaps(LockRange other) {
        if (length == 0 && other.length == 0) {
            return false;
        }
        if (length == 0) {
            return Long.compareUnsigned(offset, other.offset) > 0 && Long.compareUnsigned(offset, other.last()) <= 0;
        }
        if (other.length == 0) {
            return other.overlaps(this);
        }
        return Long.compareUnsigned(offset, other.last()) <= 0 && Long.compareUnsigned(other.offset, last()) <= 0;
    }
}

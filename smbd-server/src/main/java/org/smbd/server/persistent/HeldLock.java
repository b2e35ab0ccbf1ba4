package org.smbd.server.persistent;

/**
 * A byte-range lock.
 *
 * @param offset in bytes, unsigned
 * @param length in bytes, unsigned
 */
public record HeldLock(long offset, long length, boolean exclusive) {
    boolean isAt(HeldLock other) {
        return offset == other.offset && length == other.length;
    }
}

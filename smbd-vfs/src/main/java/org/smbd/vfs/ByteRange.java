package org.smbd.vfs;

/**
 * One element of a lock request. MS-SMB2 2.2.26.1 SMB2_LOCK_ELEMENT Structure.
 *
 * @param offset first byte, unsigned
 * @param length count of bytes, unsigned; 0 is a range between two bytes
 * @param action what to do
 * @param failImmediately whether a conflict fails the request instead of making it wait
 */
public record ByteRange(long offset, long length, Action action, boolean failImmediately) {
    /** What a lock element asks for. */
    public enum Action {
        SHARED_LOCK,
        EXCLUSIVE_LOCK,
        UNLOCK
    }
}

package org.smbd.vfs.store;

/**
 * Locks of one file that other programs of the host see: open file description locks of fcntl(2), {@code F_OFD_SETLK}.
 * They are of one description of their own, so that nothing but {@link #close} takes them away. Offsets and lengths are
 * unsigned; what lies beyond 2^63 is no place for the host, and stays unseen. Nothing here waits.
 */
public interface HostLocks extends AutoCloseable {
    /**
     * Takes a range, in place of what was held of it; false if another program is in the way.
     *
     * @param exclusive others may not even read; only a shared lock is taken where the file cannot be written
     */
    boolean tryLock(long offset, long length, boolean exclusive);

    /** Gives a range back, whatever was held of it. */
    void unlock(long offset, long length);

    /** Whether no other program forbids to read a range, or to write it. */
    boolean isFree(long offset, long length, boolean write);

    /** Gives all back. */
    @Override
    void close();
}

package org.smbd.vfs.lock;

/**
 * What byte-range locks of a share are good for.
 *
 * @param kept locks are kept at all; where they are not, each that is asked for is granted
 * @param strict reads and writes respect the locks of others
 * @param posix locks are shown to other programs of this host, and theirs are respected
 */
public record LockOptions(boolean kept, boolean strict, boolean posix) {
    /** As Samba, but that other programs know nothing of locks. */
    public static final LockOptions DEFAULT = new LockOptions(true, true, false);
}

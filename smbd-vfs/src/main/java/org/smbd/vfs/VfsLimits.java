package org.smbd.vfs;

/**
 * How much one client may make the file service remember. At a limit a request gets INSUFFICIENT_RESOURCES, but for the
 * names of a directory, which are read again then.
 *
 * @param locksPerOpenMax byte-range locks that one open holds
 * @param lockWaitersPerOpenMax lock requests of one open that wait
 * @param directoryNamesMax names of a directory that an enumeration holds; a larger directory is read once for each so
 *     many
 */
public record VfsLimits(int locksPerOpenMax, int lockWaitersPerOpenMax, int directoryNamesMax) {
    /** 100,000 locks take about 10 MB, 65,536 names of 32 letters 6 MB. */
    public static final VfsLimits DEFAULT = new VfsLimits(100_000, 1_024, 65_536);

    /** The same with another {@link #locksPerOpenMax}. */
    public VfsLimits withLocksPerOpen(int otherMax) {
        return new VfsLimits(otherMax, lockWaitersPerOpenMax, directoryNamesMax);
    }
}

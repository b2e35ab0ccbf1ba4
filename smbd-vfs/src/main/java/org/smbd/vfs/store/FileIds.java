package org.smbd.vfs.store;

/**
 * 64-bit file ids: MS-FSCC 2.1.10 64-bit file ID.
 *
 * <p>On the file system of the share's root the id is the inode number, so it survives restarts. Below another file
 * system that is mounted within the share the same inode number can occur again: there the device number is mixed in,
 * and the id survives as long as the device keeps its number.
 */
public final class FileIds {
    /** Ids of nested mounts have this bit, which no inode number in use has. */
    private static final long NESTED = 1L << 63;

    private final long rootDevice;

    /** For a share whose root is on {@code rootDevice}. */
    public FileIds(long rootDevice) {
        this.rootDevice = rootDevice;
    }

    /** The id of a file; never 0 or -1, which mean "none" on the wire. */
    public long of(FileKey key) {
        long id = key.device() == rootDevice ? key.inode() : (mixed(key.device()) ^ key.inode()) | NESTED;
        return id == 0 || id == -1 ? id ^ 2 : id;
    }

    /** Spreads a device number over all bits (the finalizer of SplitMix64). */
    private static long mixed(long device) {
        long z = device + 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}

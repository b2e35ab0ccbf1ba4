package org.smbd.vfs.store;

/**
 * Facts of a file of the host. Times are FILETIME ticks, sizes bytes.
 *
 * @param key identity of the file
 * @param type what the file is
 * @param mode permission bits, without the type
 * @param uid owner
 * @param gid group
 * @param numberOfLinks count of its names
 * @param size length in bytes
 * @param allocatedBytes space it takes on the medium
 * @param lastAccessTime time of the last read
 * @param lastWriteTime time of the last write
 * @param changeTime time of the last change of data or facts
 * @param creationTime birth time, or the earliest other time where the host keeps none
 * @param compressed whether the host compresses its data
 * @param deviceNumber of a device file: the major number in the upper 32 bits, the minor one in the lower
 */
public record StoreStat(
        FileKey key,
        Type type,
        int mode,
        int uid,
        int gid,
        int numberOfLinks,
        long size,
        long allocatedBytes,
        long lastAccessTime,
        long lastWriteTime,
        long changeTime,
        long creationTime,
        boolean compressed,
        long deviceNumber) {
    /** What a name stands for. */
    public enum Type {
        FILE,
        DIRECTORY,
        SYMBOLIC_LINK,
        FIFO,
        SOCKET,
        CHARACTER_DEVICE,
        BLOCK_DEVICE,
        OTHER,
        UNKNOWN
    }

    /** Facts of a file that is neither compressed nor a device. */
    public StoreStat(
            FileKey key,
            Type type,
            int mode,
            int uid,
            int gid,
            int numberOfLinks,
            long size,
            long allocatedBytes,
            long lastAccessTime,
            long lastWriteTime,
            long changeTime,
            long creationTime) {
        this(
                key,
                type,
                mode,
                uid,
                gid,
                numberOfLinks,
                size,
                allocatedBytes,
                lastAccessTime,
                lastWriteTime,
                changeTime,
                creationTime,
                false,
                0);
    }

    public boolean isDirectory() {
        return type == Type.DIRECTORY;
    }
}

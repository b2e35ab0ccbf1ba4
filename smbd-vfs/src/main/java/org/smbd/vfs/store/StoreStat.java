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
        long creationTime) {
    /** What a name stands for. */
    public enum Type {
        FILE,
        DIRECTORY,
        SYMBOLIC_LINK,
        OTHER,
        UNKNOWN
    }

    public boolean isDirectory() {
        return type == Type.DIRECTORY;
    }
}

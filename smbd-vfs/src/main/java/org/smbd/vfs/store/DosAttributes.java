package org.smbd.vfs.store;

/**
 * What Windows keeps of a file and Unix does not.
 *
 * @param attributes {@link org.smbd.core.file.FileAttributes} bits that were set; without DIRECTORY and NORMAL
 * @param creationTime FILETIME ticks; 0 where none was kept
 * @param changeTime FILETIME ticks that a client has set; 0 where none was kept
 */
public record DosAttributes(int attributes, long creationTime, long changeTime) {
    /** Nothing is kept. */
    public static final DosAttributes NONE = new DosAttributes(0, 0, 0);

    public DosAttributes withChangeTime(long newChangeTime) {
        return new DosAttributes(attributes, creationTime, newChangeTime);
    }
}

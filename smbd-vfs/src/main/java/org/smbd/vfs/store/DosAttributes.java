package org.smbd.vfs.store;

/**
 * What Windows keeps of a file and Unix does not.
 *
 * @param attributes {@link org.smbd.core.file.FileAttributes} bits that were set; without DIRECTORY and NORMAL
 * @param creationTime FILETIME ticks; 0 where none was kept
 * @param changeTime FILETIME ticks that a client has set; 0 where none was kept
 * @param reparseTag of the reparse point that a client has made of the file; 0 if it is none. Told, not written: it
 *     goes with the reparse data
 */
public record DosAttributes(int attributes, long creationTime, long changeTime, int reparseTag) {
    /** Nothing is kept. */
    public static final DosAttributes NONE = new DosAttributes(0, 0, 0);

    /** What is kept of a file that is no reparse point, or what is to be written. */
    public DosAttributes(int attributes, long creationTime, long changeTime) {
        this(attributes, creationTime, changeTime, 0);
    }

    public DosAttributes withChangeTime(long newChangeTime) {
        return new DosAttributes(attributes, creationTime, newChangeTime, reparseTag);
    }
}

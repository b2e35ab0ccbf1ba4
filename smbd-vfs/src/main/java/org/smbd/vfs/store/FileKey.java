package org.smbd.vfs.store;

/**
 * What makes a file, or a stream of one, itself, whatever its names.
 *
 * @param device number of the file system
 * @param inode number of the file within it
 * @param stream name of the stream, in a form that is the same for names that differ in case; "" is the file itself
 */
public record FileKey(long device, long inode, String stream) {
    /** A file itself. */
    public FileKey(long device, long inode) {
        this(device, inode, "");
    }

    /** The file that this is a stream of. */
    public FileKey file() {
        return new FileKey(device, inode);
    }
}

package org.smbd.core.file;

/**
 * A file as a POSIX client sees it: what the POSIX extensions of SMB 3.1.1 show beyond {@link FileMetadata}.
 *
 * @param metadata times, sizes, attributes
 * @param type what the file is
 * @param permissions the lower twelve bits of the mode
 * @param numberOfLinks count of its names
 * @param uid owner
 * @param gid group
 * @param inode number on its file system
 * @param deviceId which file system that is
 */
public record PosixMetadata(
        FileMetadata metadata,
        Type type,
        int permissions,
        int numberOfLinks,
        int uid,
        int gid,
        long inode,
        int deviceId) {
    private static final int TYPE_SHIFT = 12;

    /** What a file is, in the order of the numbers on the wire. */
    public enum Type {
        FILE,
        DIRECTORY,
        SYMBOLIC_LINK,
        CHARACTER_DEVICE,
        BLOCK_DEVICE,
        FIFO,
        SOCKET
    }

    /**
     * The mode on the wire: permissions, and above them the type. That of a directory stays 0, as servers sent it that
     * knew no types: clients see from the attributes that it is one, and those of Linux before 6.13 take the whole
     * number for permissions.
     */
    @SuppressWarnings("EnumOrdinal") // the ordinal of a type is its wire value
    public int wireMode() {
        return permissions | (type == Type.DIRECTORY ? 0 : type.ordinal() << TYPE_SHIFT);
    }
}

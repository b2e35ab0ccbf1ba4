package org.smbd.core.file;

/**
 * What any query about a file answers from. Times are {@link org.smbd.core.type.FileTime} ticks, sizes bytes.
 *
 * @param creationTime MS-FSA 2.1.1.3 File.CreationTime
 * @param lastAccessTime File.LastAccessTime
 * @param lastWriteTime File.LastModificationTime
 * @param changeTime File.LastChangeTime
 * @param allocationSize bytes on the medium; 0 for a directory and an empty file
 * @param endOfFile length in bytes; 0 for a directory
 * @param attributes MS-FSCC 2.6, never 0: NORMAL where nothing else is set
 * @param numberOfLinks hard links, without one that is delete-pending
 * @param deletePending whether the last close will delete it
 * @param fileId 64-bit id, unique on the share and the same in every answer
 * @param volumeId id of the file system that holds the file
 * @param eaSize size of the extended attributes as MS-FSCC counts it
 * @param reparseTag 0 where the file is no reparse point
 */
public record FileMetadata(
        long creationTime,
        long lastAccessTime,
        long lastWriteTime,
        long changeTime,
        long allocationSize,
        long endOfFile,
        int attributes,
        int numberOfLinks,
        boolean deletePending,
        long fileId,
        long volumeId,
        int eaSize,
        int reparseTag) {

    /** The same with another size of the extended attributes. */
    public FileMetadata withEaSize(int newEaSize) {
        return newEaSize == eaSize
                ? this
                : new FileMetadata(
                        creationTime,
                        lastAccessTime,
                        lastWriteTime,
                        changeTime,
                        allocationSize,
                        endOfFile,
                        attributes,
                        numberOfLinks,
                        deletePending,
                        fileId,
                        volumeId,
                        newEaSize,
                        reparseTag);
    }

    public boolean isDirectory() {
        return FileAttributes.has(attributes, FileAttributes.DIRECTORY);
    }
}

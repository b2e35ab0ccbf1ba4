package org.smbd.protocol.fscc;

import org.smbd.core.type.Guid;

/**
 * What the answers to file system information queries are made of. MS-FSCC 2.5 File System Information Classes.
 *
 * @param label the volume label, at most 32 characters are shown
 * @param serialNumber 32 bits, opaque
 * @param creationTime {@link org.smbd.core.type.FileTime} ticks
 * @param attributes what the file system can do: {@link FsAttributes}
 * @param componentNameLengthMax characters of the longest name
 * @param fileSystemName for information only; Windows offers some dialogs only for "NTFS"
 * @param objectId identifies the volume
 * @param totalUnits allocation units in all
 * @param callerAvailableUnits free ones that the caller may use
 * @param actualAvailableUnits free ones
 * @param sectorsPerUnit sectors of an allocation unit
 * @param bytesPerSector bytes of a logical sector
 * @param readOnly whether the volume is mounted read-only
 * @param totalNodes files that it has room for; -1 where it does not tell
 * @param freeNodes how many more; -1 where it does not tell
 */
public record FsFacts(
        String label,
        int serialNumber,
        long creationTime,
        int attributes,
        int componentNameLengthMax,
        String fileSystemName,
        Guid objectId,
        long totalUnits,
        long callerAvailableUnits,
        long actualAvailableUnits,
        int sectorsPerUnit,
        int bytesPerSector,
        boolean readOnly,
        long totalNodes,
        long freeNodes) {
    /** FileFsVolumeInformation shows no more characters of a label. */
    public static final int LABEL_CHARS_MAX = 32;

    /** Bytes of an allocation unit. */
    public int bytesPerUnit() {
        return sectorsPerUnit * bytesPerSector;
    }
}

package org.smbd.vfs;

/**
 * The file system below a file. MS-FSCC 2.5 File System Information Classes.
 *
 * @param fileSystemName as in FileFsAttributeInformation
 * @param attributes FileSystemAttributes: only what is built
 * @param componentNameLengthMax longest name, in UTF-16 units
 * @param serialNumber of the volume, 32 bits
 * @param volumeId 64-bit id of the file system
 * @param creationTime of the volume, FILETIME ticks
 * @param bytesPerSector logical sector
 * @param sectorsPerUnit sectors of one allocation unit
 * @param totalUnits allocation units in all
 * @param callerAvailableUnits free for this user
 * @param actualAvailableUnits free in all
 * @param readOnly whether the medium is mounted read-only
 * @param totalNodes files that it has room for; -1 where it does not tell
 * @param freeNodes how many more; -1 where it does not tell
 */
public record VolumeFacts(
        String fileSystemName,
        int attributes,
        int componentNameLengthMax,
        int serialNumber,
        long volumeId,
        long creationTime,
        int bytesPerSector,
        int sectorsPerUnit,
        long totalUnits,
        long callerAvailableUnits,
        long actualAvailableUnits,
        boolean readOnly,
        long totalNodes,
        long freeNodes) {}

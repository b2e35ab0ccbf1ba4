package org.smbd.vfs.store;

/**
 * A file system of the host.
 *
 * @param fileSystemType as the host names it: {@code ext4}
 * @param unitBytes allocation unit
 * @param totalUnits in all
 * @param freeUnits free, reserved ones included
 * @param availableUnits free for ordinary users
 * @param nameLengthMax longest name, in bytes of the host
 * @param readOnly whether it is mounted read-only
 * @param totalNodes files that it has room for; -1 where it does not tell
 * @param freeNodes how many more; -1 where it does not tell
 */
public record StoreSpace(
        String fileSystemType,
        long unitBytes,
        long totalUnits,
        long freeUnits,
        long availableUnits,
        int nameLengthMax,
        boolean readOnly,
        long totalNodes,
        long freeNodes) {
    /** The same as somebody sees it who may not take all of it. */
    public StoreSpace withAvailable(long newTotalUnits, long newAvailableUnits) {
        return new StoreSpace(
                fileSystemType,
                unitBytes,
                newTotalUnits,
                freeUnits,
                newAvailableUnits,
                nameLengthMax,
                readOnly,
                totalNodes,
                freeNodes);
    }
}

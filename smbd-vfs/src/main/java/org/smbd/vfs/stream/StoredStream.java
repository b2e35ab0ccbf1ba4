package org.smbd.vfs.stream;

/**
 * A named stream as it is kept.
 *
 * @param name without colons and type
 * @param sizeBytes its length
 * @param allocatedBytes what it takes on the medium
 */
public record StoredStream(String name, long sizeBytes, long allocatedBytes) {
    /** NTFS rounds what it keeps within the record of a file to so many bytes; so does an attribute look here. */
    private static final int RESIDENT_ALIGNMENT = 8;

    static long allocationOf(long sizeBytes) {
        return (sizeBytes + RESIDENT_ALIGNMENT - 1) / RESIDENT_ALIGNMENT * RESIDENT_ALIGNMENT;
    }
}

package org.smbd.vfs.name;

/**
 * Bounds of the directory indexes of one share. The index of the directory that was looked up last is kept whatever its
 * size: without it every create in there would scan.
 *
 * @param directoriesMax most directories indexed at once
 * @param namesMax most names in all indexes together; one takes about 150 bytes
 */
public record IndexLimits(int directoriesMax, int namesMax) {
    /** 1,000 directories, 1,000,000 names. */
    public static final IndexLimits DEFAULT = new IndexLimits(1_000, 1_000_000);
}

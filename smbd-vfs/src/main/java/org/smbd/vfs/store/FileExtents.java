package org.smbd.vfs.store;

/**
 * The data of an open file by ranges: MS-FSA 2.1.1.5 Per Stream, ExtentList. Offsets and lengths are bytes, not
 * negative. Only {@link #copyFrom} and {@link #shareFrom} can make a file longer.
 */
public interface FileExtents {
    /** Makes a range read as zeros and gives its space back, where the host can. */
    void deallocate(long offset, long length);

    /** Makes a range read as zeros and keeps its space, where the host can. */
    void zero(long offset, long length);

    /** Where the next data are, from {@code offset} on; -1 if there are none up to the end of the file. */
    long nextData(long offset);

    /** Where the data end that {@code offset} is in: at a hole or at the end of the file. */
    long nextHole(long offset);

    /**
     * Copies from another open file, or from this one where the ranges do not overlap. DISK_FULL, ...
     *
     * @return how much was copied, which can be less; 0 at the end of the source
     */
    long copyFrom(StoreFile source, long sourceOffset, long targetOffset, long length);

    /** Lets a range share the space of another file's: NOT_SUPPORTED where the host cannot. */
    void shareFrom(StoreFile source, long sourceOffset, long targetOffset, long length);

    /** Whether the host can compress the file's data. */
    boolean isCompressible();

    /** Has the host compress what is written from now on, or not: NOT_SUPPORTED where it cannot. */
    void setCompressed(boolean compressed);

    /** Whether the host can keep checksums of the file's data. */
    boolean isChecksummable();

    /** Whether it does. */
    boolean isChecksummed();

    /** Has the host keep them, or not: INVALID_PARAMETER where it is too late, NOT_SUPPORTED where it cannot. */
    void setChecksummed(boolean checksummed);
}

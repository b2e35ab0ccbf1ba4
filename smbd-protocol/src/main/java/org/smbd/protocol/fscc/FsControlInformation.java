package org.smbd.protocol.fscc;

import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-FSCC 2.5.2 FileFsControlInformation. Sizes are bytes.
 *
 * @param freeSpaceStartFiltering of content indexing, as the other two
 * @param defaultQuotaThreshold -1 for none
 * @param defaultQuotaLimit -1 for none
 * @param fileSystemControlFlags {@link #QUOTA_TRACK}, {@link #QUOTA_ENFORCE}, ...
 */
public record FsControlInformation(
        long freeSpaceStartFiltering,
        long freeSpaceThreshold,
        long freeSpaceStopFiltering,
        long defaultQuotaThreshold,
        long defaultQuotaLimit,
        int fileSystemControlFlags) {
    /** FILE_VC_QUOTA_TRACK: counted, and not enforced. */
    public static final int QUOTA_TRACK = 0x1;
    /** FILE_VC_QUOTA_ENFORCE. */
    public static final int QUOTA_ENFORCE = 0x2;

    /** Bytes of it on the wire. */
    public static final int SIZE_BYTES = 48;

    /** @throws org.smbd.protocol.wire.MalformedMessage INVALID_PARAMETER where it is cut short */
    public static FsControlInformation decode(WireReader in) {
        FsControlInformation information =
                new FsControlInformation(in.i64(), in.i64(), in.i64(), in.i64(), in.i64(), in.i32());
        in.skip(4); // Padding
        return information;
    }

    public void encode(WireWriter out) {
        out.i64(freeSpaceStartFiltering); // FreeSpaceStartFiltering
        out.i64(freeSpaceThreshold); // FreeSpaceThreshold
        out.i64(freeSpaceStopFiltering); // FreeSpaceStopFiltering
        out.i64(defaultQuotaThreshold); // DefaultQuotaThreshold
        out.i64(defaultQuotaLimit); // DefaultQuotaLimit
        out.i32(fileSystemControlFlags); // FileSystemControlFlags
        out.i32(0); // Padding
    }
}

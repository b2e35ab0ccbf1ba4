package org.smbd.protocol.fsctl;

import org.smbd.core.status.NtStatus;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-FSCC 2.3.55.1 FILE_REGION_INPUT.
 *
 * @param desiredUsage {@link #USAGE_VALID_CACHED_DATA} or {@link #USAGE_VALID_NONCACHED_DATA}
 */
public record FileRegionInput(long fileOffset, long length, int desiredUsage) {
    public static final int USAGE_VALID_CACHED_DATA = 0x00000001;
    public static final int USAGE_VALID_NONCACHED_DATA = 0x00000002;
    static final int SIZE_BYTES = 24;

    /** What is asked for where there is no input. MS-FSA 2.1.5.10.24. */
    public static final FileRegionInput ALL = new FileRegionInput(0, Long.MAX_VALUE, USAGE_VALID_CACHED_DATA);

    /** Reads the input: BUFFER_TOO_SMALL where it is cut. */
    public static FileRegionInput decode(WireReader in) {
        if (in.remaining() == 0) {
            return ALL;
        }
        if (in.remaining() < SIZE_BYTES) {
            throw MalformedMessage.of(NtStatus.BUFFER_TOO_SMALL);
        }
        FileRegionInput input = new FileRegionInput(in.i64(), in.i64(), in.i32());
        in.skip(4); // Reserved
        return input;
    }

    public void encode(WireWriter out) {
        out.i64(fileOffset);
        out.i64(length);
        out.i32(desiredUsage);
        out.i32(0); // Reserved
    }
}

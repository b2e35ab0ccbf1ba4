package org.smbd.protocol.fsctl;

import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/** MS-FSCC 2.3.52.1 FILE_ALLOCATED_RANGE_BUFFER: the query, and each range of its answer; in bytes, signed. */
public record AllocatedRangeBuffer(long fileOffset, long length) {
    public static final int SIZE_BYTES = 16;

    public static AllocatedRangeBuffer decode(WireReader in) {
        return new AllocatedRangeBuffer(in.i64(), in.i64());
    }

    public void encode(WireWriter out) {
        out.i64(fileOffset);
        out.i64(length);
    }
}

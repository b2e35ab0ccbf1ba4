package org.smbd.protocol.fsctl;

import java.util.ArrayList;
import java.util.List;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/** MS-FSCC 2.3.13.1 FILE_LEVEL_TRIM; its Key is for local use and has no meaning here. */
public record FileLevelTrim(List<Range> ranges) {
    /** Bytes of the answer: MS-FSCC 2.3.14.1 FILE_LEVEL_TRIM_OUTPUT, NumRangesProcessed. */
    public static final int OUTPUT_BYTES = 4;

    /** MS-FSCC 2.3.13.1.1 FILE_LEVEL_TRIM_RANGE, in bytes. */
    public record Range(long offset, long length) {
        static final int SIZE_BYTES = 16;
    }

    public FileLevelTrim {
        ranges = List.copyOf(ranges);
    }

    /** Reads the input: no range at all, or more than are there, is INVALID_PARAMETER. */
    public static FileLevelTrim decode(WireReader in) {
        in.skip(4); // Key
        long count = in.u32();
        if (count == 0 || count > in.remaining() / Range.SIZE_BYTES) {
            throw MalformedMessage.invalidParameter();
        }
        List<Range> ranges = new ArrayList<>((int) count);
        for (int i = 0; i < count; i++) {
            ranges.add(new Range(in.i64(), in.i64()));
        }
        return new FileLevelTrim(ranges);
    }

    public void encode(WireWriter out) {
        out.i32(0); // Key
        out.i32(ranges.size()); // NumRanges
        for (Range range : ranges) {
            out.i64(range.offset());
            out.i64(range.length());
        }
    }
}

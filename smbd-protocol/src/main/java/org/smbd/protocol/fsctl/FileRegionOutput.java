package org.smbd.protocol.fsctl;

import java.util.ArrayList;
import java.util.List;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/** MS-FSCC 2.3.56.1 FILE_REGION_OUTPUT. */
public record FileRegionOutput(List<Region> regions) {
    /** The least that a client must have room for: one region. */
    public static final int SIZE_BYTES_MIN = 40;

    private static final int HEAD_BYTES = 16;

    /**
     * MS-FSCC 2.3.56.2 FILE_REGION_INFO.
     *
     * @param usage as in the input, or 0 for what is not valid
     */
    public record Region(long fileOffset, long length, int usage) {
        public static final int SIZE_BYTES = 24;
    }

    public FileRegionOutput {
        regions = List.copyOf(regions);
    }

    public int sizeBytes() {
        return HEAD_BYTES + Region.SIZE_BYTES * regions.size();
    }

    public static FileRegionOutput decode(WireReader in) {
        in.skip(8); // Flags, TotalRegionEntryCount
        long count = in.u32();
        in.skip(4); // Reserved
        List<Region> regions = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            regions.add(new Region(in.i64(), in.i64(), in.i32()));
            in.skip(4); // Reserved
        }
        return new FileRegionOutput(regions);
    }

    public void encode(WireWriter out) {
        out.i32(0); // Flags
        out.i32(regions.size()); // TotalRegionEntryCount
        out.i32(regions.size()); // RegionEntryCount
        out.i32(0); // Reserved
        for (Region region : regions) {
            out.i64(region.fileOffset());
            out.i64(region.length());
            out.i32(region.usage());
            out.i32(0); // Reserved
        }
    }
}

package org.smbd.protocol.fsctl;

import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/** MS-FSCC 2.3.85.1 FILE_ZERO_DATA_INFORMATION: offsets in bytes, signed; the second is the first byte that stays. */
public record ZeroDataInformation(long fileOffset, long beyondFinalZero) {
    public static ZeroDataInformation decode(WireReader in) {
        return new ZeroDataInformation(in.i64(), in.i64());
    }

    public void encode(WireWriter out) {
        out.i64(fileOffset);
        out.i64(beyondFinalZero);
    }
}

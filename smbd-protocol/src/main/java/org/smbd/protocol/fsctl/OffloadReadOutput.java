package org.smbd.protocol.fsctl;

import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-FSCC 2.3.42 FSCTL_OFFLOAD_READ Reply.
 *
 * @param flags {@link #ALL_ZERO_BEYOND_CURRENT_RANGE} or 0
 * @param transferLength bytes that the token stands for
 */
public record OffloadReadOutput(int flags, long transferLength, OffloadToken token) {
    public static final int SIZE_BYTES = 16 + OffloadToken.SIZE_BYTES;
    public static final int ALL_ZERO_BEYOND_CURRENT_RANGE = 0x00000001;

    /** Reads the output; {@code tokenBytes} of the token's id are looked at. */
    public static OffloadReadOutput decode(WireReader in, int tokenBytes) {
        in.skip(4); // Size
        return new OffloadReadOutput(in.i32(), in.i64(), OffloadToken.decode(in, tokenBytes));
    }

    public void encode(WireWriter out) {
        out.i32(SIZE_BYTES); // Size
        out.i32(flags);
        out.i64(transferLength);
        token.encode(out);
    }
}

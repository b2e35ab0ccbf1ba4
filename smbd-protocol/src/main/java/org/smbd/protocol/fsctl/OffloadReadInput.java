package org.smbd.protocol.fsctl;

import org.smbd.core.status.NtStatus;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-FSCC 2.3.41 FSCTL_OFFLOAD_READ Request.
 *
 * @param tokenTimeToLive milliseconds, unsigned; 0 for the server's default
 * @param fileOffset in bytes
 * @param copyLength in bytes
 */
public record OffloadReadInput(int tokenTimeToLive, long fileOffset, long copyLength) {
    static final int SIZE_BYTES = 32;

    /** Reads the input: BUFFER_TOO_SMALL where it is cut. */
    public static OffloadReadInput decode(WireReader in) {
        if (in.remaining() < SIZE_BYTES) {
            throw MalformedMessage.of(NtStatus.BUFFER_TOO_SMALL);
        }
        if (in.u32() != SIZE_BYTES) { // Size
            throw MalformedMessage.invalidParameter();
        }
        in.skip(4); // Flags
        int tokenTimeToLive = in.i32();
        in.skip(4); // Reserved
        return new OffloadReadInput(tokenTimeToLive, in.i64(), in.i64());
    }

    public void encode(WireWriter out) {
        out.i32(SIZE_BYTES); // Size
        out.i32(0); // Flags
        out.i32(tokenTimeToLive);
        out.i32(0); // Reserved
        out.i64(fileOffset);
        out.i64(copyLength);
    }
}

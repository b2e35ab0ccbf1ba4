package org.smbd.protocol.fsctl;

import org.smbd.core.status.NtStatus;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-FSCC 2.3.43 FSCTL_OFFLOAD_WRITE Request.
 *
 * @param fileOffset in bytes
 * @param copyLength in bytes
 * @param transferOffset in bytes, within what the token stands for
 */
public record OffloadWriteInput(long fileOffset, long copyLength, long transferOffset, OffloadToken token) {
    /** Bytes of the answer: MS-FSCC 2.3.44 FSCTL_OFFLOAD_WRITE Reply. */
    public static final int OUTPUT_BYTES = 16;

    static final int SIZE_BYTES = 32 + OffloadToken.SIZE_BYTES;

    /** Reads the input: BUFFER_TOO_SMALL where it is cut. {@code tokenBytes} of the token's id are looked at. */
    public static OffloadWriteInput decode(WireReader in, int tokenBytes) {
        if (in.remaining() < SIZE_BYTES) {
            throw MalformedMessage.of(NtStatus.BUFFER_TOO_SMALL);
        }
        if (in.u32() != SIZE_BYTES) { // Size
            throw MalformedMessage.invalidParameter();
        }
        in.skip(4); // Flags
        return new OffloadWriteInput(in.i64(), in.i64(), in.i64(), OffloadToken.decode(in, tokenBytes));
    }

    public void encode(WireWriter out) {
        out.i32(SIZE_BYTES); // Size
        out.i32(0); // Flags
        out.i64(fileOffset);
        out.i64(copyLength);
        out.i64(transferOffset);
        token.encode(out);
    }

    /** Appends the answer: so many bytes were written. */
    public static void encodeOutput(long lengthWritten, WireWriter out) {
        out.i32(OUTPUT_BYTES); // Size
        out.i32(0); // Flags
        out.i64(lengthWritten); // LengthWritten
    }
}

package org.smbd.protocol.smb2;

import io.netty.buffer.ByteBuf;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-SMB2 2.2.31 SMB2 IOCTL Request. OutputOffset and OutputCount describe nothing in a request.
 *
 * @param maxInputResponse bytes of input that the response may carry, unsigned
 * @param maxOutputResponse bytes of output that the response may carry, unsigned
 * @param flags {@link #FLAG_IS_FSCTL} or 0
 * @param input borrowed
 */
public record IoctlRequest(
        int ctlCode, FileId fileId, int maxInputResponse, int maxOutputResponse, int flags, ByteBuf input)
        implements Smb2Request {
    static final int STRUCTURE_SIZE = 57;
    private static final int BUFFER_OFFSET = Smb2Header.SIZE_BYTES + 56;

    public static final int FLAG_IS_FSCTL = 0x00000001;

    public static IoctlRequest decode(WireReader in) {
        in.structureSize(STRUCTURE_SIZE);
        in.skip(2); // Reserved
        int ctlCode = in.i32();
        FileId fileId = FileId.decode(in);
        long inputOffset = in.u32();
        long inputCount = in.u32();
        int maxInputResponse = in.i32();
        in.skip(8); // OutputOffset, OutputCount
        int maxOutputResponse = in.i32();
        int flags = in.i32();
        in.skip(4); // Reserved2
        if (inputCount > 0 && inputOffset % 8 != 0) {
            throw MalformedMessage.invalidParameter(); // MS-SMB2 3.3.5.15 Receiving an SMB2 IOCTL Request
        }
        ByteBuf input = in.region(inputOffset, inputCount).rest();
        return new IoctlRequest(ctlCode, fileId, maxInputResponse, maxOutputResponse, flags, input);
    }

    @Override
    public void encode(WireWriter out) {
        out.u16(STRUCTURE_SIZE);
        out.u16(0); // Reserved
        out.i32(ctlCode);
        fileId.encode(out);
        out.i32(BUFFER_OFFSET); // InputOffset
        out.i32(input.readableBytes()); // InputCount
        out.i32(maxInputResponse);
        out.i32(0); // OutputOffset
        out.i32(0); // OutputCount
        out.i32(maxOutputResponse);
        out.i32(flags);
        out.i32(0); // Reserved2
        out.bytes(input);
    }

    @Override
    public long payloadBytes() {
        long responseMax = (maxInputResponse & 0xFFFFFFFFL) + (maxOutputResponse & 0xFFFFFFFFL);
        return Math.max(input.readableBytes(), responseMax);
    }
}

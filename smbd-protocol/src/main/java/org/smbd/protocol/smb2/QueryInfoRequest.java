package org.smbd.protocol.smb2;

import io.netty.buffer.ByteBuf;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-SMB2 2.2.37 SMB2 QUERY_INFO Request.
 *
 * @param infoType see {@link InfoType}
 * @param outputBufferLength bytes that the response may carry, unsigned
 * @param additionalInformation which parts of a security descriptor, or the index of an extended attribute
 * @param flags how extended attributes are scanned
 * @param input borrowed
 */
public record QueryInfoRequest(
        int infoType,
        int fileInfoClass,
        int outputBufferLength,
        int additionalInformation,
        int flags,
        FileId fileId,
        ByteBuf input)
        implements Smb2Request {
    static final int STRUCTURE_SIZE = 41;
    private static final int BUFFER_OFFSET = Smb2Header.SIZE_BYTES + 40;

    public static QueryInfoRequest decode(WireReader in) {
        in.structureSize(STRUCTURE_SIZE);
        int infoType = in.u8();
        int fileInfoClass = in.u8();
        int outputBufferLength = in.i32();
        int inputOffset = in.u16();
        in.skip(2); // Reserved
        long inputLength = in.u32();
        int additionalInformation = in.i32();
        int flags = in.i32();
        FileId fileId = FileId.decode(in);
        ByteBuf input = in.region(inputOffset, inputLength).rest();
        return new QueryInfoRequest(
                infoType, fileInfoClass, outputBufferLength, additionalInformation, flags, fileId, input);
    }

    @Override
    public void encode(WireWriter out) {
        out.u16(STRUCTURE_SIZE);
        out.u8(infoType);
        out.u8(fileInfoClass);
        out.i32(outputBufferLength);
        out.u16(input.isReadable() ? BUFFER_OFFSET : 0); // InputBufferOffset
        out.u16(0); // Reserved
        out.i32(input.readableBytes()); // InputBufferLength
        out.i32(additionalInformation);
        out.i32(flags);
        fileId.encode(out);
        out.bytes(input);
    }

    @Override
    public long payloadBytes() {
        return Math.max(input.readableBytes(), outputBufferLength & 0xFFFFFFFFL);
    }
}

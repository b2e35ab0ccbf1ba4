package org.smbd.protocol.smb2;

import io.netty.buffer.ByteBuf;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-SMB2 2.2.39 SMB2 SET_INFO Request.
 *
 * @param infoType see {@link InfoType}
 * @param additionalInformation which parts of a security descriptor
 * @param buffer the information, borrowed
 */
public record SetInfoRequest(int infoType, int fileInfoClass, int additionalInformation, FileId fileId, ByteBuf buffer)
        implements Smb2Request {
    static final int STRUCTURE_SIZE = 33;
    private static final int BUFFER_OFFSET = Smb2Header.SIZE_BYTES + 32;

    public static SetInfoRequest decode(WireReader in) {
        in.structureSize(STRUCTURE_SIZE);
        int infoType = in.u8();
        int fileInfoClass = in.u8();
        long bufferLength = in.u32();
        int bufferOffset = in.u16();
        in.skip(2); // Reserved
        int additionalInformation = in.i32();
        FileId fileId = FileId.decode(in);
        ByteBuf buffer = in.region(bufferOffset, bufferLength).rest();
        return new SetInfoRequest(infoType, fileInfoClass, additionalInformation, fileId, buffer);
    }

    @Override
    public void encode(WireWriter out) {
        out.u16(STRUCTURE_SIZE);
        out.u8(infoType);
        out.u8(fileInfoClass);
        out.i32(buffer.readableBytes());
        out.u16(BUFFER_OFFSET);
        out.u16(0); // Reserved
        out.i32(additionalInformation);
        fileId.encode(out);
        out.bytes(buffer);
    }

    @Override
    public long payloadBytes() {
        return buffer.readableBytes();
    }
}

package org.smbd.protocol.smb2;

import io.netty.buffer.ByteBuf;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-SMB2 2.2.21 SMB2 WRITE Request.
 *
 * @param channel see {@link Channel}; what it needs beyond is not read, as there is no RDMA transport
 * @param flags the {@code FLAG} constants
 * @param data borrowed from the frame; empty where a channel carries it
 */
public record WriteRequest(long offset, FileId fileId, int channel, int flags, ByteBuf data) implements Smb2Request {
    static final int STRUCTURE_SIZE = 49;
    private static final int BUFFER_OFFSET = Smb2Header.SIZE_BYTES + 48;

    /** MS-SMB2 3.3.5.13 Receiving an SMB2 WRITE Request: a DataOffset beyond is INVALID_PARAMETER. */
    private static final int DATA_OFFSET_MAX = 0x100;

    public static final int FLAG_WRITE_THROUGH = 0x00000001;
    public static final int FLAG_WRITE_UNBUFFERED = 0x00000002;

    public static WriteRequest decode(WireReader in) {
        in.structureSize(STRUCTURE_SIZE);
        int dataOffset = in.u16();
        long length = in.u32();
        long offset = in.i64();
        FileId fileId = FileId.decode(in);
        int channel = in.i32();
        in.skip(4); // RemainingBytes
        in.skip(4); // WriteChannelInfoOffset, WriteChannelInfoLength
        int flags = in.i32();
        if (dataOffset > DATA_OFFSET_MAX) {
            throw MalformedMessage.invalidParameter();
        }
        return new WriteRequest(
                offset, fileId, channel, flags, in.region(dataOffset, length).rest());
    }

    @Override
    public void encode(WireWriter out) {
        out.u16(STRUCTURE_SIZE);
        out.u16(BUFFER_OFFSET);
        out.i32(data.readableBytes());
        out.i64(offset);
        fileId.encode(out);
        out.i32(channel);
        out.i32(0); // RemainingBytes
        out.i32(0); // WriteChannelInfoOffset, WriteChannelInfoLength
        out.i32(flags);
        out.bytes(data);
    }

    @Override
    public long payloadBytes() {
        return data.readableBytes();
    }
}

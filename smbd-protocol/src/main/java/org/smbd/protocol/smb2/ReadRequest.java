package org.smbd.protocol.smb2;

import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-SMB2 2.2.19 SMB2 READ Request.
 *
 * @param flags the {@code FLAG} constants; of 3.0.2 and 3.1.1
 * @param length bytes to read, unsigned
 * @param minimumCount bytes without which the request fails, unsigned
 * @param channel see {@link Channel}; what it needs beyond is not read, as there is no RDMA transport
 */
public record ReadRequest(int flags, int length, long offset, FileId fileId, int minimumCount, int channel)
        implements Smb2Request {
    static final int STRUCTURE_SIZE = 49;

    public static final int FLAG_READ_UNBUFFERED = 0x01;
    public static final int FLAG_REQUEST_COMPRESSED = 0x02;

    public static ReadRequest decode(WireReader in) {
        in.structureSize(STRUCTURE_SIZE);
        in.skip(1); // Padding: advice where to place the data in the response
        ReadRequest request = new ReadRequest(in.u8(), in.i32(), in.i64(), FileId.decode(in), in.i32(), in.i32());
        in.skip(4); // RemainingBytes
        in.skip(4); // ReadChannelInfoOffset, ReadChannelInfoLength
        return request;
    }

    @Override
    public void encode(WireWriter out) {
        out.u16(STRUCTURE_SIZE);
        out.u8(ReadResponse.PAYLOAD_OFFSET); // Padding
        out.u8(flags);
        out.i32(length);
        out.i64(offset);
        fileId.encode(out);
        out.i32(minimumCount);
        out.i32(channel);
        out.i32(0); // RemainingBytes
        out.i32(0); // ReadChannelInfoOffset, ReadChannelInfoLength
        out.u8(0); // Buffer has at least one byte
    }

    @Override
    public long payloadBytes() {
        return length & 0xFFFFFFFFL;
    }
}

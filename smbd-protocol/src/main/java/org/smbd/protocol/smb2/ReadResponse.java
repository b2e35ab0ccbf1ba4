package org.smbd.protocol.smb2;

import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-SMB2 2.2.20 SMB2 READ Response: the fixed part. The data lies in the message.
 *
 * @param dataOffset from the header, in bytes
 * @param dataLength in bytes
 * @param dataRemaining bytes sent by RDMA
 * @param flags of 3.1.1: whether the data is an RDMA transform
 */
public record ReadResponse(int dataOffset, int dataLength, int dataRemaining, int flags) implements Smb2Response {
    static final int STRUCTURE_SIZE = 17;

    /** Where this server puts the data: right behind the fixed part. */
    public static final int PAYLOAD_OFFSET = Smb2Header.SIZE_BYTES + 16;

    /** The response to a read of so many bytes. */
    public static ReadResponse of(int dataLength) {
        return new ReadResponse(PAYLOAD_OFFSET, dataLength, 0, 0);
    }

    public static ReadResponse decode(WireReader in) {
        in.structureSize(STRUCTURE_SIZE);
        int dataOffset = in.u8();
        in.skip(1); // Reserved
        ReadResponse response = new ReadResponse(dataOffset, in.i32(), in.i32(), in.i32());
        in.region(dataOffset, response.dataLength);
        return response;
    }

    @Override
    public void encode(WireWriter out) {
        out.u16(STRUCTURE_SIZE);
        out.u8(dataOffset);
        out.u8(0); // Reserved
        out.i32(dataLength);
        out.i32(dataRemaining);
        out.i32(flags);
    }
}

package org.smbd.protocol.smb2;

import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-SMB2 2.2.22 SMB2 WRITE Response.
 *
 * @param count bytes written
 */
public record WriteResponse(int count) implements Smb2Response {
    static final int STRUCTURE_SIZE = 17;

    public static WriteResponse decode(WireReader in) {
        in.structureSize(STRUCTURE_SIZE);
        in.skip(2); // Reserved
        WriteResponse response = new WriteResponse(in.i32());
        in.skip(4); // Remaining
        in.skip(4); // WriteChannelInfoOffset, WriteChannelInfoLength
        return response;
    }

    @Override
    public void encode(WireWriter out) {
        out.u16(STRUCTURE_SIZE);
        out.u16(0); // Reserved
        out.i32(count);
        out.i32(0); // Remaining
        out.i32(0); // WriteChannelInfoOffset, WriteChannelInfoLength
    }
}

package org.smbd.protocol.smb2;

import io.netty.buffer.ByteBuf;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-SMB2 2.2.6 SMB2 SESSION_SETUP Response.
 *
 * @param securityBuffer a token, borrowed; may be empty
 */
public record SessionSetupResponse(int sessionFlags, ByteBuf securityBuffer) implements Smb2Response {
    static final int STRUCTURE_SIZE = 9;
    private static final int BUFFER_OFFSET = Smb2Header.SIZE_BYTES + 8;

    public static final int FLAG_IS_GUEST = 0x0001;
    public static final int FLAG_IS_NULL = 0x0002;
    public static final int FLAG_ENCRYPT_DATA = 0x0004;

    public static SessionSetupResponse decode(WireReader in) {
        in.structureSize(STRUCTURE_SIZE);
        int sessionFlags = in.u16();
        int bufferOffset = in.u16();
        int bufferLength = in.u16();
        return new SessionSetupResponse(
                sessionFlags, in.region(bufferOffset, bufferLength).rest());
    }

    @Override
    public void encode(WireWriter out) {
        out.u16(STRUCTURE_SIZE);
        out.u16(sessionFlags);
        out.u16(BUFFER_OFFSET);
        out.u16(securityBuffer.readableBytes());
        out.bytes(securityBuffer);
    }
}

package org.smbd.protocol.smb2;

import io.netty.buffer.ByteBuf;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-SMB2 2.2.5 SMB2 SESSION_SETUP Request.
 *
 * @param flags {@link #FLAG_BINDING} or 0
 * @param securityMode see {@link SecurityMode}
 * @param capabilities see {@link GlobalCapabilities}; only DFS has a meaning
 * @param previousSessionId the session that this one replaces, or 0
 * @param securityBuffer a token, borrowed
 */
public record SessionSetupRequest(
        int flags, int securityMode, int capabilities, long previousSessionId, ByteBuf securityBuffer)
        implements Smb2Request {
    static final int STRUCTURE_SIZE = 25;
    private static final int BUFFER_OFFSET = Smb2Header.SIZE_BYTES + 24;

    /** Binds an existing session to this connection. */
    public static final int FLAG_BINDING = 0x01;

    public static SessionSetupRequest decode(WireReader in) {
        in.structureSize(STRUCTURE_SIZE);
        int flags = in.u8();
        int securityMode = in.u8();
        int capabilities = in.i32();
        in.skip(4); // Channel
        int bufferOffset = in.u16();
        int bufferLength = in.u16();
        long previousSessionId = in.i64();
        ByteBuf securityBuffer = in.region(bufferOffset, bufferLength).rest();
        return new SessionSetupRequest(flags, securityMode, capabilities, previousSessionId, securityBuffer);
    }

    @Override
    public void encode(WireWriter out) {
        out.u16(STRUCTURE_SIZE);
        out.u8(flags);
        out.u8(securityMode);
        out.i32(capabilities);
        out.i32(0); // Channel
        out.u16(BUFFER_OFFSET);
        out.u16(securityBuffer.readableBytes());
        out.i64(previousSessionId);
        out.bytes(securityBuffer);
    }
}

package org.smbd.protocol.smb2;

import org.smbd.core.type.Guid;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * The output of FSCTL_VALIDATE_NEGOTIATE_INFO: what the server answered to NEGOTIATE. MS-SMB2 2.2.32.6
 * VALIDATE_NEGOTIATE_INFO Response.
 *
 * @param dialect a revision
 */
public record ValidateNegotiateInfoResponse(int capabilities, Guid guid, int securityMode, int dialect) {
    public static final int SIZE_BYTES = 24;

    /** Reads the output; its origin is its first byte. */
    public static ValidateNegotiateInfoResponse decode(WireReader in) {
        return new ValidateNegotiateInfoResponse(in.i32(), in.guid(), in.u16(), in.u16());
    }

    public void encode(WireWriter out) {
        out.i32(capabilities);
        out.guid(guid);
        out.u16(securityMode);
        out.u16(dialect);
    }
}

package org.smbd.protocol.smb1;

import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * The answer to a client none of whose dialects is spoken here. MS-CIFS 2.2.4.52.2 SMB_COM_NEGOTIATE Response: one
 * word, DialectIndex, with 0xFFFF.
 *
 * @param header of the response
 */
public record Smb1NegotiateRefusal(Smb1Header header) {
    private static final int NO_DIALECT = 0xFFFF;

    /** The refusal of a request. */
    public static Smb1NegotiateRefusal of(Smb1NegotiateRequest request) {
        return new Smb1NegotiateRefusal(request.header().toResponse());
    }

    public static Smb1NegotiateRefusal decode(WireReader in) {
        Smb1Header header = Smb1Header.decode(in);
        if (in.remaining() < 5 || in.u8() != 1 || in.u16() != NO_DIALECT || in.u16() != 0) {
            throw MalformedMessage.connection();
        }
        return new Smb1NegotiateRefusal(header);
    }

    public void encode(WireWriter out) {
        header.encode(out);
        out.u8(1); // WordCount
        out.u16(NO_DIALECT); // DialectIndex
        out.u16(0); // ByteCount
    }
}

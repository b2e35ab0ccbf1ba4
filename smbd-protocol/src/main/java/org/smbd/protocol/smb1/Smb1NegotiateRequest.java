package org.smbd.protocol.smb1;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-CIFS 2.2.4.52.1 SMB_COM_NEGOTIATE Request.
 *
 * @param dialects as sent, in the client's order
 */
public record Smb1NegotiateRequest(Smb1Header header, List<String> dialects) {
    /** Asks for SMB2 with another negotiation. MS-SMB2 3.3.5.3.1 SMB 2.1 or SMB 3.x Support. */
    public static final String SMB_2_WILDCARD = "SMB 2.???";
    /** Asks for SMB 2.0.2 at once. MS-SMB2 3.3.5.3.2 SMB 2.0.2 Support. */
    public static final String SMB_2_002 = "SMB 2.002";

    /** More than any client sends; keeps a frame of empty names out of memory. */
    static final int DIALECT_COUNT_MAX = 64;

    private static final int BUFFER_FORMAT_DIALECT = 0x02;

    public Smb1NegotiateRequest {
        dialects = List.copyOf(dialects);
    }

    /** Reads a whole message; another command, or a malformed one, costs the connection. */
    public static Smb1NegotiateRequest decode(WireReader in) {
        Smb1Header header = Smb1Header.decode(in);
        if (header.command() != Smb1Header.COM_NEGOTIATE || in.remaining() < 3 || in.u8() != 0) { // WordCount
            throw MalformedMessage.connection();
        }
        int byteCount = in.u16();
        if (byteCount > in.remaining()) {
            throw MalformedMessage.connection();
        }
        return new Smb1NegotiateRequest(header, decodeDialects(in.subReader(byteCount)));
    }

    private static List<String> decodeDialects(WireReader in) {
        List<String> dialects = new ArrayList<>();
        while (in.remaining() > 0) {
            if (dialects.size() == DIALECT_COUNT_MAX || in.u8() != BUFFER_FORMAT_DIALECT) {
                throw MalformedMessage.connection();
            }
            StringBuilder dialect = new StringBuilder();
            for (int octet = nextOctet(in); octet != 0; octet = nextOctet(in)) {
                dialect.append((char) octet);
            }
            dialects.add(dialect.toString());
        }
        return dialects;
    }

    private static int nextOctet(WireReader in) {
        if (in.remaining() == 0) {
            throw MalformedMessage.connection();
        }
        return in.u8();
    }

    public void encode(WireWriter out) {
        header.encode(out);
        out.u8(0); // WordCount
        int byteCount = out.position();
        out.u16(0); // ByteCount
        for (String dialect : dialects) {
            out.u8(BUFFER_FORMAT_DIALECT);
            out.bytes(dialect.getBytes(StandardCharsets.ISO_8859_1));
            out.u8(0);
        }
        out.patchU16(byteCount, out.position() - byteCount - 2);
    }
}

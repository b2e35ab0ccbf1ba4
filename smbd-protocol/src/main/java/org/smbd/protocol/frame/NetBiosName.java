package org.smbd.protocol.frame;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * A NetBIOS name: 15 characters padded with blanks and a suffix that tells the service, each octet as two letters.
 * RFC 1001 14.1 First Level Encoding, RFC 1002 4.1 Name Format.
 *
 * @param name without padding, a character for each octet
 * @param suffix the sixteenth octet; 0x20 is the file server service
 */
public record NetBiosName(String name, int suffix) {
    /** The name under which any file server answers. */
    public static final NetBiosName SMBSERVER = new NetBiosName("*SMBSERVER", 0x20);

    private static final int NAME_BYTES = 16;
    private static final int ENCODED_BYTES = 2 * NAME_BYTES;
    /** A label is at most so long: its two high bits would mean a pointer. */
    private static final int LABEL_BYTES_MAX = 63;
    /** All labels with their lengths. */
    private static final int ENCODED_NAME_BYTES_MAX = 255;

    /** Reads a name and passes over its scope; the bytes end within the reader's bound, or the connection is lost. */
    static NetBiosName decode(WireReader in) {
        if (in.remaining() < ENCODED_BYTES + 2 || in.u8() != ENCODED_BYTES) {
            throw MalformedMessage.connection();
        }
        byte[] octets = new byte[NAME_BYTES];
        for (int i = 0; i < NAME_BYTES; i++) {
            octets[i] = (byte) (halfOctet(in.u8()) << 4 | halfOctet(in.u8()));
        }
        skipScope(in);
        String name = new String(octets, 0, NAME_BYTES - 1, StandardCharsets.ISO_8859_1);
        return new NetBiosName(name.stripTrailing(), octets[NAME_BYTES - 1] & 0xFF);
    }

    private static int halfOctet(int letter) {
        if (letter < 'A' || letter > 'P') {
            throw MalformedMessage.connection();
        }
        return letter - 'A';
    }

    private static void skipScope(WireReader in) {
        int total = 1 + ENCODED_BYTES;
        while (true) {
            if (in.remaining() == 0) {
                throw MalformedMessage.connection();
            }
            int label = in.u8();
            total += 1 + label;
            if (label == 0) {
                return;
            }
            if (label > LABEL_BYTES_MAX || label > in.remaining() || total > ENCODED_NAME_BYTES_MAX) {
                throw MalformedMessage.connection();
            }
            in.skip(label);
        }
    }

    /** Appends the name with an empty scope. */
    void encode(WireWriter out) {
        byte[] octets = new byte[NAME_BYTES];
        Arrays.fill(octets, (byte) ' ');
        byte[] characters = name.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(characters, 0, octets, 0, Math.min(characters.length, NAME_BYTES - 1));
        octets[NAME_BYTES - 1] = (byte) suffix;
        out.u8(ENCODED_BYTES);
        for (byte octet : octets) {
            out.u8('A' + (octet >> 4 & 0xF));
            out.u8('A' + (octet & 0xF));
        }
        out.u8(0); // end of the labels
    }
}

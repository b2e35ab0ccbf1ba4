package org.smbd.protocol.smb1;

import java.nio.charset.Charset;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * How a message writes its text. MS-CIFS 2.2.1.1.2 Strings: UTF-16LE on even offsets from the header, or an OEM code
 * page; both end with a NUL.
 *
 * @param unicode what the header's flags say
 * @param oem the code page: {@code dos charset}
 */
public record Smb1Text(boolean unicode, Charset oem) {
    private static final int BUFFER_FORMAT_TEXT = 0x04;

    /** The same for text that is never UTF-16LE. */
    public Smb1Text asOem() {
        return unicode ? new Smb1Text(false, oem) : this;
    }

    /** Reads up to the NUL, or to the bound where a client left it out. */
    public String read(WireReader in) {
        if (unicode && (in.position() & 1) != 0 && in.remaining() > 0) {
            in.skip(1);
        }
        return unicode ? readUnicode(in) : readOem(in);
    }

    private static String readUnicode(WireReader in) {
        StringBuilder text = new StringBuilder();
        while (in.remaining() >= 2) {
            int unit = in.u16();
            if (unit == 0) {
                return text.toString();
            }
            text.append((char) unit);
        }
        in.skip(in.remaining()); // half a unit
        return text.toString();
    }

    private String readOem(WireReader in) {
        int begin = in.position();
        int length = 0;
        while (in.remaining() > 0 && in.u8() != 0) {
            length++;
        }
        int end = in.position();
        in.seek(begin);
        String text = new String(in.bytes(length), oem);
        in.seek(end);
        return text;
    }

    /** Reads so many bytes; a NUL ends the text before. */
    public String read(WireReader in, long bytes) {
        WireReader part = in.subReader(bytes);
        return unicode ? readUnicode(part) : readOem(part);
    }

    /** Reads the text that a format byte, 0x04, goes in front of. MS-CIFS 2.2.1.1 Data Buffer Format Codes. */
    public String readFormatted(WireReader in) {
        if (in.remaining() == 0 || in.u8() != BUFFER_FORMAT_TEXT) {
            throw MalformedMessage.invalidParameter();
        }
        return read(in);
    }

    /** Writes text and NUL, with the padding that UTF-16LE needs. */
    public void write(WireWriter out, String text) {
        align(out);
        writeUnterminated(out, text);
        out.zeros(unicode ? 2 : 1);
    }

    /** Writes the padding that UTF-16LE needs. */
    public void align(WireWriter out) {
        if (unicode) {
            out.align(2);
        }
    }

    /** Writes the text alone. */
    public void writeUnterminated(WireWriter out, String text) {
        if (unicode) {
            out.utf16(text);
        } else {
            out.bytes(text.getBytes(oem));
        }
    }

    /** How many bytes {@link #writeUnterminated} writes. */
    public int length(String text) {
        return unicode ? 2 * text.length() : text.getBytes(oem).length;
    }
}

package org.smbd.protocol.smb1;

import org.smbd.protocol.wire.WireWriter;

/** The body of a response: MS-CIFS 2.2.4 SMB Commands. Positions of the writer count from the header. */
public interface Smb1Response {
    /** No words, no bytes. */
    Smb1Response EMPTY = new Smb1Response() {};

    /** Writes the words; those that name the next command are not among them. */
    default void words(WireWriter out) {}

    /** Writes the bytes. */
    default void bytes(WireWriter out, Smb1Text text) {}

    /**
     * Writes WordCount, words, ByteCount and bytes.
     *
     * @return where the words begin, counted from the header
     */
    static int encode(Smb1Response response, boolean andx, WireWriter out, Smb1Text text) {
        int start = out.position();
        out.u8(0);
        if (andx) {
            out.u8(Smb1Command.NO_FURTHER_COMMANDS); // AndXCommand
            out.u8(0); // AndXReserved
            out.u16(0); // AndXOffset
        }
        response.words(out);
        int bytes = out.position();
        out.patchU8(start, (bytes - start - 1) / 2); // WordCount
        out.u16(0);
        response.bytes(out, text);
        out.patchU16(bytes, out.position() - bytes - 2 & 0xFFFF); // ByteCount
        return start + 1;
    }
}

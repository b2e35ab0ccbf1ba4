package org.smbd.protocol.fsctl;

import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-FSCC 2.3.83.1 FILE_SET_SPARSE_BUFFER.
 *
 * @param setSparse what the file shall be
 */
public record SetSparseBuffer(boolean setSparse) {
    /** Reads the input; no input at all means true, and what follows the one byte is ignored. */
    public static SetSparseBuffer decode(WireReader in) {
        return new SetSparseBuffer(in.remaining() == 0 || in.u8() != 0);
    }

    public void encode(WireWriter out) {
        out.u8(setSparse ? 1 : 0);
    }
}

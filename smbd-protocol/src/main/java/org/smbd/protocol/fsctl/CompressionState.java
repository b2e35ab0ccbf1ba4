package org.smbd.protocol.fsctl;

import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/** MS-FSCC 2.3.18 FSCTL_GET_COMPRESSION Reply, 2.3.67 FSCTL_SET_COMPRESSION Request: CompressionState. */
public enum CompressionState {
    NONE,
    /** The file system chooses; only in requests. */
    DEFAULT,
    LZNT1;

    public static final int SIZE_BYTES = 2;

    private static final CompressionState[] BY_CODE = values();

    /** Reads the input: INVALID_PARAMETER for any other format. */
    public static CompressionState decode(WireReader in) {
        int code = in.u16();
        if (code >= BY_CODE.length) {
            throw MalformedMessage.invalidParameter();
        }
        return BY_CODE[code];
    }

    @SuppressWarnings("EnumOrdinal") // the constants stand in the order of their codes
    public void encode(WireWriter out) {
        out.u16(ordinal());
    }
}

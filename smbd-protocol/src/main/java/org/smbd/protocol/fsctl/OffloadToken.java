package org.smbd.protocol.fsctl;

import java.util.Arrays;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-FSCC 2.1.11 STORAGE_OFFLOAD_TOKEN. Its fields are big-endian.
 *
 * @param type {@link #TYPE_ZERO_DATA}, or one of the server's own
 * @param id the significant bytes of TokenId: without the zeros at its end
 */
public record OffloadToken(int type, byte[] id) {
    public static final int SIZE_BYTES = 512;

    /** It stands for nothing but zeros. */
    public static final int TYPE_ZERO_DATA = 0xFFFF0001;

    private static final int ID_BYTES = 504;

    /** Reads a token; {@code significantBytes} of its id are looked at. */
    static OffloadToken decode(WireReader in, int significantBytes) {
        int type = Integer.reverseBytes(in.i32());
        in.skip(4); // Reserved, TokenIdLength
        byte[] id = in.bytes(significantBytes);
        in.skip(ID_BYTES - significantBytes);
        return new OffloadToken(type, id);
    }

    void encode(WireWriter out) {
        out.i32(Integer.reverseBytes(type)); // TokenType
        out.u16(0); // Reserved
        out.u16(Short.toUnsignedInt(Short.reverseBytes((short) ID_BYTES))); // TokenIdLength
        out.bytes(id); // TokenId
        out.zeros(ID_BYTES - id.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OffloadToken token && token.type == type && Arrays.equals(token.id, id);
    }

    @Override
    public int hashCode() {
        return 31 * type + Arrays.hashCode(id);
    }

    @Override
    public String toString() {
        return "OffloadToken[type=" + Integer.toHexString(type) + "]"; // the id is a secret
    }
}

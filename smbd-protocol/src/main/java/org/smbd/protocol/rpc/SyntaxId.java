package org.smbd.protocol.rpc;

import java.nio.ByteBuffer;
import org.smbd.core.type.Guid;

/**
 * Names an interface or a transfer syntax. C706 12.6.3.1, p_syntax_id_t.
 *
 * @param version the major version in the low half, the minor one in the high half
 */
public record SyntaxId(Guid uuid, int version) {
    /** 8a885d04-1ceb-11c9-9fe8-08002b104860, version 2: C706 14 Transfer Syntax NDR. */
    public static final SyntaxId NDR = new SyntaxId(new Guid(0x11C9_1CEB_8A88_5D04L, 0x6048_102B_0008_E89FL), 2);
    /** What a rejected presentation context shows. */
    public static final SyntaxId NONE = new SyntaxId(Guid.ZERO, 0);

    static final int SIZE_BYTES = 20;

    public int majorVersion() {
        return version & 0xFFFF;
    }

    public int minorVersion() {
        return version >>> 16;
    }

    /** The first three fields of a UUID follow the sender's byte order, the rest are bytes. */
    static SyntaxId decode(ByteBuffer in) {
        long data1 = in.getInt() & 0xFFFFFFFFL;
        long data2 = in.getShort() & 0xFFFFL;
        long data3 = in.getShort() & 0xFFFFL;
        long high = 0;
        for (int i = 0; i < 8; i++) {
            high |= (in.get() & 0xFFL) << (8 * i);
        }
        return new SyntaxId(new Guid(data1 | (data2 << 32) | (data3 << 48), high), in.getInt());
    }

    /** Little-endian, as all that we send. */
    void encode(ByteBuffer out) {
        out.putLong(uuid.low());
        out.putLong(uuid.high());
        out.putInt(version);
    }
}

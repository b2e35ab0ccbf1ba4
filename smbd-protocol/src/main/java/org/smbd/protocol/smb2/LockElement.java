package org.smbd.protocol.smb2;

import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-SMB2 2.2.26.1 SMB2_LOCK_ELEMENT Structure.
 *
 * @param offset first byte, unsigned
 * @param length in bytes, unsigned
 * @param flags the {@code FLAG} constants; which combinations are valid is for the receiver to check
 */
public record LockElement(long offset, long length, int flags) {
    static final int SIZE_BYTES = 24;

    public static final int FLAG_SHARED_LOCK = 0x01;
    public static final int FLAG_EXCLUSIVE_LOCK = 0x02;
    public static final int FLAG_UNLOCK = 0x04;
    public static final int FLAG_FAIL_IMMEDIATELY = 0x10;

    static LockElement decode(WireReader in) {
        LockElement element = new LockElement(in.i64(), in.i64(), in.i32());
        in.skip(4); // Reserved
        return element;
    }

    void encode(WireWriter out) {
        out.i64(offset);
        out.i64(length);
        out.i32(flags);
        out.i32(0); // Reserved
    }
}

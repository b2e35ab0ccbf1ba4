package org.smbd.core.type;

import java.util.UUID;

/**
 * A 16-byte identifier. MS-DTYP 2.3.4 GUID and UUID.
 *
 * @param low the first eight bytes of the packet representation, little-endian
 * @param high the last eight bytes of the packet representation, little-endian
 */
public record Guid(long low, long high) {
    /** Length of the packet representation. */
    public static final int SIZE_BYTES = 16;
    /** All zeros: "none". */
    public static final Guid ZERO = new Guid(0, 0);

    /** A random (version 4) identifier. */
    public static Guid random() {
        UUID uuid = UUID.randomUUID();
        long most = uuid.getMostSignificantBits();
        long data1 = most >>> 32;
        long data2 = most >>> 16 & 0xFFFF;
        long data3 = most & 0xFFFF;
        return new Guid(data1 | data2 << 32 | data3 << 48, Long.reverseBytes(uuid.getLeastSignificantBits()));
    }

    public boolean isZero() {
        return low == 0 && high == 0;
    }

    /** As Windows prints it, without braces. */
    @Override
    public String toString() {
        long tail = Long.reverseBytes(high);
        return String.format(
                "%08x-%04x-%04x-%04x-%012x",
                low & 0xFFFFFFFFL, low >>> 32 & 0xFFFF, low >>> 48, tail >>> 48, tail & 0xFFFFFFFFFFFFL);
    }
}

package org.smbd.protocol.fsctl;

import org.smbd.core.status.NtStatus;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-FSCC 2.1.2.6 Network File System (NFS) Reparse Data Buffer, of special files.
 *
 * @param type one of the constants
 * @param major number of a device, else 0
 * @param minor number of a device, else 0
 */
public record NfsReparse(long type, int major, int minor) {
    public static final int TAG = 0x80000014;

    public static final long CHR = 0x00524843;
    public static final long BLK = 0x004B4C42;
    public static final long FIFO = 0x4F464946;
    public static final long SOCK = 0x4B434F53;

    /** Reads a whole buffer: IO_REPARSE_DATA_INVALID where it is cut or of another type. */
    public static NfsReparse decode(WireReader in) {
        try {
            if (in.i32() == TAG) { // ReparseTag
                int dataBytes = in.u16(); // ReparseDataLength
                in.skip(2); // Reserved
                WireReader data = in.subReader(dataBytes);
                long type = data.i64();
                if (type == FIFO || type == SOCK) {
                    return new NfsReparse(type, 0, 0);
                } else if (type == CHR || type == BLK) {
                    return new NfsReparse(type, data.i32(), data.i32());
                }
            }
        } catch (MalformedMessage cut) {
            throw MalformedMessage.of(NtStatus.IO_REPARSE_DATA_INVALID);
        }
        throw MalformedMessage.of(NtStatus.IO_REPARSE_DATA_INVALID);
    }

    private boolean isDevice() {
        return type == CHR || type == BLK;
    }

    public int sizeBytes() {
        return isDevice() ? 24 : 16;
    }

    public void encode(WireWriter out) {
        out.i32(TAG); // ReparseTag
        out.u16(sizeBytes() - 8); // ReparseDataLength
        out.u16(0); // Reserved
        out.i64(type); // Type
        if (isDevice()) {
            out.i32(major); // DataBuffer
            out.i32(minor);
        }
    }
}

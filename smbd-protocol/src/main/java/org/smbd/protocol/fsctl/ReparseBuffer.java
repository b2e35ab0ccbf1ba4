package org.smbd.protocol.fsctl;

import java.util.Arrays;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.Guid;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-FSCC 2.1.2.2 REPARSE_DATA_BUFFER and 2.1.2.3 REPARSE_GUID_DATA_BUFFER, which differ by the tag.
 *
 * @param guid zero in the former
 * @param data behind the head, opaque
 */
public record ReparseBuffer(int tag, Guid guid, byte[] data) {
    /** MAXIMUM_REPARSE_DATA_BUFFER_SIZE, head included. */
    public static final int SIZE_BYTES_MAX = 16384;

    private static final int HEAD_BYTES = 8;

    /** Reads the input, which is nothing but a buffer: IO_REPARSE_DATA_INVALID for any other length. */
    public static ReparseBuffer decode(WireReader in) {
        int sizeBytes = in.remaining();
        if (sizeBytes < HEAD_BYTES || sizeBytes > SIZE_BYTES_MAX) {
            throw MalformedMessage.of(NtStatus.IO_REPARSE_DATA_INVALID);
        }
        int tag = in.i32(); // ReparseTag
        int dataBytes = in.u16(); // ReparseDataLength
        in.skip(2); // Reserved
        boolean hasGuid = tag >= 0; // without Microsoft's bit
        if (sizeBytes != dataBytes + HEAD_BYTES + (hasGuid ? Guid.SIZE_BYTES : 0)) {
            throw MalformedMessage.of(NtStatus.IO_REPARSE_DATA_INVALID);
        }
        return new ReparseBuffer(tag, hasGuid ? in.guid() : Guid.ZERO, in.bytes(dataBytes));
    }

    public void encode(WireWriter out) {
        out.i32(tag);
        out.u16(data.length);
        out.u16(0); // Reserved
        if (tag >= 0) {
            out.guid(guid);
        }
        out.bytes(data);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ReparseBuffer buffer
                && buffer.tag == tag
                && buffer.guid.equals(guid)
                && Arrays.equals(buffer.data, data);
    }

    @Override
    public int hashCode() {
        return 31 * tag + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return "ReparseBuffer[tag=" + Integer.toHexString(tag) + ", " + data.length + " bytes]";
    }
}

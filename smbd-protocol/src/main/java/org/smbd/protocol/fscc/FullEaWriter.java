package org.smbd.protocol.fscc;

import java.nio.charset.StandardCharsets;
import org.smbd.protocol.wire.WireWriter;

/** Appends entries of a list of extended attributes. MS-FSCC 2.4.16 FileFullEaInformation. */
public final class FullEaWriter {
    private static final int ALIGNMENT = 4;
    private static final int NAME_OFFSET = 8;

    private final WireWriter list;
    private final int outputBufferLength;
    private int last = -1;

    /**
     * A list that begins where {@code out} stands.
     *
     * @param outputBufferLength the client's budget in bytes
     */
    public FullEaWriter(int outputBufferLength, WireWriter out) {
        this.list = out.nested();
        this.outputBufferLength = outputBufferLength;
    }

    /** Bytes that an entry takes at most, with what aligns it. */
    public static int lengthMax(FullEaEntry entry) {
        return NAME_OFFSET + entry.name().length() + 1 + entry.value().length + ALIGNMENT - 1;
    }

    /** Appends an entry; false, with nothing written, if it does not fit. */
    public boolean append(FullEaEntry entry) {
        byte[] name = entry.name().getBytes(StandardCharsets.ISO_8859_1);
        int begin = (list.position() + ALIGNMENT - 1) & -ALIGNMENT;
        if ((long) begin + NAME_OFFSET + name.length + 1 + entry.value().length > outputBufferLength) {
            return false;
        }
        if (last >= 0) {
            list.align(ALIGNMENT);
            list.patchI32(last, begin - last);
        }
        last = begin;
        list.i32(0); // NextEntryOffset, patched by the next entry
        list.u8(entry.flags()); // Flags
        list.u8(name.length); // EaNameLength
        list.u16(entry.value().length); // EaValueLength
        list.bytes(name); // EaName
        list.u8(0);
        list.bytes(entry.value()); // EaValue
        return true;
    }
}

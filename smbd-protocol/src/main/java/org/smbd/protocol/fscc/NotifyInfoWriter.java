package org.smbd.protocol.fscc;

import io.netty.buffer.ByteBuf;
import org.smbd.protocol.wire.WireWriter;

/**
 * Appends changes to the answer of a CHANGE_NOTIFY request. MS-FSCC 2.7.1 FILE_NOTIFY_INFORMATION: records begin on
 * 4-byte boundaries; the gap is written with the record that needs it. The buffer stays the caller's.
 */
public final class NotifyInfoWriter {
    private static final int ALIGNMENT = 4;
    private static final int FIXED_BYTES = 12;

    private final WireWriter out;
    private final int outputBufferLength;
    private int last = -1;

    /**
     * Records go to the buffer from its writer index on.
     *
     * @param outputBufferLength the client's budget in bytes
     */
    public NotifyInfoWriter(ByteBuf buffer, int outputBufferLength) {
        this.out = new WireWriter(buffer);
        this.outputBufferLength = outputBufferLength;
    }

    /**
     * Appends a change, if there is room for the whole of it.
     *
     * @param name path from the watched directory, parts separated by {@code \}
     * @return false, with nothing written, where it does not fit: the answer is then NOTIFY_ENUM_DIR
     */
    public boolean append(NotifyAction action, String name) {
        int begin = (out.position() + ALIGNMENT - 1) & -ALIGNMENT;
        if (begin + FIXED_BYTES + 2L * name.length() > outputBufferLength) {
            return false;
        }
        if (last >= 0) {
            out.align(ALIGNMENT);
            out.patchI32(last, begin - last); // NextEntryOffset
        }
        last = begin;
        out.i32(0); // NextEntryOffset, patched by the next record
        out.i32(action.code()); // Action
        out.i32(2 * name.length()); // FileNameLength
        out.utf16(name); // FileName
        return true;
    }
}

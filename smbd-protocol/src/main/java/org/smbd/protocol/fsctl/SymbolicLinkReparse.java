package org.smbd.protocol.fsctl;

import org.smbd.core.status.NtStatus;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-FSCC 2.1.2.4 Symbolic Link Reparse Data Buffer.
 *
 * @param substituteName the target
 * @param printName the target, to be shown
 * @param flags {@link #FLAG_RELATIVE} or 0
 */
public record SymbolicLinkReparse(String substituteName, String printName, int flags) {
    public static final int TAG = 0xA000000C;

    /** The substitute name counts from the directory of the link. */
    public static final int FLAG_RELATIVE = 0x00000001;

    private static final int FIXED_BYTES = 12;

    /** Reads a whole buffer: IO_REPARSE_DATA_INVALID where it is another one, or names lie outside it. */
    public static SymbolicLinkReparse decode(WireReader in) {
        try {
            if (in.i32() != TAG) { // ReparseTag
                throw MalformedMessage.of(NtStatus.IO_REPARSE_DATA_INVALID);
            }
            int dataBytes = in.u16(); // ReparseDataLength
            in.skip(2); // Reserved
            WireReader data = in.subReader(dataBytes);
            int substituteNameOffset = data.u16();
            int substituteNameLength = data.u16();
            int printNameOffset = data.u16();
            int printNameLength = data.u16();
            int flags = data.i32();
            WireReader names = data.subReader(data.remaining());
            return new SymbolicLinkReparse(
                    names.region(substituteNameOffset, substituteNameLength).utf16(substituteNameLength),
                    names.region(printNameOffset, printNameLength).utf16(printNameLength),
                    flags);
        } catch (MalformedMessage cut) {
            throw MalformedMessage.of(NtStatus.IO_REPARSE_DATA_INVALID);
        }
    }

    public int sizeBytes() {
        return 8 + FIXED_BYTES + 2 * substituteName.length() + 2 * printName.length();
    }

    public void encode(WireWriter out) {
        out.i32(TAG); // ReparseTag
        out.u16(sizeBytes() - 8); // ReparseDataLength
        out.u16(0); // Reserved
        out.u16(0); // SubstituteNameOffset
        out.u16(2 * substituteName.length()); // SubstituteNameLength
        out.u16(2 * substituteName.length()); // PrintNameOffset
        out.u16(2 * printName.length()); // PrintNameLength
        out.i32(flags); // Flags
        out.utf16(substituteName);
        out.utf16(printName);
    }
}

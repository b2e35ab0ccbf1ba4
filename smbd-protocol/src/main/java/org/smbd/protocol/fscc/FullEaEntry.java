package org.smbd.protocol.fscc;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;

/**
 * One extended attribute. MS-FSCC 2.4.16 FileFullEaInformation.
 *
 * @param flags 0 or {@link #FILE_NEED_EA}
 * @param name bytes taken as Latin-1, so that none is lost
 * @param value at most 65,535 bytes; not changed after construction
 */
public record FullEaEntry(int flags, String name, byte[] value) {
    /** Who does not understand extended attributes must not interpret the file. */
    public static final int FILE_NEED_EA = 0x80;

    private static final int ALIGNMENT = 4;
    private static final String FORBIDDEN = "\\/:*?\"<>|,+=[];";

    /**
     * Walks a list. Offsets go forward only, so the walk ends; each entry lies within what is left.
     *
     * @throws MalformedMessage EA_LIST_INCONSISTENT for a broken list, INVALID_EA_NAME for a name or flag that cannot
     *     be stored
     */
    public static List<FullEaEntry> decodeList(WireReader in) {
        List<FullEaEntry> entries = new ArrayList<>();
        try {
            while (true) {
                int begin = in.position();
                long next = in.u32(); // NextEntryOffset
                FullEaEntry entry = decode(in);
                if ((entry.flags & ~FILE_NEED_EA) != 0 || !isValidName(entry.name)) {
                    throw MalformedMessage.of(NtStatus.INVALID_EA_NAME);
                }
                entries.add(entry);
                if (next == 0) {
                    return entries;
                }
                if (next % ALIGNMENT != 0 || begin + next < in.position()) {
                    throw inconsistent();
                }
                in.seek(begin + next);
            }
        } catch (MalformedMessage broken) {
            throw broken.status() == NtStatus.INVALID_EA_NAME ? broken : inconsistent();
        }
    }

    private static FullEaEntry decode(WireReader in) {
        int flags = in.u8(); // Flags
        int nameLength = in.u8(); // EaNameLength
        int valueLength = in.u16(); // EaValueLength
        String name = new String(in.bytes(nameLength), StandardCharsets.ISO_8859_1); // EaName
        if (in.u8() != 0) {
            throw inconsistent();
        }
        return new FullEaEntry(flags, name, in.bytes(valueLength)); // EaValue
    }

    private static MalformedMessage inconsistent() {
        return MalformedMessage.of(NtStatus.EA_LIST_INCONSISTENT);
    }

    static boolean isValidName(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> c >= 0x20 && FORBIDDEN.indexOf(c) < 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FullEaEntry that
                && flags == that.flags
                && name.equals(that.name)
                && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * flags + name.hashCode()) + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return name + "[" + value.length + "]";
    }
}

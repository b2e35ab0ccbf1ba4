package org.smbd.protocol.fscc;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;

/**
 * The name of an extended attribute that is asked for. MS-FSCC 2.4.16.1 FILE_GET_EA_INFORMATION.
 *
 * @param name bytes taken as Latin-1, as in {@link FullEaEntry}
 */
public record GetEaEntry(String name) {
    private static final int ALIGNMENT = 4;

    /**
     * Walks a list; offsets go forward only.
     *
     * @throws MalformedMessage EA_LIST_INCONSISTENT for a broken list, INVALID_EA_NAME for what is no name
     */
    public static List<GetEaEntry> decodeList(WireReader in) {
        List<GetEaEntry> entries = new ArrayList<>();
        try {
            while (true) {
                int begin = in.position();
                long next = in.u32(); // NextEntryOffset
                int nameLength = in.u8(); // EaNameLength
                String name = new String(in.bytes(nameLength), StandardCharsets.ISO_8859_1); // EaName
                if (in.u8() != 0) {
                    throw MalformedMessage.of(NtStatus.EA_LIST_INCONSISTENT);
                }
                if (!FullEaEntry.isValidName(name)) {
                    throw MalformedMessage.of(NtStatus.INVALID_EA_NAME);
                }
                entries.add(new GetEaEntry(name));
                if (next == 0) {
                    return entries;
                }
                if (next % ALIGNMENT != 0 || begin + next < in.position()) {
                    throw MalformedMessage.of(NtStatus.EA_LIST_INCONSISTENT);
                }
                in.seek(begin + next);
            }
        } catch (MalformedMessage broken) {
            throw broken.status() == NtStatus.INVALID_EA_NAME
                    ? broken
                    : MalformedMessage.of(NtStatus.EA_LIST_INCONSISTENT);
        }
    }
}

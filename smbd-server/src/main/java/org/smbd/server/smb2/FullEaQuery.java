package org.smbd.server.smb2;

import java.util.ArrayList;
import java.util.List;
import org.smbd.core.file.ExtendedAttribute;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.fscc.FullEaEntry;
import org.smbd.protocol.fscc.FullEaWriter;
import org.smbd.protocol.fscc.GetEaEntry;
import org.smbd.protocol.smb2.QueryInfoRequest;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;
import org.smbd.vfs.FileOpen;

/**
 * FileFullEaInformation as MS-SMB2 3.3.5.20.1 Handling SMB2_0_INFO_FILE has it: by a list of names, from an index on,
 * or onwards from where the last query of the open has ended.
 */
final class FullEaQuery {
    private static final int SL_RESTART_SCAN = 0x1;
    private static final int SL_RETURN_SINGLE_ENTRY = 0x2;
    private static final int SL_INDEX_SPECIFIED = 0x4;

    private final List<FullEaEntry> wanted;
    private final FileOpen open;
    /** Where in the whole list the wanted entries begin; -1 where they are not taken from it in order. */
    private final int first;

    private FullEaQuery(List<FullEaEntry> wanted, FileOpen open, int first) {
        this.wanted = wanted;
        this.open = open;
        this.first = first;
    }

    /**
     * What a request asks for.
     *
     * @param all the attributes of the file
     * @throws org.smbd.core.status.SmbException NO_EAS_ON_FILE, NO_MORE_EAS, NONEXISTENT_EA_ENTRY, or the status of a
     *     malformed list of names
     */
    static FullEaQuery of(QueryInfoRequest request, FileOpen open, List<ExtendedAttribute> all) {
        List<GetEaEntry> names =
                request.input().isReadable() ? GetEaEntry.decodeList(new WireReader(request.input())) : List.of();
        boolean single = has(request, SL_RETURN_SINGLE_ENTRY);
        if (!names.isEmpty()) {
            return new FullEaQuery(named(all, single ? names.subList(0, 1) : names), open, -1);
        }
        if (all.isEmpty()) {
            throw NtStatus.NO_EAS_ON_FILE.exception();
        }
        int first = first(request, open, all.size());
        if (first >= all.size()) {
            throw NtStatus.NO_MORE_EAS.exception();
        }
        List<ExtendedAttribute> rest = all.subList(first, single ? first + 1 : all.size());
        return new FullEaQuery(rest.stream().map(EaEntries::entry).toList(), open, first);
    }

    private static boolean has(QueryInfoRequest request, int flag) {
        return (request.flags() & flag) != 0;
    }

    /** Indexes count from 1. One behind the last there is no more, further on there has never been anything. */
    private static int first(QueryInfoRequest request, FileOpen open, int count) {
        if (has(request, SL_INDEX_SPECIFIED)) {
            long index = request.additionalInformation() & 0xFFFFFFFFL;
            if (index == 0 || index > count + 1L) {
                throw NtStatus.NONEXISTENT_EA_ENTRY.exception();
            }
            return (int) index - 1;
        }
        return has(request, SL_RESTART_SCAN) ? 0 : open.nextEa();
    }

    /** As NTFS: a name that is not there comes back with an empty value. */
    private static List<FullEaEntry> named(List<ExtendedAttribute> all, List<GetEaEntry> names) {
        List<FullEaEntry> entries = new ArrayList<>(names.size());
        for (GetEaEntry asked : names) {
            String name = EaEntries.text(asked.name());
            entries.add(all.stream()
                    .filter(attribute -> attribute.name().equalsIgnoreCase(name))
                    .findFirst()
                    .map(EaEntries::entry)
                    .orElseGet(() -> new FullEaEntry(0, asked.name(), new byte[0])));
        }
        return entries;
    }

    /** Bytes that the answer takes at most. */
    int lengthMax(int outputBufferLength) {
        long total = 0;
        for (FullEaEntry entry : wanted) {
            total += FullEaWriter.lengthMax(entry);
        }
        return (int) Math.min(total, outputBufferLength);
    }

    /** Writes what fits: BUFFER_OVERFLOW where entries are left out; BUFFER_TOO_SMALL, as an error, where all are. */
    NtStatus encode(int outputBufferLength, WireWriter out) {
        FullEaWriter writer = new FullEaWriter(outputBufferLength, out);
        int count = 0;
        while (count < wanted.size() && writer.append(wanted.get(count))) {
            count++;
        }
        if (count == 0) {
            throw NtStatus.BUFFER_TOO_SMALL.exception();
        }
        if (first >= 0) {
            open.setNextEa(first + count);
        }
        return count < wanted.size() ? NtStatus.BUFFER_OVERFLOW : NtStatus.SUCCESS;
    }
}

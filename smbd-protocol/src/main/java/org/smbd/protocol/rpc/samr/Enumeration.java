package org.smbd.protocol.rpc.samr;

import java.util.List;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.rpc.NdrWriter;

/** The answer to a question for all of something. MS-SAMR 3.1.5.2 Enumerate Pattern. */
final class Enumeration {
    /**
     * One of them. MS-SAMR 2.2.3.9 SAMPR_RID_ENUMERATION.
     *
     * @param rid its relative id
     */
    record Entry(int rid, String name) {}

    private Enumeration() {}

    /**
     * Writes what follows those that the client has.
     *
     * @param from how many those are
     */
    static void write(int from, List<Entry> all, NdrWriter out) {
        int begin = Math.min(from & 0x7FFFFFFF, all.size());
        List<Entry> rest = all.subList(begin, all.size());
        out.i32(all.size()); // EnumerationContext
        out.pointer(); // Buffer
        out.i32(rest.size()); // EntriesRead
        out.pointer(
                () -> { // Buffer
                    out.i32(rest.size()); // maximum count
                    for (Entry entry : rest) {
                        out.i32(entry.rid); // RelativeId
                        out.countedString(entry.name); // Name
                    }
                });
        out.deferred();
        out.i32(rest.size()); // CountReturned
        out.i32(NtStatus.SUCCESS.code());
    }
}

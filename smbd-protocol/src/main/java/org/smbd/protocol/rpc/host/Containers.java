package org.smbd.protocol.rpc.host;

import java.util.List;
import java.util.function.BiConsumer;
import org.smbd.protocol.rpc.NdrReader;
import org.smbd.protocol.rpc.NdrWriter;
import org.smbd.protocol.rpc.RpcFault;

/** The containers that enumerations come in: a level, a union by it, entries. MS-SRVS 2.2.3, MS-WKST 2.2.5. */
public final class Containers {
    private Containers() {}

    /**
     * Skips what comes in: it says nothing, and some clients send an empty array with it.
     *
     * @param known whether the union has something for this level
     */
    public static void skip(NdrReader in, int level, boolean known) {
        if (in.i32() != level) { // switch
            throw RpcFault.BAD_STUB_DATA;
        }
        if (known && in.pointer()) {
            int entriesRead = in.i32(); // EntriesRead
            if (in.pointer() && in.i32() != 0 || entriesRead != 0) { // Buffer
                throw RpcFault.BAD_STUB_DATA;
            }
        }
    }

    /**
     * Writes level, switch and entries.
     *
     * @param unknown whether the union has nothing for this level
     * @param entry writes the fixed part of one
     */
    public static <T> void write(
            NdrWriter out, int level, boolean unknown, List<T> entries, BiConsumer<T, NdrWriter> entry) {
        out.i32(level); // Level
        out.i32(level); // switch
        if (unknown) {
            return;
        }
        out.pointer();
        out.i32(entries.size()); // EntriesRead
        if (entries.isEmpty()) {
            out.nullPointer(); // Buffer
            return;
        }
        out.pointer(); // Buffer
        out.i32(entries.size()); // maximum count
        entries.forEach(one -> entry.accept(one, out));
        out.deferred();
    }
}

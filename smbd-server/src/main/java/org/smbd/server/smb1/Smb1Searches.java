package org.smbd.server.smb1;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.smbd.core.status.NtStatus;

/**
 * Connection.SearchOpenTable: MS-CIFS 3.3.1.3. DOS programs forget to close searches: beyond the limit the one that was
 * not used for longest is closed. Lane only.
 */
final class Smb1Searches {
    private final Map<Integer, Smb1Search> bySid = new LinkedHashMap<>(16, 0.75f, true);
    private int last;

    Smb1Search add(IntFunction<Smb1Search> factory) {
        if (bySid.size() >= Smb1Limits.SEARCHES_MAX) {
            close(bySid.values().iterator().next());
        }
        do {
            last = last >= Smb1Limits.IDS_MAX ? 1 : last + 1;
        } while (bySid.containsKey(last));
        Smb1Search search = factory.apply(last);
        bySid.put(last, search);
        return search;
    }

    /** The search of a client's id: INVALID_HANDLE where there is none of its session and tree. */
    Smb1Search find(Smb1Call call, int sid) {
        Smb1Search search = bySid.get(sid);
        if (search == null || search.session() != call.session() || search.tree() != call.tree()) {
            throw NtStatus.INVALID_HANDLE.exception();
        }
        return search;
    }

    void close(Smb1Search search) {
        bySid.remove(search.sid());
        search.close();
    }

    void closeWhere(Predicate<Smb1Search> condition) {
        List.copyOf(bySid.values()).stream().filter(condition).forEach(this::close);
    }

    void close() {
        closeWhere(search -> true);
    }
}

package org.smbd.server.smb1;

import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.IntFunction;
import org.smbd.core.status.NtStatus;

/** Things that clients name by 16-bit numbers. An id that was given back is used again as late as possible. */
final class Smb1Ids<T> {
    private final int countMax;
    private final ConcurrentMap<Integer, T> byId = new ConcurrentHashMap<>();
    private int last;

    /** @param countMax how many there may be at once, at most {@link Smb1Limits#IDS_MAX} */
    Smb1Ids(int countMax) {
        this.countMax = countMax;
    }

    /**
     * Inserts what {@code factory} makes of a free id.
     *
     * @throws org.smbd.core.status.SmbException TOO_MANY_OPENED_FILES above the limit
     */
    synchronized T add(IntFunction<T> factory) {
        if (byId.size() >= countMax) {
            throw NtStatus.TOO_MANY_OPENED_FILES.exception();
        }
        do {
            last = last >= Smb1Limits.IDS_MAX ? 1 : last + 1;
        } while (byId.containsKey(last));
        T value = factory.apply(last);
        byId.put(last, value);
        return value;
    }

    Optional<T> find(int id) {
        return Optional.ofNullable(byId.get(id));
    }

    void remove(int id) {
        byId.remove(id);
    }

    /** All of them; a live view. */
    Collection<T> all() {
        return byId.values();
    }

    int size() {
        return byId.size();
    }
}

package org.smbd.vfs.lock;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.smbd.vfs.store.HostLocks;

/**
 * Keeps what the host shows other programs true to the locks of one file. The host knows one state of each byte, not
 * who holds it, or how often. Guarded by the lock of its {@link ByteRangeLocks}.
 */
final class HostRanges {
    private final HostLocks host;
    private final IntervalTree exclusives;
    private final IntervalTree shareds;

    HostRanges(HostLocks host, IntervalTree exclusives, IntervalTree shareds) {
        this.host = host;
        this.exclusives = exclusives;
        this.shareds = shareds;
    }

    /** Takes a range before it is held here; false, and nothing is changed, if another program is in the way. */
    boolean take(LockRange range, boolean exclusive) {
        for (LockRange piece : exclusive ? List.of(range) : pieces(range)) {
            if ((exclusive || !exclusives.anyOverlap(piece))
                    && !host.tryLock(piece.offset(), piece.length(), exclusive)) {
                restore(range);
                return false;
            }
        }
        return true;
    }

    /** Shows what is still held of a range. */
    void restore(LockRange range) {
        for (LockRange piece : pieces(range)) {
            if (exclusives.anyOverlap(piece)) {
                host.tryLock(piece.offset(), piece.length(), true);
            } else if (shareds.anyOverlap(piece)) {
                host.tryLock(piece.offset(), piece.length(), false);
            } else {
                host.unlock(piece.offset(), piece.length());
            }
        }
    }

    boolean isFree(LockRange range, boolean write) {
        return host.isFree(range.offset(), range.length(), write);
    }

    void close() {
        host.close();
    }

    /** A range, cut wherever a lock begins or ends. */
    private List<LockRange> pieces(LockRange range) {
        NavigableSet<Long> begins = new TreeSet<>(Long::compareUnsigned);
        exclusives.forEachOverlap(range, held -> cut(range, held, begins));
        shareds.forEachOverlap(range, held -> cut(range, held, begins));
        if (begins.isEmpty()) {
            return List.of(range);
        }
        begins.add(range.offset());
        List<LockRange> pieces = new ArrayList<>();
        for (Long begin : begins) {
            Long next = begins.higher(begin);
            long end = next == null ? range.offset() + range.length() : next;
            pieces.add(new LockRange(begin, end - begin));
        }
        return pieces;
    }

    private static void cut(LockRange range, LockRange held, Set<Long> begins) {
        addWithin(range, held.offset(), begins);
        addWithin(range, held.offset() + held.length(), begins);
    }

    private static void addWithin(LockRange range, long offset, Set<Long> begins) {
        if (Long.compareUnsigned(offset, range.offset()) > 0 && Long.compareUnsigned(offset, range.last()) <= 0) {
            begins.add(offset);
        }
    }
}

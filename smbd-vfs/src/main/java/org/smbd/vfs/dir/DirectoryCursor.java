package org.smbd.vfs.dir;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.vfs.DirectoryEntry;
import org.smbd.vfs.DirectoryQueryMode;
import org.smbd.vfs.DirectorySink;

/**
 * Where the enumeration of one open directory stands. MS-FSA 2.1.5.6.3 Directory Information Queries.
 *
 * <p>A query that starts takes the first so many matching names in their order; when they are handed out the directory
 * is read again for the next ones. Facts are read when an entry is handed out, and names that are gone by then are left
 * out. So a directory that changes loses and doubles nothing that stays, and the memory it takes is bounded.
 */
public final class DirectoryCursor {
    /** The order in which names are handed out. */
    private static final Comparator<String> ORDER =
            String.CASE_INSENSITIVE_ORDER.thenComparing(Comparator.naturalOrder());

    /** Reads the names of the directory that match, in any order. */
    public interface NameSource {
        /** Hands the names over; {@code .} and {@code ..} are the cursor's affair. */
        void names(WildcardPattern pattern, Consumer<String> taker);
    }

    private final int namesMax;
    private final boolean caseSensitive;

    /**
     * An enumeration that has not begun.
     *
     * @param namesMax names that are held at a time
     * @param caseSensitive whether case counts in patterns
     */
    public DirectoryCursor(int namesMax, boolean caseSensitive) {
        this.caseSensitive = caseSensitive;
        this.namesMax = namesMax;
    }

    @GuardedBy("this")
    private WildcardPattern pattern;

    @GuardedBy("this")
    private List<String> names;

    @GuardedBy("this")
    private int position;

    /** Whether names behind the ones held may follow. */
    @GuardedBy("this")
    private boolean more;

    @GuardedBy("this")
    private boolean anyHandedOut;

    /**
     * Hands entries out. Parallel queries of one open follow one another.
     *
     * @param source read at the start of an enumeration
     * @param entries from a name to its entry, whose facts throw OBJECT_NAME_NOT_FOUND if it is gone
     * @return SUCCESS, NO_SUCH_FILE, NO_MORE_FILES, or BUFFER_OVERFLOW if the first entry does not fit
     */
    public synchronized NtStatus query(
            String search,
            DirectoryQueryMode mode,
            NameSource source,
            Function<String, DirectoryEntry> entries,
            DirectorySink sink) {
        if (names == null || mode.restart() || mode.reopen()) {
            start(search, source);
        }
        int given = 0;
        while (position < names.size() || readOn(source)) {
            try {
                if (!sink.accept(entries.apply(names.get(position)))) {
                    return given == 0 ? NtStatus.BUFFER_OVERFLOW : NtStatus.SUCCESS;
                }
                given++;
                anyHandedOut = true;
            } catch (SmbException gone) {
                if (gone.status() != NtStatus.OBJECT_NAME_NOT_FOUND) {
                    throw gone;
                }
            }
            position++;
            if (given > 0 && mode.single()) {
                break;
            }
        }
        if (given > 0) {
            return NtStatus.SUCCESS;
        }
        names = List.of(); // what was handed out is not kept
        position = 0;
        return anyHandedOut ? NtStatus.NO_MORE_FILES : NtStatus.NO_SUCH_FILE;
    }

    /** A pattern that comes with a restart replaces the first one. */
    @GuardedBy("this")
    private void start(String search, NameSource source) {
        if (pattern == null || !search.isEmpty()) {
            pattern = WildcardPattern.of(search, caseSensitive);
        }
        List<String> found = new ArrayList<>();
        addIfMatching(found, ".");
        addIfMatching(found, "..");
        addNext(found, null, source);
        names = found;
        position = 0;
        anyHandedOut = false;
    }

    /** Replaces the names, which are all handed out, by the next ones; false if there are none. */
    @GuardedBy("this")
    private boolean readOn(NameSource source) {
        if (!more) {
            return false;
        }
        List<String> found = new ArrayList<>();
        addNext(found, names.get(names.size() - 1), source);
        names = found;
        position = 0;
        return !found.isEmpty();
    }

    /** Adds the first names in order behind {@code last}; null is before all. */
    @GuardedBy("this")
    private void addNext(List<String> found, String last, NameSource source) {
        List<String> next = new ArrayList<>();
        boolean[] dropped = {false};
        source.names(pattern, name -> {
            if (last == null || ORDER.compare(name, last) > 0) {
                next.add(name);
                if (next.size() >= 2L * namesMax) {
                    keepFirst(next);
                    dropped[0] = true;
                }
            }
        });
        dropped[0] |= next.size() > namesMax;
        keepFirst(next);
        more = dropped[0];
        found.addAll(next);
    }

    private void keepFirst(List<String> some) {
        some.sort(ORDER);
        if (some.size() > namesMax) {
            some.subList(namesMax, some.size()).clear();
        }
    }

    @GuardedBy("this")
    private void addIfMatching(List<String> found, String name) {
        if (pattern.matches(name)) {
            found.add(name);
        }
    }
}

package org.smbd.vfs.dir;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.smbd.core.file.FileMetadata;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.vfs.DirectoryEntry;
import org.smbd.vfs.DirectoryQueryMode;
import org.smbd.vfs.DirectorySink;

/**
 * Where the enumeration of one open directory stands. MS-FSA 2.1.5.6.3 Directory Information Queries.
 *
 * <p>A query that starts takes a snapshot of the matching names; facts are read when an entry is handed out, and names
 * that are gone by then are left out. So a directory that changes loses and doubles nothing that stays.
 */
public final class DirectoryCursor {
    /** Reads the names of the directory that match, in the order in which they are handed out. */
    public interface NameSource {
        /** The names; {@code .} and {@code ..} are the cursor's affair. */
        List<String> names(WildcardPattern pattern);
    }

    @GuardedBy("this")
    private WildcardPattern pattern;

    @GuardedBy("this")
    private List<String> names;

    @GuardedBy("this")
    private int position;

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
        while (position < names.size()) {
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
        names = position == 0 ? names : List.of(); // what was handed out is not kept
        position = 0;
        return anyHandedOut ? NtStatus.NO_MORE_FILES : NtStatus.NO_SUCH_FILE;
    }

    /** A pattern that comes with a restart replaces the first one. */
    @GuardedBy("this")
    private void start(String search, NameSource source) {
        if (pattern == null || !search.isEmpty()) {
            pattern = WildcardPattern.of(search);
        }
        List<String> found = new ArrayList<>();
        addIfMatching(found, ".");
        addIfMatching(found, "..");
        found.addAll(source.names(pattern));
        names = found;
        position = 0;
        anyHandedOut = false;
    }

    @GuardedBy("this")
    private void addIfMatching(List<String> found, String name) {
        if (pattern.matches(name)) {
            found.add(name);
        }
    }

    /** An entry whose facts are read when they are asked for. */
    public static DirectoryEntry entry(String name, Supplier<FileMetadata> metadata) {
        return new DirectoryEntry() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public FileMetadata metadata() {
                return metadata.get();
            }
        };
    }
}

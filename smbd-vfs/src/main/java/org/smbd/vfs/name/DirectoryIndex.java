package org.smbd.vfs.name;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.smbd.vfs.store.StoreStat;

/**
 * The names of one directory by their folded client name. It is filled by a listing; changes that are reported
 * meanwhile are applied after it: the last report about a name is always right.
 */
final class DirectoryIndex {
    /** What the clock of a file system may lag behind: with a younger change, equal times prove nothing. */
    private static final long RACY_TICKS = 200_000;

    private record Change(String name, boolean added) {}

    private final NameRules rules;

    /** Done when it is filled; true if that succeeded. */
    private final CompletableFuture<Boolean> filled = new CompletableFuture<>();

    @GuardedBy("this")
    private final Map<String, Object> names = new HashMap<>(); // a String, or a String[] if only case differs

    @GuardedBy("this")
    private List<Change> pending = new ArrayList<>();

    @GuardedBy("this")
    private int count;

    /** The number of the watch; negative while there is none. Set under the lock of {@link DirectoryIndexes}. */
    volatile int watch = -1;

    /** Without a watch: facts of the directory at the listing; null if they were too young to prove anything. */
    private volatile StoreStat stamp;

    /** Made when a short name is asked for first. */
    @GuardedBy("this")
    private ShortNameTable shortNames;

    DirectoryIndex(NameRules rules) {
        this.rules = rules;
    }

    CompletableFuture<Boolean> filled() {
        return filled;
    }

    /** Takes the listing. */
    synchronized void fill(List<String> listed) {
        listed.forEach(this::put);
        for (Change change : pending) {
            if (change.added) {
                put(change.name);
            } else {
                take(change.name);
            }
        }
        pending = null;
    }

    /** Notes the facts that the directory had before and after the listing. */
    void stampedBy(StoreStat before, StoreStat after, long startedAt) {
        boolean quiet = isSame(before, after) && before.changeTime() + RACY_TICKS < startedAt;
        stamp = quiet ? before : null;
    }

    /** Whether, without a watch, the directory is as it was at the listing. */
    boolean isStampedBy(StoreStat now) {
        StoreStat then = stamp;
        return then != null && isSame(then, now);
    }

    private static boolean isSame(StoreStat one, StoreStat other) {
        return one.key().equals(other.key())
                && one.lastWriteTime() == other.lastWriteTime()
                && one.changeTime() == other.changeTime();
    }

    synchronized void add(String name) {
        if (pending != null) {
            pending.add(new Change(name, true));
        } else {
            put(name);
        }
    }

    synchronized void remove(String name) {
        if (pending != null) {
            pending.add(new Change(name, false));
        } else {
            take(name);
        }
    }

    /** The host names that fold to {@code key}, sorted, so that one of several is always preferred. */
    synchronized List<String> find(String key) {
        Object found = names.get(key);
        if (found == null) {
            return List.of();
        }
        return found instanceof String name ? List.of(name) : List.of((String[]) found);
    }

    private synchronized boolean hasKey(String key) {
        return names.containsKey(key);
    }

    @GuardedBy("this")
    @SuppressWarnings("GuardedBy") // the table looks into the names only in calls that hold the lock
    private ShortNameTable shortNames() {
        if (shortNames == null) {
            ShortNameTable table = new ShortNameTable(rules, this::hasKey);
            names.values().stream()
                    .flatMap(found -> found instanceof String one ? Stream.of(one) : Arrays.stream((String[]) found))
                    .filter(rules::hasShortName)
                    .sorted() // else the order of a hash table would tell which of two gets its first choice
                    .forEach(table::add);
            shortNames = table;
        }
        return shortNames;
    }

    /** The short name of a file. */
    synchronized Optional<String> shortName(String hostName) {
        return shortNames().of(hostName);
    }

    /** The host name of the file with a short name. */
    synchronized Optional<String> findShort(String shortName) {
        return shortNames().find(shortName);
    }

    /** The host name of a file that had a short name until a moment ago. */
    synchronized Optional<String> findGone(String shortName) {
        return shortNames().findGone(shortName);
    }

    /** Count of names. */
    synchronized int size() {
        return count;
    }

    @GuardedBy("this")
    private void put(String name) {
        String key = rules.key(name);
        Object found = names.get(key);
        if (found == null) {
            names.put(key.equals(name) ? name : key, name);
            added(name);
            return;
        }
        String[] old = found instanceof String one ? new String[] {one} : (String[]) found;
        if (!Arrays.asList(old).contains(name)) {
            String[] more = Arrays.copyOf(old, old.length + 1);
            more[old.length] = name;
            Arrays.sort(more);
            names.put(key, more);
            added(name);
        }
    }

    @GuardedBy("this")
    private void take(String name) {
        String key = rules.key(name);
        Object found = names.get(key);
        if (name.equals(found)) {
            names.remove(key);
            removed(name);
        } else if (found instanceof String[] several && Arrays.asList(several).contains(name)) {
            String[] left =
                    Arrays.stream(several).filter(other -> !other.equals(name)).toArray(String[]::new);
            names.put(key, left.length == 1 ? left[0] : left);
            removed(name);
        }
    }

    @GuardedBy("this")
    private void added(String name) {
        count++;
        if (shortNames != null) {
            shortNames.add(name);
        }
    }

    @GuardedBy("this")
    private void removed(String name) {
        count--;
        if (shortNames != null) {
            shortNames.remove(name);
        }
    }
}

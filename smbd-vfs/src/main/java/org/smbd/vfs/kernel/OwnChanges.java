package org.smbd.vfs.kernel;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.smbd.vfs.notify.Change;
import org.smbd.vfs.notify.FileAction;

/**
 * The changes that this server made and has reported itself, until the kernel has told of them, too. What the kernel
 * tells of a change is queued before the change is reported, so that a record that was made before the queue was read,
 * and met nothing in it, will never meet anything.
 */
final class OwnChanges {
    /** More than happen between two looks at the queue; at more, some are reported twice. */
    private static final int RECORDS_MAX = 65_536;

    /** What the kernel calls a change: a name came or went, or a file changed under its name. */
    enum Effect {
        CAME,
        WENT,
        CHANGED
    }

    private record Key(Effect effect, String location) {}

    private record Entry(Key key, long madeAt) {}

    @GuardedBy("this")
    private final Deque<Entry> entries = new ArrayDeque<>();

    @GuardedBy("this")
    private final Map<Key, Integer> counts = new HashMap<>();

    /** A change of ours was made. */
    void record(Change change) {
        Effect effect = switch (change.action()) {
            case FileAction.ADDED, FileAction.RENAMED_NEW_NAME -> Effect.CAME;
            case FileAction.REMOVED, FileAction.RENAMED_OLD_NAME -> Effect.WENT;
            default -> Effect.CHANGED;
        };
        synchronized (this) {
            add(new Key(effect, change.location()));
            if (effect == Effect.CAME) {
                add(new Key(Effect.CHANGED, change.location())); // a new file gets its attributes
            }
        }
    }

    @GuardedBy("this")
    private void add(Key key) {
        entries.add(new Entry(key, System.nanoTime()));
        counts.merge(key, 1, Integer::sum);
        if (entries.size() > RECORDS_MAX) {
            forget(entries.remove().key());
        }
    }

    /** Whether a name came or went by our own doing; each of ours is met once. */
    synchronized boolean meetsName(Effect effect, String location) {
        Key key = new Key(effect, location);
        if (!counts.containsKey(key)) {
            return false;
        }
        for (Iterator<Entry> all = entries.iterator(); all.hasNext(); ) {
            if (all.next().key().equals(key)) {
                all.remove();
                break;
            }
        }
        forget(key);
        return true;
    }

    /**
     * Whether a file changed by our own doing. One operation of ours is several changes to the kernel, which for its
     * part makes one of several that are alike: so any of ours explains them all. A change by another program in the
     * few milliseconds between is not told apart.
     */
    synchronized boolean meetsChange(String location) {
        return counts.containsKey(new Key(Effect.CHANGED, location));
    }

    /** Forgets what was made before {@code nanoTime}. */
    synchronized void forgetBefore(long nanoTime) {
        while (!entries.isEmpty() && entries.peek().madeAt() - nanoTime < 0) {
            forget(entries.remove().key());
        }
    }

    @GuardedBy("this")
    private void forget(Key key) {
        counts.computeIfPresent(key, (k, count) -> count == 1 ? null : count - 1);
    }
}

package org.smbd.server.persistent;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One persistent open as it is on disk: each change is there when its method returns. */
public final class KeptOpen {
    private final HandleJournal journal;
    private final OpenDescription description;

    @GuardedBy("journal")
    private final List<HeldLock> locks = new ArrayList<>(0);

    @GuardedBy("journal")
    private final Map<Integer, Integer> lockSequences = new TreeMap<>();

    @GuardedBy("journal")
    private String path;

    @GuardedBy("journal")
    private boolean deletePending;

    KeptOpen(HandleJournal journal, OpenDescription description, String path) {
        this.journal = journal;
        this.description = description;
        this.path = path;
    }

    public OpenDescription description() {
        return description;
    }

    /** Relative to the share, with backslashes. */
    public String path() {
        synchronized (journal) {
            return path;
        }
    }

    /** Whether it is to be deleted when it is closed, as somebody asked behind the open. */
    public boolean deletePending() {
        synchronized (journal) {
            return deletePending;
        }
    }

    /** What it holds. */
    public List<HeldLock> locks() {
        synchronized (journal) {
            return List.copyOf(locks);
        }
    }

    /** Open.LockSequenceArray. */
    public List<LockSequence> lockSequences() {
        synchronized (journal) {
            return lockSequences.entrySet().stream()
                    .map(entry -> new LockSequence(entry.getKey(), entry.getValue()))
                    .toList();
        }
    }

    /** A LOCK request was carried out. */
    public void locked(LockSequence sequence, List<HeldLock> added, List<HeldLock> removed) {
        journal.write(this, new Change.Locks(sequence, List.copyOf(added), List.copyOf(removed)), true);
    }

    /** It has another path. */
    public void moved(String newPath) {
        if (!newPath.equals(path())) {
            journal.write(this, new Change.Moved(newPath), true);
        }
    }

    /** Somebody asked for it to be deleted, or not to be. */
    public void setDeletePending(boolean pending) {
        if (pending != deletePending()) {
            journal.write(this, new Change.DeletePending(pending), true);
        }
    }

    /** It is closed. To find it after a restart all the same would do no harm, so that this is not waited for. */
    public void closed() {
        journal.write(this, new Change.Closed(), false);
    }

    /** Takes a change over. */
    void apply(Change change) {
        synchronized (journal) {
            if (change instanceof Change.Locks changed) {
                for (HeldLock lock : changed.removed()) {
                    remove(lock);
                }
                locks.addAll(changed.added());
                if (changed.sequence().index() != 0) {
                    lockSequences.put(
                            changed.sequence().index(), changed.sequence().number());
                }
            } else if (change instanceof Change.Moved moved) {
                path = moved.path();
            } else if (change instanceof Change.DeletePending pending) {
                deletePending = pending.pending();
            }
        }
    }

    @GuardedBy("journal")
    private void remove(HeldLock lock) {
        for (int i = 0; i < locks.size(); i++) {
            if (locks.get(i).isAt(lock)) {
                locks.remove(i);
                return;
            }
        }
    }

    /** The changes that make a new one what this is. */
    List<Change> replay() {
        List<Change> changes = new ArrayList<>();
        synchronized (journal) {
            changes.add(new Change.Opened(description, path));
            if (!locks.isEmpty()) {
                changes.add(new Change.Locks(LockSequence.NONE, List.copyOf(locks), List.of()));
            }
            lockSequences.forEach((index, number) ->
                    changes.add(new Change.Locks(new LockSequence(index, number), List.of(), List.of())));
            if (deletePending) {
                changes.add(new Change.DeletePending(true));
            }
        }
        return changes;
    }
}

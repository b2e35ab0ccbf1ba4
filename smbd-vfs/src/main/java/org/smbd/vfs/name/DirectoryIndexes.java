package org.smbd.vfs.name;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.smbd.core.status.SmbException;
import org.smbd.core.type.FileTime;
import org.smbd.core.type.PosixIdentity;
import org.smbd.vfs.store.DirectoryFeed;
import org.smbd.vfs.store.FileKey;
import org.smbd.vfs.store.StoreAccess;
import org.smbd.vfs.store.StoreFile;
import org.smbd.vfs.store.StoreStat;
import org.smbd.vfs.store.Volume;

/**
 * The indexes of a share's directories, as many as {@link IndexLimits} allows; the one that was not used for longest
 * goes first.
 *
 * <p>An index stays true by the host's feed of changes, which is drained before each lookup. Where there is no feed it
 * is believed as long as the directory's times say that nothing has changed.
 */
final class DirectoryIndexes implements AutoCloseable {
    private final Volume volume;
    private final IndexLimits limits;
    private final Optional<DirectoryFeed> feed;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final Map<FileKey, DirectoryIndex> indexes = new LinkedHashMap<>(16, 0.75f, true);

    @GuardedBy("lock")
    private final Map<Integer, DirectoryIndex> byWatch = new HashMap<>();

    private final NameRules rules;

    DirectoryIndexes(Volume volume, NameRules rules, IndexLimits limits) {
        this.volume = volume;
        this.rules = rules;
        this.limits = limits;
        this.feed = volume.openFeed();
    }

    /**
     * The names in a directory that are {@code hostName} but for case or the form of an accent, sorted. Empty, too, if
     * the user may not list the directory: such a user has to know names exactly.
     *
     * @param path of the directory
     * @param stat its facts, not older than this call
     */
    List<String> lookup(PosixIdentity who, String path, StoreStat stat, String hostName) {
        String key = rules.key(hostName);
        return index(who, path, stat).map(index -> index.find(key)).orElse(List.of());
    }

    /** The index of a directory as it is now; empty if the user may not list it. */
    Optional<DirectoryIndex> index(PosixIdentity who, String path, StoreStat stat) {
        while (true) {
            DirectoryIndex index;
            boolean mine = false;
            lock.lock();
            try {
                if (feed.isPresent()) {
                    for (DirectoryFeed.Change change : feed.get().drain()) {
                        apply(change);
                    }
                }
                index = indexes.get(stat.key());
                if (index != null && index.filled().isDone() && index.watch < 0 && !index.isStampedBy(stat)) {
                    index = null;
                }
                if (index == null) {
                    index = new DirectoryIndex(rules);
                    indexes.put(stat.key(), index);
                    mine = true;
                }
            } finally {
                lock.unlock();
            }
            if (mine) {
                return fill(index, who, path, stat.key()) ? Optional.of(index) : Optional.empty();
            }
            if (index.filled().join() && (index.watch >= 0 || index.isStampedBy(stat))) {
                return Optional.of(index);
            }
            // the other could not list it, but perhaps this user can; or it has changed since
        }
    }

    private boolean fill(DirectoryIndex index, PosixIdentity who, String path, FileKey key) {
        boolean done = false;
        try (StoreFile directory = volume.open(who, path, StoreAccess.READ)) {
            long startedAt = FileTime.of(Instant.now());
            StoreStat before = directory.stat();
            if (before.key().equals(key)) {
                watch(index, directory);
                List<String> names = new ArrayList<>();
                volume.list(directory, (name, type) -> names.add(name));
                index.fill(names);
                index.stampedBy(before, directory.stat(), startedAt);
                done = true;
            }
        } catch (SmbException e) {
            return false; // not there any more, or not to be listed by this user
        } finally {
            if (done) {
                evict(index);
            } else {
                forget(key, index);
            }
            index.filled().complete(done);
        }
        return done;
    }

    private void watch(DirectoryIndex index, StoreFile directory) {
        if (feed.isEmpty()) {
            return;
        }
        lock.lock(); // else another thread could drain the first changes while nobody knows the watch
        try {
            int watch = feed.get().watch(directory);
            if (watch >= 0) {
                index.watch = watch;
                byWatch.put(watch, index);
            }
        } finally {
            lock.unlock();
        }
    }

    private void forget(FileKey key, DirectoryIndex index) {
        lock.lock();
        try {
            indexes.remove(key, index);
            unwatch(index);
        } finally {
            lock.unlock();
        }
    }

    private void evict(DirectoryIndex justFilled) {
        lock.lock();
        try {
            long names = 0;
            for (DirectoryIndex index : indexes.values()) {
                names += index.size();
            }
            Iterator<DirectoryIndex> eldestFirst = indexes.values().iterator();
            while (eldestFirst.hasNext() && (indexes.size() > limits.directoriesMax() || names > limits.namesMax())) {
                DirectoryIndex index = eldestFirst.next();
                if (index != justFilled && index.filled().isDone()) {
                    names -= index.size();
                    eldestFirst.remove();
                    unwatch(index);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private void unwatch(DirectoryIndex index) {
        if (index.watch >= 0 && byWatch.remove(index.watch, index)) {
            feed.orElseThrow().unwatch(index.watch);
        }
    }

    @GuardedBy("lock")
    private void apply(DirectoryFeed.Change change) {
        DirectoryIndex index = byWatch.get(change.watch());
        switch (change.kind()) {
            case ADDED -> {
                if (index != null) {
                    index.add(change.name());
                }
            }
            case REMOVED -> {
                if (index != null) {
                    index.remove(change.name());
                }
            }
            case LOST -> {
                if (index != null) {
                    byWatch.remove(change.watch());
                    indexes.values().remove(index);
                }
            }
            case OVERFLOWED -> {
                for (DirectoryIndex watched : List.copyOf(byWatch.values())) {
                    unwatch(watched);
                    indexes.values().remove(watched);
                }
            }
        }
    }

    @Override
    public void close() {
        feed.ifPresent(DirectoryFeed::close);
    }
}

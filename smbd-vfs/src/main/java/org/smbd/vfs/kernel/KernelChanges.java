package org.smbd.vfs.kernel;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.core.status.SmbException;
import org.smbd.vfs.notify.Change;
import org.smbd.vfs.notify.ChangeHub;
import org.smbd.vfs.store.KernelFeed;
import org.smbd.vfs.store.KernelFeed.Event;
import org.smbd.vfs.store.StoreAccess;
import org.smbd.vfs.store.StoreFile;
import org.smbd.vfs.store.StoreStat;

/**
 * Tells watchers of directories what other programs of this host change: {@code kernel change notify}. The kernel tells
 * of our own changes, too; those were reported when they were made, exactly, and are left out here.
 *
 * <p>One thread, and only while somebody watches. Its lock is never held across I/O but the adding of a watch.
 */
public final class KernelChanges {
    private static final Logger LOG = LoggerFactory.getLogger(KernelChanges.class);

    private static final int LOOK_MILLIS = 100;
    /** Events come in bursts: what comes in that time is told at once. */
    private static final long GATHER_NANOS = 10_000_000;
    /** An operation of ours that hangs on a device no longer keeps others from hearing of other changes. */
    private static final int OPERATION_MILLIS_MAX = 2_000;

    private static final Operation NOT_COUNTED = () -> {};

    private final ChangeHub hub;
    private final OwnOperations operations = new OwnOperations();
    private final OwnChanges own = new OwnChanges();
    private final ForeignChanges foreign;

    @GuardedBy("this")
    private final WatchedDirectories directories = new WatchedDirectories();

    /** Trees whose directories are still to be looked for. */
    @GuardedBy("this")
    private final Deque<Walk> walks = new ArrayDeque<>();

    @GuardedBy("this")
    private KernelFeed feed;

    @GuardedBy("this")
    private boolean unavailable;

    /** Held across I/O, but only by those who begin to watch trees. */
    private final ReentrantLock walking = new ReentrantLock();

    private volatile boolean active;

    /**
     * A directory below which all are to be watched.
     *
     * @param tell whether its files are reported: they may have come before the watch
     */
    private record Walk(WatchedPlace place, Object owner, boolean tell) {}

    /** Tells {@code hub}. */
    public KernelChanges(ChangeHub hub) {
        this.hub = hub;
        this.foreign = new ForeignChanges(hub, own, new Watched());
        hub.onPost(this::made);
    }

    /** An operation of ours that may change names begins. */
    public Operation begin() {
        return active ? operations.begin() : NOT_COUNTED;
    }

    /** An operation in progress. */
    @FunctionalInterface
    public interface Operation {
        /** It is done, and its changes are posted. Called once. */
        void end();
    }

    private void made(Change change) {
        if (active) {
            String location = change.location();
            boolean watched;
            synchronized (this) {
                watched = directories.contains(location.substring(0, Math.max(1, location.lastIndexOf('/'))));
            }
            if (watched) {
                own.record(change);
            }
        }
    }

    /** Begins to tell of a directory, and with {@code tree} of all below it, for {@code owner}. */
    public void watch(Object owner, WatchedPlace place, boolean tree) {
        begin(owner, place, tree);
        walk();
    }

    private synchronized void begin(Object owner, WatchedPlace place, boolean tree) {
        if (feed == null && !unavailable) {
            Optional<KernelFeed> opened = KernelFeed.open();
            unavailable = opened.isEmpty();
            opened.ifPresent(this::start);
        }
        if (feed == null) {
            return;
        }
        add(place, owner, tree);
        if (tree) {
            walks.add(new Walk(place, owner, false));
        }
    }

    @GuardedBy("this")
    private void start(KernelFeed opened) {
        feed = opened;
        active = true;
        Thread thread = new Thread(() -> run(opened), "kernel-changes");
        thread.setDaemon(true);
        thread.start();
    }

    @GuardedBy("this")
    private boolean add(WatchedPlace place, Object owner, boolean tree) {
        if (directories.join(place.location(), owner, tree)) {
            return true;
        }
        if (directories.isFull()) {
            LOG.warn("{}: too many directories are watched, changes by other programs are not reported", place);
            return false;
        }
        try (StoreFile directory = place.volume().open(place.who(), place.hostPath(), StoreAccess.READ)) {
            int watch = feed.watch(directory);
            if (watch >= 0) {
                directories.add(watch, place, owner, tree);
            }
            return watch >= 0;
        } catch (SmbException e) {
            LOG.debug("{}: changes by other programs are not reported: {}", place.location(), e.status());
            return false;
        }
    }

    /** Ends all that {@link #watch} began for {@code owner}. */
    public synchronized void unwatch(Object owner) {
        walks.removeIf(walk -> walk.owner() == owner);
        directories.leave(owner).forEach(watch -> feed.unwatch(watch));
    }

    private void run(KernelFeed opened) {
        try {
            while (goesOn()) {
                walk();
                opened.await(LOOK_MILLIS);
                LockSupport.parkNanos(GATHER_NANOS);
                long before = System.nanoTime();
                List<Event> events = opened.drain();
                if (!events.isEmpty()) {
                    operations.awaitEnd(OPERATION_MILLIS_MAX);
                    foreign.tell(events);
                }
                own.forgetBefore(before);
            }
        } catch (RuntimeException unexpected) {
            LOG.error("changes by other programs are not reported any more", unexpected);
            synchronized (this) {
                active = false;
                unavailable = true;
                feed = null;
                directories.clear();
            }
        } finally {
            opened.close();
        }
    }

    private synchronized boolean goesOn() {
        if (directories.isEmpty() && walks.isEmpty()) {
            active = false;
            feed = null;
            return false;
        }
        return true;
    }

    /** Walks all that there is. Who begins to watch waits for the thread that is at it, or could miss a change. */
    private void walk() {
        walking.lock();
        try {
            walkAll();
        } finally {
            walking.unlock();
        }
    }

    private void walkAll() {
        while (true) {
            Walk walk;
            synchronized (this) {
                walk = walks.poll();
            }
            if (walk == null) {
                return;
            }
            List<String> below = new ArrayList<>();
            List<Change> found = new ArrayList<>();
            WatchedPlace place = walk.place();
            try (StoreFile directory = place.volume().open(place.who(), place.hostPath(), StoreAccess.READ)) {
                place.volume().list(directory, (name, type) -> {
                    boolean isDirectory = type == StoreStat.Type.DIRECTORY;
                    if (isDirectory) {
                        below.add(name);
                    }
                    if (walk.tell()) {
                        found.add(Change.added(place.locationOf(name), isDirectory));
                    }
                    return true;
                });
            } catch (SmbException e) {
                LOG.debug("{}: not watched: {}", place.location(), e.status());
            }
            found.forEach(hub::postForeign);
            synchronized (this) {
                if (directories.isOwner(place.location(), walk.owner())) {
                    for (String name : below) {
                        if (add(place.child(name), walk.owner(), true)) {
                            walks.add(new Walk(place.child(name), walk.owner(), walk.tell()));
                        }
                    }
                }
            }
        }
    }

    /** As the thread of the events sees the directories. */
    private final class Watched implements ForeignChanges.Watched {
        @Override
        public List<String> locations() {
            synchronized (KernelChanges.this) {
                return directories.locations();
            }
        }

        @Override
        public List<WatchedPlace> places(int watch) {
            synchronized (KernelChanges.this) {
                return directories.places(watch);
            }
        }

        @Override
        public void lost(int watch) {
            synchronized (KernelChanges.this) {
                directories.lost(watch);
            }
        }

        @Override
        public void extend(WatchedPlace parent, String name, boolean tell) {
            synchronized (KernelChanges.this) {
                for (Object owner : directories.treeOwners(parent.location())) {
                    if (add(parent.child(name), owner, true)) {
                        walks.add(new Walk(parent.child(name), owner, tell));
                    }
                }
            }
        }

        @Override
        public void forget(String location) {
            synchronized (KernelChanges.this) {
                directories.forgetBelow(location).forEach(watch -> feed.unwatch(watch));
            }
        }
    }
}

package org.smbd.vfs.notify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.smbd.vfs.ChangeNotification;

/**
 * All directories that are watched, of all shares: Volume.ChangeNotifyList of MS-FSA 2.1.1.1 Per Volume. Whoever
 * changes a file posts it here, after the change and before its own client is answered.
 */
public final class ChangeHub {
    private final NotifyLimits limits;
    private final ConcurrentMap<String, List<DirectoryWatch>> watches = new ConcurrentHashMap<>();
    private final AtomicLong keptBytes = new AtomicLong();
    private volatile Consumer<Change> ownChanges = change -> {};

    public ChangeHub(NotifyLimits limits) {
        this.limits = limits;
    }

    NotifyLimits limits() {
        return limits;
    }

    /**
     * What an open of the directory at {@code location} watches: nothing yet.
     *
     * @param clientPath makes a client's path of a host path below the directory; "" for one of which nothing is told
     */
    public DirectoryWatch watch(String location, UnaryOperator<String> clientPath) {
        return new DirectoryWatch(this, location, clientPath);
    }

    void add(String location, DirectoryWatch watch) {
        watches.compute(location, (key, present) -> {
            List<DirectoryWatch> more = present == null ? new ArrayList<>(1) : new ArrayList<>(present);
            more.add(watch);
            return more;
        });
    }

    void remove(String location, DirectoryWatch watch) {
        watches.computeIfPresent(location, (key, present) -> {
            List<DirectoryWatch> less = new ArrayList<>(present);
            less.remove(watch);
            return less.isEmpty() ? null : less;
        });
    }

    /** Whether anybody watches anything: a change that nobody hears of need not be made up. */
    public boolean isWatched() {
        return !watches.isEmpty();
    }

    /**
     * MS-FSA 2.1.4.1 Algorithm for Reporting a Change Notification for a Directory. Several changes are told in one
     * answer, to whoever is told of them: the two names of a rename are not parted. Call it with no lock held.
     */
    public void post(Change... changes) {
        if (!isWatched()) {
            return;
        }
        for (Change change : changes) {
            ownChanges.accept(change);
        }
        tell(changes);
    }

    /** As {@link #post}, for what another program of this host did. */
    public void postForeign(Change... changes) {
        tell(changes);
    }

    /** Has every change shown that is {@linkplain #post posted} while anybody watches. */
    public void onPost(Consumer<Change> listener) {
        ownChanges = listener;
    }

    private void tell(Change... changes) {
        Map<DirectoryWatch, List<ChangeNotification>> told = new LinkedHashMap<>();
        for (Change change : changes) {
            collect(change, told);
        }
        told.forEach((watch, news) -> watch.append(news).ifPresent(Runnable::run));
    }

    private void collect(Change change, Map<DirectoryWatch, List<ChangeNotification>> told) {
        boolean direct = true;
        for (String path = change.location(); path.length() > 1; direct = false) {
            int slash = path.lastIndexOf('/');
            String directory = slash <= 0 ? "/" : path.substring(0, slash);
            for (DirectoryWatch watch : watches.getOrDefault(directory, List.of())) {
                if (watch.wants(change.filterMatch(), direct)) {
                    String below = change.location().substring(slash <= 0 ? 1 : slash + 1);
                    String name = watch.clientPath(below);
                    if (!name.isEmpty()) {
                        told.computeIfAbsent(watch, none -> new ArrayList<>())
                                .add(new ChangeNotification(change.action(), name + change.stream()));
                    }
                }
            }
            path = directory;
        }
    }

    /** Changes below {@code location} may have been missed. */
    public void overflow(String location) {
        for (DirectoryWatch watch : watches.getOrDefault(location, List.of())) {
            watch.overflow().ifPresent(Runnable::run);
        }
    }

    /** The directory at {@code location} was marked for deletion: all who watch it are told. */
    public void deletePending(String location) {
        watches.getOrDefault(location, List.of()).forEach(DirectoryWatch::deletePending);
    }

    boolean take(int bytes) {
        if (keptBytes.addAndGet(bytes) <= limits.bytesInAllMax()) {
            return true;
        }
        keptBytes.addAndGet(-bytes);
        return false;
    }

    void giveBack(int bytes) {
        if (bytes != 0) {
            keptBytes.addAndGet(-bytes);
        }
    }

    /** Bytes of answers that are kept. */
    public long keptBytes() {
        return keptBytes.get();
    }

    /** How many directories are watched. */
    public int size() {
        return watches.size();
    }
}

package org.smbd.vfs.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Names that come and go, as inotify tells of them. */
final class InotifyFeed implements DirectoryFeed {
    private static final String OTHERWISE = "directories are scanned more often";
    private static final int WATCHED =
            Inotify.IN_MOVED_FROM | Inotify.IN_MOVED_TO | Inotify.IN_CREATE | Inotify.IN_DELETE;

    private final Inotify inotify;

    private InotifyFeed(Inotify inotify) {
        this.inotify = inotify;
    }

    static Optional<DirectoryFeed> open(Posix posix) {
        return Inotify.open(posix, OTHERWISE).map(InotifyFeed::new);
    }

    @Override
    public int watch(StoreFile directory) {
        return inotify.watch(directory, WATCHED, OTHERWISE);
    }

    @Override
    public void unwatch(int watch) {
        inotify.unwatch(watch);
    }

    @Override
    public List<Change> drain() {
        List<Change> changes = new ArrayList<>();
        inotify.drain((watch, mask, cookie, name) -> {
            if ((mask & Inotify.IN_Q_OVERFLOW) != 0) {
                changes.add(new Change(Kind.OVERFLOWED, -1, ""));
            } else if ((mask & Inotify.IN_IGNORED) != 0) {
                changes.add(new Change(Kind.LOST, watch, ""));
            } else if (name.isPresent()) {
                boolean added = (mask & (Inotify.IN_CREATE | Inotify.IN_MOVED_TO)) != 0;
                changes.add(new Change(added ? Kind.ADDED : Kind.REMOVED, watch, name.get()));
            }
        });
        return changes;
    }

    @Override
    public void close() {
        inotify.close();
    }
}

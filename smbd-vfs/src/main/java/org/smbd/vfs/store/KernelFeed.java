package org.smbd.vfs.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells what happens to the files of watched directories, whoever does it: what inotify(7) tells. */
public final class KernelFeed implements AutoCloseable {
    private static final String OTHERWISE = "changes by other programs are not reported";
    private static final int NAMES =
            Inotify.IN_MOVED_FROM | Inotify.IN_MOVED_TO | Inotify.IN_CREATE | Inotify.IN_DELETE;
    private static final int WATCHED = NAMES | Inotify.IN_MODIFY | Inotify.IN_ATTRIB;

    /** What an {@link Event} says. */
    public enum Kind {
        CREATED,
        DELETED,
        /** A name went; {@link #MOVED_TO} with the same cookie follows if its new directory is watched. */
        MOVED_FROM,
        MOVED_TO,
        WRITTEN,
        ATTRIBUTES,
        /** Nothing more will be told of this watch. */
        LOST,
        /** Events are missing, of any watch. */
        OVERFLOWED
    }

    /**
     * One event.
     *
     * @param watch in which directory; -1 with OVERFLOWED
     * @param cookie not 0 with MOVED_FROM and MOVED_TO: which belong together
     * @param name of what changed; "" with LOST and OVERFLOWED
     * @param directory whether it is a directory
     */
    public record Event(Kind kind, int watch, int cookie, String name, boolean directory) {}

    private final Inotify inotify;

    private KernelFeed(Inotify inotify) {
        this.inotify = inotify;
    }

    /** A new feed; empty where this host has none. */
    public static Optional<KernelFeed> open() {
        return Posix.available()
                .flatMap(posix -> Inotify.open(posix, OTHERWISE))
                .map(KernelFeed::new);
    }

    /**
     * Watches an open directory.
     *
     * @return the number of the watch, the same for one directory under several names; negative where the host does not
     *     tell of every change, or has no watch left
     */
    public int watch(StoreFile directory) {
        return directory instanceof PosixFile ? inotify.watch(directory, WATCHED, OTHERWISE) : -1;
    }

    /** Ends a watch; {@link Kind#LOST} is told of it. */
    public void unwatch(int watch) {
        inotify.unwatch(watch);
    }

    /** Waits until there is something to {@link #drain}, or the time is over. */
    public void await(int timeoutMillis) {
        inotify.await(timeoutMillis);
    }

    /** What has happened since the last call, in order; does not wait. */
    public List<Event> drain() {
        List<Event> events = new ArrayList<>();
        inotify.drain((watch, mask, cookie, name) -> {
            boolean directory = (mask & Inotify.IN_ISDIR) != 0;
            if ((mask & Inotify.IN_Q_OVERFLOW) != 0) {
                events.add(new Event(Kind.OVERFLOWED, -1, 0, "", false));
            } else if ((mask & Inotify.IN_IGNORED) != 0) {
                events.add(new Event(Kind.LOST, watch, 0, "", true));
            } else if (name.isPresent()) {
                events.add(new Event(kind(mask), watch, cookie, name.get(), directory));
            }
        });
        return events;
    }

    private static Kind kind(int mask) {
        if ((mask & Inotify.IN_CREATE) != 0) {
            return Kind.CREATED;
        }
        if ((mask & Inotify.IN_DELETE) != 0) {
            return Kind.DELETED;
        }
        if ((mask & Inotify.IN_MOVED_FROM) != 0) {
            return Kind.MOVED_FROM;
        }
        if ((mask & Inotify.IN_MOVED_TO) != 0) {
            return Kind.MOVED_TO;
        }
        return (mask & Inotify.IN_MODIFY) != 0 ? Kind.WRITTEN : Kind.ATTRIBUTES;
    }

    @Override
    public void close() {
        inotify.close();
    }
}

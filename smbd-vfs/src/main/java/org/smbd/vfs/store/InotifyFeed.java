package org.smbd.vfs.store;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The kernel's inotify: it queues an event within the call that makes the change. */
final class InotifyFeed implements DirectoryFeed {
    private static final Logger LOG = LoggerFactory.getLogger(InotifyFeed.class);

    private static final int IN_MOVED_FROM = 0x40;
    private static final int IN_MOVED_TO = 0x80;
    private static final int IN_CREATE = 0x100;
    private static final int IN_DELETE = 0x200;
    private static final int IN_Q_OVERFLOW = 0x4000;
    private static final int IN_IGNORED = 0x8000;
    private static final int IN_ONLYDIR = 0x1000000;
    private static final int WATCHED = IN_MOVED_FROM | IN_MOVED_TO | IN_CREATE | IN_DELETE | IN_ONLYDIR;
    private static final int HEADER_BYTES = 16;
    /** With the longest name, NAME_MAX, and its NUL. */
    private static final int EVENT_BYTES_MAX = HEADER_BYTES + 256;

    private final Posix posix;
    private final Volume volume;
    private final int fd;

    @GuardedBy("this")
    private boolean closed;

    @GuardedBy("this")
    private boolean full;

    private InotifyFeed(Posix posix, Volume volume, int fd) {
        this.posix = posix;
        this.volume = volume;
        this.fd = fd;
    }

    static Optional<DirectoryFeed> open(Posix posix, Volume volume) {
        int fd = posix.inotifyInit(OpenFlags.O_CLOEXEC | OpenFlags.O_NONBLOCK);
        if (fd < 0) {
            LOG.warn(
                    "no inotify (errno {}): directories are scanned more often; see fs.inotify.max_user_instances",
                    -fd);
            return Optional.empty();
        }
        return Optional.of(new InotifyFeed(posix, volume, fd));
    }

    @Override
    public synchronized int watch(StoreFile directory) {
        if (closed || FileSystemTypes.isShared(volume.space(directory).fileSystemType())) {
            return -1;
        }
        Descriptor descriptor = ((PosixFile) directory).descriptor();
        try {
            byte[] path = HostText.encode("/proc/self/fd/" + descriptor.acquire());
            int watch = posix.inotifyAddWatch(fd, path, WATCHED);
            if (watch < 0 && !full) {
                full = true;
                LOG.warn(
                        "no inotify watch (errno {}): some directories are scanned more often;"
                                + " see fs.inotify.max_user_watches",
                        -watch);
            }
            return watch;
        } finally {
            descriptor.release();
        }
    }

    @Override
    public synchronized void unwatch(int watch) {
        if (!closed) {
            posix.inotifyRemoveWatch(fd, watch);
        }
    }

    @Override
    public synchronized List<Change> drain() {
        List<Change> changes = new ArrayList<>();
        while (!closed) {
            int bytes = posix.read(fd);
            if (bytes <= 0) {
                break; // EAGAIN: nothing left
            }
            ByteBuffer events = Scratch.ofThread().result;
            decode(events, bytes, changes);
            if (bytes <= events.capacity() - EVENT_BYTES_MAX) {
                break; // one more would have had room
            }
        }
        return changes;
    }

    /** Reads {@code struct inotify_event}. */
    private static void decode(ByteBuffer in, int length, List<Change> changes) {
        int at = 0;
        while (at < length) {
            int watch = in.getInt(at);
            int mask = in.getInt(at + 4);
            int nameBytes = in.getInt(at + 12);
            if ((mask & IN_Q_OVERFLOW) != 0) {
                changes.add(new Change(Kind.OVERFLOWED, -1, ""));
            } else if ((mask & IN_IGNORED) != 0) {
                changes.add(new Change(Kind.LOST, watch, ""));
            } else if (nameBytes > 0) {
                Kind kind = (mask & (IN_CREATE | IN_MOVED_TO)) != 0 ? Kind.ADDED : Kind.REMOVED;
                name(in, at + HEADER_BYTES).ifPresent(name -> changes.add(new Change(kind, watch, name)));
            }
            at += HEADER_BYTES + nameBytes;
        }
    }

    private static Optional<String> name(ByteBuffer in, int at) {
        int end = at;
        while (in.get(end) != 0) {
            end++;
        }
        byte[] name = new byte[end - at];
        in.get(at, name);
        return HostText.decode(name);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            posix.close(fd);
        }
    }
}

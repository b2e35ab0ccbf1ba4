package org.smbd.vfs.store;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One instance of the kernel's inotify(7): it queues an event within the call that makes the change. */
final class Inotify implements AutoCloseable {
    static final int IN_MODIFY = 0x2;
    static final int IN_ATTRIB = 0x4;
    static final int IN_MOVED_FROM = 0x40;
    static final int IN_MOVED_TO = 0x80;
    static final int IN_CREATE = 0x100;
    static final int IN_DELETE = 0x200;
    static final int IN_Q_OVERFLOW = 0x4000;
    static final int IN_IGNORED = 0x8000;
    static final int IN_ONLYDIR = 0x1000000;
    static final int IN_ISDIR = 0x40000000;

    private static final Logger LOG = LoggerFactory.getLogger(Inotify.class);
    private static final int HEADER_BYTES = 16;
    /** With the longest name, NAME_MAX, and its NUL. */
    private static final int EVENT_BYTES_MAX = HEADER_BYTES + 256;

    private final Posix posix;
    private final int fd;

    @GuardedBy("this")
    private boolean closed;

    @GuardedBy("this")
    private boolean full;

    private Inotify(Posix posix, int fd) {
        this.posix = posix;
        this.fd = fd;
    }

    /** A new instance; empty, with a warning, where the kernel gives none. */
    static Optional<Inotify> open(Posix posix, String otherwise) {
        int fd = posix.inotifyInit(OpenFlags.O_CLOEXEC | OpenFlags.O_NONBLOCK);
        if (fd < 0) {
            LOG.warn("no inotify (errno {}): {}; see fs.inotify.max_user_instances", -fd, otherwise);
            return Optional.empty();
        }
        return Optional.of(new Inotify(posix, fd));
    }

    /** Takes one event. */
    interface Taker {
        void take(int watch, int mask, int cookie, Optional<String> name);
    }

    /** Watches an open directory; negative where the kernel does not hear of every change, or has no watch left. */
    synchronized int watch(StoreFile directory, int mask, String otherwise) {
        Descriptor descriptor = ((PosixFile) directory).descriptor();
        try {
            int directoryFd = descriptor.acquire();
            if (closed
                    || posix.fstatfs(directoryFd) < 0
                    || FileSystemTypes.isShared(
                            StatxFormat.space(Scratch.ofThread().result).fileSystemType())) {
                return -1;
            }
            int watch = posix.inotifyAddWatch(fd, HostText.encode("/proc/self/fd/" + directoryFd), mask | IN_ONLYDIR);
            if (watch < 0 && !full) {
                full = true;
                LOG.warn("no inotify watch (errno {}): {}; see fs.inotify.max_user_watches", -watch, otherwise);
            }
            return watch;
        } finally {
            descriptor.release();
        }
    }

    synchronized void unwatch(int watch) {
        if (!closed) {
            posix.inotifyRemoveWatch(fd, watch);
        }
    }

    /** Hands over all that is queued; does not wait. */
    synchronized void drain(Taker taker) {
        while (!closed) {
            int bytes = posix.read(fd);
            if (bytes <= 0) {
                break; // EAGAIN: nothing left
            }
            ByteBuffer events = Scratch.ofThread().result;
            decode(events, bytes, taker);
            if (bytes <= events.capacity() - EVENT_BYTES_MAX) {
                break; // one more would have had room
            }
        }
    }

    /** Waits until something is queued, or the time is over. */
    void await(int timeoutMillis) {
        posix.awaitReadable(fd, timeoutMillis);
    }

    /** Reads {@code struct inotify_event}. */
    private static void decode(ByteBuffer in, int length, Taker taker) {
        int at = 0;
        while (at < length) {
            int nameBytes = in.getInt(at + 12);
            Optional<String> name = nameBytes > 0 ? name(in, at + HEADER_BYTES) : Optional.empty();
            taker.take(in.getInt(at), in.getInt(at + 4), in.getInt(at + 8), name);
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

package org.smbd.vfs.store;

import java.util.concurrent.atomic.AtomicInteger;
import org.smbd.core.status.NtStatus;

/**
 * A file descriptor that is closed when the last call that uses it has returned: its number may be another file's the
 * moment after.
 */
final class Descriptor {
    private static final int CLOSED = Integer.MIN_VALUE;

    private final Posix posix;
    private final int fd;
    /** Calls in progress; with the sign bit once it is to be closed. */
    private final AtomicInteger users = new AtomicInteger();

    Descriptor(Posix posix, int fd) {
        this.posix = posix;
        this.fd = fd;
    }

    /** The number, to be used until {@link #release}; FILE_CLOSED if it is closed. */
    int acquire() {
        if (users.getAndUpdate(count -> count < 0 ? count : count + 1) < 0) {
            throw NtStatus.FILE_CLOSED.exception();
        }
        return fd;
    }

    void release() {
        if (users.decrementAndGet() == CLOSED) {
            posix.close(fd);
        }
    }

    /** Closes it as soon as it is not in use; returns whether it was open. */
    boolean close() {
        int before = users.getAndUpdate(count -> count | CLOSED);
        if (before == 0) {
            posix.close(fd);
        }
        return before >= 0;
    }
}

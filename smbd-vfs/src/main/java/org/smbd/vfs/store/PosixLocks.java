package org.smbd.vfs.store;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link HostLocks} on a descriptor of their own. */
final class PosixLocks implements HostLocks {
    private static final Logger LOG = LoggerFactory.getLogger(PosixLocks.class);

    private final Posix posix;
    private final int fd;
    private final boolean writable;
    private final String path;

    /**
     * Takes over {@code fd}.
     *
     * @param writable whether it is open for writing, which exclusive locks need
     * @param path for messages
     */
    PosixLocks(Posix posix, int fd, boolean writable, String path) {
        this.posix = posix;
        this.fd = fd;
        this.writable = writable;
        this.path = path;
    }

    @Override
    public boolean tryLock(long offset, long length, boolean exclusive) {
        return set(exclusive && writable ? OpenFlags.F_WRLCK : OpenFlags.F_RDLCK, offset, length);
    }

    @Override
    public void unlock(long offset, long length) {
        set(OpenFlags.F_UNLCK, offset, length);
    }

    private boolean set(int type, long offset, long length) {
        if (!isSeen(offset, length)) {
            return true;
        }
        int result = posix.setLock(fd, type, offset, hostLength(offset, length));
        if (result < 0 && result != -Errno.EAGAIN && result != -Errno.EACCES) {
            LOG.warn("{}: a lock cannot be shown to other programs: errno {}", path, -result);
        }
        return result >= 0;
    }

    @Override
    public boolean isFree(long offset, long length, boolean write) {
        return !isSeen(offset, length)
                || posix.isLockFree(
                        fd, write ? OpenFlags.F_WRLCK : OpenFlags.F_RDLCK, offset, hostLength(offset, length));
    }

    private static boolean isSeen(long offset, long length) {
        return offset >= 0 && length != 0;
    }

    /** 0, which is all that follows, for what ends beyond the host's numbers. */
    private static long hostLength(long offset, long length) {
        return length < 0 || offset + length < 0 ? 0 : length;
    }

    @Override
    public void close() {
        posix.close(fd);
    }
}

package org.smbd.vfs.store;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The system calls that Java lacks, by number through the C library's {@code syscall}: so the kernel sees what is
 * written here, and nothing is done for all threads at once behind our back. Results are those of the kernel: a failure
 * is the negated {@link Errno}, never an exception. Paths are bytes shorter than {@link Scratch#PATH_BYTES_MAX}.
 */
final class Posix {
    private static final Logger LOG = LoggerFactory.getLogger(Posix.class);
    private static final int OPEN_HOW_BYTES = 24;
    private static final int STATX_BASIC_AND_BIRTH = 0xfff;
    private static final byte[] EMPTY = new byte[0];

    /** Its one native method, apart, so that a missing library only breaks this class. */
    private static final class Library {
        static {
            Native.register(Library.class, Platform.C_LIBRARY_NAME);
        }

        private Library() {}

        static native long syscall(long number, long a, long b, long c, long d, long e, long f);
    }

    private static final class Holder {
        static final Optional<Posix> POSIX = load();
    }

    private final boolean openat2;

    private Posix(boolean openat2) {
        this.openat2 = openat2;
    }

    /** The system calls; empty where the machine or the library is missing. */
    static Optional<Posix> available() {
        return Holder.POSIX;
    }

    private static Optional<Posix> load() {
        if (!Syscall.KNOWN_MACHINE) {
            LOG.warn("no native calls on {}: one identity for all users", Platform.RESOURCE_PREFIX);
            return Optional.empty();
        }
        try {
            Posix probe = new Posix(true);
            int fd = probe.openat2(
                    OpenFlags.AT_FDCWD,
                    "/".getBytes(StandardCharsets.UTF_8),
                    OpenFlags.O_PATH | OpenFlags.O_CLOEXEC,
                    0,
                    0);
            if (fd >= 0) {
                probe.close(fd);
            } else {
                LOG.info("openat2 is missing (errno {}): paths are walked name by name", -fd);
            }
            return Optional.of(new Posix(fd >= 0));
        } catch (LinkageError e) {
            LOG.warn("no native calls: one identity for all users ({})", e.toString());
            return Optional.empty();
        }
    }

    /** Whether the kernel resolves a path beneath a directory at one go. */
    boolean hasOpenat2() {
        return openat2;
    }

    private static long call(Syscall syscall, long a, long b, long c, long d, long e, long f) {
        while (true) {
            long result = Library.syscall(syscall.number, a, b, c, d, e, f);
            if (result != -1) {
                return result;
            }
            int errno = Native.getLastError();
            if (errno != Errno.EINTR || syscall == Syscall.CLOSE) { // close has closed, even then
                return -errno;
            }
        }
    }

    private static long call(Syscall syscall, long a, long b, long c, long d) {
        return call(syscall, a, b, c, d, 0, 0);
    }

    int openat2(int directory, byte[] path, int flags, int mode, long resolve) {
        Scratch scratch = Scratch.ofThread();
        scratch.result.putLong(0, flags & 0xffffffffL).putLong(8, mode).putLong(16, resolve);
        return (int) call(Syscall.OPENAT2, directory, scratch.path(path), scratch.resultAddress, OPEN_HOW_BYTES);
    }

    int openat(int directory, byte[] path, int flags, int mode) {
        return (int) call(Syscall.OPENAT, directory, Scratch.ofThread().path(path), flags, mode);
    }

    void close(int fd) {
        call(Syscall.CLOSE, fd, 0, 0, 0);
    }

    /** The target of a link; null if {@code name} is no link. */
    byte[] readlinkat(int directory, byte[] name) {
        Scratch scratch = Scratch.ofThread();
        int length = (int)
                call(Syscall.READLINKAT, directory, scratch.path(name), scratch.resultAddress, Scratch.PATH_BYTES_MAX);
        if (length < 0) {
            return null;
        }
        byte[] target = new byte[length];
        scratch.result.get(0, target);
        return target;
    }

    int mkdirat(int directory, byte[] name, int mode) {
        return (int) call(Syscall.MKDIRAT, directory, Scratch.ofThread().path(name), mode, 0);
    }

    int unlinkat(int directory, byte[] name, int flags) {
        return (int) call(Syscall.UNLINKAT, directory, Scratch.ofThread().path(name), flags, 0);
    }

    int linkat(int fromDirectory, byte[] from, int toDirectory, byte[] to) {
        Scratch scratch = Scratch.ofThread();
        return (int) call(Syscall.LINKAT, fromDirectory, scratch.path(from), toDirectory, scratch.otherPath(to), 0, 0);
    }

    int renameat2(int fromDirectory, byte[] from, int toDirectory, byte[] to, int flags) {
        Scratch scratch = Scratch.ofThread();
        return (int) call(
                Syscall.RENAMEAT2, fromDirectory, scratch.path(from), toDirectory, scratch.otherPath(to), flags, 0);
    }

    /** Facts of an open file into this thread's {@link Scratch#result}. */
    int statx(int fd) {
        return statx(fd, EMPTY, OpenFlags.AT_EMPTY_PATH);
    }

    int statx(int directory, byte[] name, int flags) {
        Scratch scratch = Scratch.ofThread();
        return (int) call(
                Syscall.STATX, directory, scratch.path(name), flags, STATX_BASIC_AND_BIRTH, scratch.resultAddress, 0);
    }

    int fstatfs(int fd) {
        return (int) call(Syscall.FSTATFS, fd, Scratch.ofThread().resultAddress, 0, 0);
    }

    /** Entries of a directory into this thread's {@link Scratch#result}; returns their bytes. */
    int getdents64(int fd) {
        Scratch scratch = Scratch.ofThread();
        return (int) call(Syscall.GETDENTS64, fd, scratch.resultAddress, scratch.result.capacity(), 0);
    }

    void rewind(int fd) {
        call(Syscall.LSEEK, fd, 0, 0, 0);
    }

    /** Reads what is there into this thread's {@link Scratch#result}; returns its bytes. */
    int read(int fd) {
        Scratch scratch = Scratch.ofThread();
        return (int) call(Syscall.READ, fd, scratch.resultAddress, scratch.result.capacity(), 0);
    }

    int pread(int fd, long address, int count, long offset) {
        return (int) call(Syscall.PREAD64, fd, address, count, offset);
    }

    /**
     * As {@link #pread}, but EAGAIN if it would have to wait for a device, EOPNOTSUPP if the file system cannot tell.
     */
    int preadNow(int fd, long address, int count, long offset) {
        Scratch scratch = Scratch.ofThread();
        scratch.result.putLong(0, address).putLong(8, count);
        return (int) call(Syscall.PREADV2, fd, scratch.resultAddress, 1, offset, 0, OpenFlags.RWF_NOWAIT);
    }

    int pwrite(int fd, long address, int count, long offset) {
        return (int) call(Syscall.PWRITE64, fd, address, count, offset);
    }

    /** F_OFD_SETLK, which does not wait: {@code type} is F_RDLCK, F_WRLCK or F_UNLCK; {@code length} 0: all behind. */
    int setLock(int fd, int type, long offset, long length) {
        return (int) call(Syscall.FCNTL, fd, OpenFlags.F_OFD_SETLK, flock(type, offset, length), 0);
    }

    /** F_OFD_GETLK: whether nobody else's lock is in the way of such a one; a failure says nothing against it. */
    boolean isLockFree(int fd, int type, long offset, long length) {
        int result = (int) call(Syscall.FCNTL, fd, OpenFlags.F_OFD_GETLK, flock(type, offset, length), 0);
        return result < 0 || Scratch.ofThread().result.getShort(0) == OpenFlags.F_UNLCK;
    }

    /** {@code struct flock}, with SEEK_SET and no process; returns its address. */
    private static long flock(int type, long offset, long length) {
        Scratch scratch = Scratch.ofThread();
        scratch.result.putLong(0, type).putLong(8, offset).putLong(16, length).putLong(24, 0);
        return scratch.resultAddress;
    }

    int fsync(int fd) {
        return (int) call(Syscall.FSYNC, fd, 0, 0, 0);
    }

    int fdatasync(int fd) {
        return (int) call(Syscall.FDATASYNC, fd, 0, 0, 0);
    }

    int ftruncate(int fd, long size) {
        return (int) call(Syscall.FTRUNCATE, fd, size, 0, 0);
    }

    int fallocate(int fd, int mode, long offset, long length) {
        return (int) call(Syscall.FALLOCATE, fd, mode, offset, length);
    }

    /** {@code whence} is SEEK_DATA or SEEK_HOLE; ENXIO where there is none behind {@code offset}. */
    long seek(int fd, long offset, int whence) {
        return call(Syscall.LSEEK, fd, offset, whence, 0);
    }

    /** Copies within the kernel; returns the count, which can be less. */
    long copyFileRange(int from, long fromOffset, int to, long toOffset, long count) {
        Scratch scratch = Scratch.ofThread();
        scratch.result.putLong(0, fromOffset).putLong(8, toOffset);
        return call(Syscall.COPY_FILE_RANGE, from, scratch.resultAddress, to, scratch.resultAddress + 8, count, 0);
    }

    /** FICLONERANGE: {@code count} 0 means up to the end of the source. */
    int cloneRange(int from, long fromOffset, int to, long toOffset, long count) {
        Scratch scratch = Scratch.ofThread();
        scratch.result
                .putLong(0, from)
                .putLong(8, fromOffset)
                .putLong(16, count)
                .putLong(24, toOffset);
        return (int) call(Syscall.IOCTL, to, OpenFlags.FICLONERANGE, scratch.resultAddress, 0);
    }

    /** The inode flags of chattr(1), or the failure. */
    int inodeFlags(int fd) {
        Scratch scratch = Scratch.ofThread();
        scratch.result.putLong(0, 0);
        int result = (int) call(Syscall.IOCTL, fd, OpenFlags.FS_IOC_GETFLAGS, scratch.resultAddress, 0);
        return result < 0 ? result : scratch.result.getInt(0) & Integer.MAX_VALUE;
    }

    int setInodeFlags(int fd, int flags) {
        Scratch scratch = Scratch.ofThread();
        scratch.result.putLong(0, flags);
        return (int) call(Syscall.IOCTL, fd, OpenFlags.FS_IOC_SETFLAGS, scratch.resultAddress, 0);
    }

    /** Of the file system that holds {@code fd}; the structure of {@code command} is in {@link Scratch#result}. */
    int quotactl(int fd, int command, int id) {
        return (int)
                call(Syscall.QUOTACTL_FD, fd, command, Integer.toUnsignedLong(id), Scratch.ofThread().resultAddress);
    }

    int fchmod(int fd, int mode) {
        return (int) call(Syscall.FCHMOD, fd, mode, 0, 0);
    }

    int chmod(byte[] path, int mode) {
        return (int)
                call(Syscall.FCHMODAT, OpenFlags.AT_FDCWD, Scratch.ofThread().path(path), mode, 0);
    }

    int fchown(int fd, int uid, int gid) {
        return (int) call(Syscall.FCHOWNAT, fd, Scratch.ofThread().path(EMPTY), uid, gid, OpenFlags.AT_EMPTY_PATH, 0);
    }

    /** {@code nanos} can be UTIME_OMIT. */
    int utimens(byte[] path, long accessSeconds, long accessNanos, long writeSeconds, long writeNanos) {
        Scratch scratch = Scratch.ofThread();
        scratch.result.putLong(0, accessSeconds).putLong(8, accessNanos);
        scratch.result.putLong(16, writeSeconds).putLong(24, writeNanos);
        return (int) call(Syscall.UTIMENSAT, OpenFlags.AT_FDCWD, scratch.path(path), scratch.resultAddress, 0);
    }

    int getxattr(byte[] path, byte[] name, long address, int size) {
        Scratch scratch = Scratch.ofThread();
        return (int) call(Syscall.GETXATTR, scratch.path(path), scratch.otherPath(name), address, size);
    }

    int fgetxattr(int fd, byte[] name, long address, int size) {
        return (int) call(Syscall.FGETXATTR, fd, Scratch.ofThread().otherPath(name), address, size);
    }

    int setxattr(byte[] path, byte[] name, ByteBuffer value) {
        Scratch scratch = Scratch.ofThread();
        return (int) call(
                Syscall.SETXATTR,
                scratch.path(path),
                scratch.otherPath(name),
                Scratch.address(value),
                value.capacity(),
                0,
                0);
    }

    int removexattr(byte[] path, byte[] name) {
        Scratch scratch = Scratch.ofThread();
        return (int) call(Syscall.REMOVEXATTR, scratch.path(path), scratch.otherPath(name), 0, 0);
    }

    /** Names, each with a NUL behind it. */
    int listxattr(byte[] path, long address, int size) {
        return (int) call(Syscall.LISTXATTR, Scratch.ofThread().path(path), address, size, 0);
    }

    int inotifyInit(int flags) {
        return (int) call(Syscall.INOTIFY_INIT1, flags, 0, 0, 0);
    }

    int inotifyAddWatch(int fd, byte[] path, int mask) {
        return (int) call(Syscall.INOTIFY_ADD_WATCH, fd, Scratch.ofThread().path(path), mask, 0);
    }

    void inotifyRemoveWatch(int fd, int watch) {
        call(Syscall.INOTIFY_RM_WATCH, fd, watch, 0, 0);
    }

    /** Waits until {@code fd} has something to read, or the time is over. */
    void awaitReadable(int fd, int timeoutMillis) {
        Scratch scratch = Scratch.ofThread();
        scratch.result.putInt(0, fd).putShort(4, (short) 1).putShort(6, (short) 0); // POLLIN
        scratch.result.putLong(8, timeoutMillis / 1000).putLong(16, timeoutMillis % 1000 * 1_000_000L);
        call(Syscall.PPOLL, scratch.resultAddress, 1, scratch.resultAddress + 8, 0, 0, 0);
    }

    int geteuid() {
        return (int) call(Syscall.GETEUID, 0, 0, 0, 0);
    }

    int getegid() {
        return (int) call(Syscall.GETEGID, 0, 0, 0, 0);
    }

    /** The supplementary groups of this thread. */
    int[] groups() {
        Scratch scratch = Scratch.ofThread();
        int count = (int) call(Syscall.GETGROUPS, scratch.result.capacity() / 4, scratch.resultAddress, 0, 0);
        int[] groups = new int[Math.max(0, count)];
        scratch.result.clear().asIntBuffer().get(groups);
        return groups;
    }

    /** Of this thread alone. */
    int setgroups(int[] groups) {
        Scratch scratch = Scratch.ofThread();
        if (groups.length * 4 > scratch.result.capacity()) {
            return -Errno.EINVAL;
        }
        for (int i = 0; i < groups.length; i++) {
            scratch.result.putInt(4 * i, groups[i]);
        }
        return (int) call(Syscall.SETGROUPS, groups.length, scratch.resultAddress, 0, 0);
    }

    /** Of this thread alone; returns the id that was in force. */
    int setfsuid(int uid) {
        return (int) call(Syscall.SETFSUID, uid, 0, 0, 0);
    }

    /** Of this thread alone; returns the id that was in force. */
    int setfsgid(int gid) {
        return (int) call(Syscall.SETFSGID, gid, 0, 0, 0);
    }

    /** Takes a capability from the effective set of this thread. */
    int dropCapability(int capability) {
        Scratch scratch = Scratch.ofThread();
        long data = scratch.resultAddress + 8;
        scratch.result.putInt(0, 0x20080522).putInt(4, 0); // _LINUX_CAPABILITY_VERSION_3, this thread
        int result = (int) call(Syscall.CAPGET, scratch.resultAddress, data, 0, 0);
        if (result < 0) {
            return result;
        }
        scratch.result.putInt(8, scratch.result.getInt(8) & ~(1 << capability));
        return (int) call(Syscall.CAPSET, scratch.resultAddress, data, 0, 0);
    }
}

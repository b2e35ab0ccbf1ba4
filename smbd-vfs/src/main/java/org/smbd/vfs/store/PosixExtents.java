package org.smbd.vfs.store;

import java.util.function.Predicate;
import org.smbd.core.status.NtStatus;

/** Ranges of a file by the calls of Linux; what a file system lacks is done by reading and writing. */
final class PosixExtents implements FileExtents {
    /** More at once would keep a cancelled copy running. */
    private static final long COPY_STEP_BYTES_MAX = 1L << 30;

    private final Posix posix;
    private final PosixFile file;
    private final PlainExtents plain;

    PosixExtents(Posix posix, PosixFile file) {
        this.posix = posix;
        this.file = file;
        this.plain = new PlainExtents(file);
    }

    @Override
    public void deallocate(long offset, long length) {
        int mode = OpenFlags.FALLOC_FL_PUNCH_HOLE | OpenFlags.FALLOC_FL_KEEP_SIZE;
        if (!allocate("punch", mode, offset, length)) {
            plain.zero(offset, length);
        }
    }

    @Override
    public void zero(long offset, long length) {
        int mode = OpenFlags.FALLOC_FL_ZERO_RANGE | OpenFlags.FALLOC_FL_KEEP_SIZE;
        if (!allocate("zero", mode, offset, length)) {
            plain.zero(offset, length);
        }
    }

    private boolean allocate(String operation, int mode, long offset, long length) {
        int result = length == 0 ? 0 : file.tryAsUser(fd -> posix.fallocate(fd, mode, offset, length));
        if (lacks(-result)) {
            return false;
        }
        file.check(operation, result);
        return true;
    }

    private static boolean lacks(int errno) {
        return errno == Errno.EOPNOTSUPP || errno == Errno.ENOSYS || errno == Errno.ENOTTY;
    }

    @Override
    public long nextData(long offset) {
        long result = seek(offset, OpenFlags.SEEK_DATA);
        return result == -Errno.EINVAL ? plain.nextData(offset) : result == -Errno.ENXIO ? -1 : checked(result);
    }

    @Override
    public long nextHole(long offset) {
        long result = seek(offset, OpenFlags.SEEK_HOLE);
        return result == -Errno.EINVAL || result == -Errno.ENXIO ? plain.nextHole(offset) : checked(result);
    }

    private long seek(long offset, int whence) {
        int fd = file.descriptor().acquire();
        try {
            return posix.seek(fd, offset, whence);
        } finally {
            file.descriptor().release();
        }
    }

    private long checked(long result) {
        if (result < 0) {
            throw IoErrors.failure("seek", file.path(), (int) -result);
        }
        return result;
    }

    @Override
    public long copyFrom(StoreFile source, long sourceOffset, long targetOffset, long length) {
        if (!(source instanceof PosixFile from)) {
            return plain.copyFrom(source, sourceOffset, targetOffset, length);
        }
        long step = Math.min(length, COPY_STEP_BYTES_MAX);
        int result = onBoth(from, (in, out) -> (int) posix.copyFileRange(in, sourceOffset, out, targetOffset, step));
        // EXDEV: two file systems that cannot copy to each other; EINVAL: one that cannot at all, or a file in memory
        if (lacks(-result) || result == -Errno.EXDEV || result == -Errno.EINVAL) {
            return plain.copyFrom(source, sourceOffset, targetOffset, length);
        }
        return file.check("copy", result);
    }

    @Override
    public void shareFrom(StoreFile source, long sourceOffset, long targetOffset, long length) {
        if (!(source instanceof PosixFile from)) {
            throw NtStatus.NOT_SUPPORTED.exception();
        }
        file.check("clone", onBoth(from, (in, out) -> posix.cloneRange(in, sourceOffset, out, targetOffset, length)));
    }

    /** A call on the descriptors of two files. */
    private interface PairCall {
        int on(int source, int target);
    }

    private int onBoth(PosixFile source, PairCall call) {
        int in = source.descriptor().acquire();
        try {
            return file.tryAsUser(out -> call.on(in, out));
        } finally {
            source.descriptor().release();
        }
    }

    @Override
    public boolean isCompressible() {
        return isOn(FileSystemTypes::compresses);
    }

    @Override
    public void setCompressed(boolean compressed) {
        if (isCompressible()) {
            int other = OpenFlags.FS_NOCOMP_FL;
            changeFlags(OpenFlags.FS_COMPR_FL | other, compressed ? OpenFlags.FS_COMPR_FL : 0);
        } else {
            plain.setCompressed(compressed);
        }
    }

    @Override
    public boolean isChecksummable() {
        return isOn(FileSystemTypes::checksums);
    }

    @Override
    public boolean isChecksummed() {
        int flags = isChecksummable() ? file.asDaemon(fd -> onReadable(fd, posix::inodeFlags)) : OpenFlags.FS_NOCOW_FL;
        return (file.check("lsattr", flags) & OpenFlags.FS_NOCOW_FL) == 0;
    }

    @Override
    public void setChecksummed(boolean checksummed) {
        if (isChecksummable()) {
            changeFlags(OpenFlags.FS_NOCOW_FL, checksummed ? 0 : OpenFlags.FS_NOCOW_FL);
        } else {
            plain.setChecksummed(checksummed);
        }
    }

    private boolean isOn(Predicate<String> fileSystemType) {
        int fd = file.descriptor().acquire();
        try {
            return posix.fstatfs(fd) == 0
                    && fileSystemType.test(
                            StatxFormat.space(Scratch.ofThread().result).fileSystemType());
        } finally {
            file.descriptor().release();
        }
    }

    private void changeFlags(int clear, int set) {
        PosixFile.Call change = self -> onReadable(self, fd -> {
            int flags = posix.inodeFlags(fd);
            return flags < 0 ? flags : posix.setInodeFlags(fd, flags & ~clear | set);
        });
        int result = file.tryAsUser(change);
        if (result == -Errno.EPERM || result == -Errno.EACCES) {
            result = file.asDaemon(change); // Unix asks for the owner, Windows for a right that was checked
        }
        file.check("chattr", result);
    }

    /** A call that takes no descriptor of a file that is open for its facts only. */
    private int onReadable(int self, PosixFile.Call call) {
        int fd = posix.openat(
                OpenFlags.AT_FDCWD,
                PosixFile.self(self),
                OpenFlags.O_RDONLY | OpenFlags.O_NONBLOCK | OpenFlags.O_NOCTTY | OpenFlags.O_CLOEXEC,
                0);
        if (fd < 0) {
            return fd;
        }
        try {
            return call.on(fd);
        } finally {
            posix.close(fd);
        }
    }
}

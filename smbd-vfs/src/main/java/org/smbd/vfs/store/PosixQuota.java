package org.smbd.vfs.store;

import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.smbd.core.status.NtStatus;

/** Quotas of users by quotactl_fd(2), which finds the file system by an open file: Linux 5.14. */
final class PosixQuota implements StoreQuota {
    private final Posix posix;
    private final Identities identities;
    private final PosixFile file;
    private final boolean enforced;

    private PosixQuota(Posix posix, Identities identities, PosixFile file, boolean enforced) {
        this.posix = posix;
        this.identities = identities;
        this.file = file;
        this.enforced = enforced;
    }

    /** Of the file system that holds {@code file}, which stays the caller's; empty if it counts nothing for users. */
    static Optional<StoreQuota> of(Posix posix, Identities identities, PosixFile file) {
        int flags = call(identities, file, fd -> {
            int result = posix.quotactl(fd, QuotaFormat.Q_XGETQSTAT, 0);
            return result < 0 ? result : QuotaFormat.flags(Scratch.ofThread().result);
        });
        return flags > 0 && (flags & QuotaFormat.USERS_COUNTED) != 0
                ? Optional.of(new PosixQuota(posix, identities, file, (flags & QuotaFormat.USERS_LIMITED) != 0))
                : Optional.empty();
    }

    private static int call(Identities identities, PosixFile file, IntUnaryOperator operation) {
        identities.becomeDaemon();
        int fd = file.descriptor().acquire();
        try {
            return operation.applyAsInt(fd);
        } finally {
            file.descriptor().release();
        }
    }

    private int call(IntUnaryOperator operation) {
        return call(identities, file, operation);
    }

    @Override
    public boolean isEnforced() {
        return enforced;
    }

    @Override
    public UserQuota of(int uid) {
        int result = call(fd -> posix.quotactl(fd, QuotaFormat.Q_GETQUOTA, uid));
        if (result == -Errno.ENOENT || result == -Errno.ESRCH) {
            return new UserQuota(uid, 0, 0, 0);
        }
        check(result);
        return QuotaFormat.quota(Scratch.ofThread().result, uid);
    }

    @Override
    public Optional<UserQuota> next(int uid) {
        int result = call(fd -> posix.quotactl(fd, QuotaFormat.Q_GETNEXTQUOTA, uid));
        if (result == -Errno.ENOENT || result == -Errno.ESRCH) {
            return Optional.empty();
        }
        check(result);
        return Optional.of(QuotaFormat.nextQuota(Scratch.ofThread().result));
    }

    @Override
    public void setLimits(int uid, long softLimitBytes, long hardLimitBytes) {
        check(call(fd -> {
            QuotaFormat.putLimits(Scratch.ofThread().result, softLimitBytes, hardLimitBytes);
            return posix.quotactl(fd, QuotaFormat.Q_SETQUOTA, uid);
        }));
    }

    private void check(int result) {
        if (result == -Errno.ENOSYS || result == -Errno.EINVAL) {
            throw NtStatus.NOT_SUPPORTED.exception(); // an old format of quota files cannot be walked
        } else if (result < 0) {
            throw IoErrors.failure("quota", file.path(), -result);
        }
    }
}

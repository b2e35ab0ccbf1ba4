package org.smbd.vfs.store;

import java.nio.ByteBuffer;

/** {@code struct if_dqblk} and {@code struct if_nextdqblk} of quotactl(2), and what its commands are called. */
final class QuotaFormat {
    static final int Q_XGETQSTAT = command('X' << 8 | 5);
    static final int Q_GETQUOTA = command(0x800007);
    static final int Q_SETQUOTA = command(0x800008);
    static final int Q_GETNEXTQUOTA = command(0x800009);

    static final int USERS_COUNTED = 1;
    static final int USERS_LIMITED = 2;

    /** Limits are counted in such blocks, whatever the file system does. */
    static final long BLOCK_BYTES = 1024;

    private static final int QIF_BLIMITS = 1;

    private QuotaFormat() {}

    /** QCMD with USRQUOTA, which is 0. */
    private static int command(int operation) {
        return operation << 8;
    }

    /** FS_QUOTA_UDQ_ACCT and FS_QUOTA_UDQ_ENFD from {@code struct fs_quota_stat}. */
    static int flags(ByteBuffer in) {
        return in.getShort(2) & (USERS_COUNTED | USERS_LIMITED);
    }

    static UserQuota quota(ByteBuffer in, int uid) {
        return new UserQuota(uid, in.getLong(16), bytes(in.getLong(8)), bytes(in.getLong(0)));
    }

    /** The user that Q_GETNEXTQUOTA has found. */
    static UserQuota nextQuota(ByteBuffer in) {
        return quota(in, in.getInt(68));
    }

    static void putLimits(ByteBuffer out, long softLimitBytes, long hardLimitBytes) {
        for (int at = 0; at < 72; at += 8) {
            out.putLong(at, 0);
        }
        out.putLong(0, blocks(hardLimitBytes))
                .putLong(8, blocks(softLimitBytes))
                .putInt(64, QIF_BLIMITS);
    }

    private static long bytes(long blocks) {
        return blocks > Long.MAX_VALUE / BLOCK_BYTES || blocks < 0 ? Long.MAX_VALUE : blocks * BLOCK_BYTES;
    }

    private static long blocks(long bytes) {
        return bytes / BLOCK_BYTES + (bytes % BLOCK_BYTES == 0 ? 0 : 1);
    }
}

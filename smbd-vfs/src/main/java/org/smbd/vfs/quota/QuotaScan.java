package org.smbd.vfs.quota;

/** How far an open has come in the list of quotas. MS-FSA 2.1.1.6 Per Open, LastQuotaId. Safe for many threads. */
public final class QuotaScan {
    private static final long END = 1L << 32;

    /** The least uid that has not been told; {@link #END} behind the last one. */
    private volatile long nextUid;

    void restart() {
        nextUid = 0;
    }

    void startAt(int uid) {
        nextUid = Integer.toUnsignedLong(uid);
    }

    void told(int uid) {
        nextUid = Integer.toUnsignedLong(uid) + 1;
    }

    boolean isAtEnd() {
        return nextUid == END;
    }

    int nextUid() {
        return (int) nextUid;
    }
}

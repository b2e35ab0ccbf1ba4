package org.smbd.server.session;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.FileId;

/**
 * Counts the opens of the whole server and names them. One session may take at most four fifths of what is left for
 * all, so that the others always find room.
 */
public final class OpenBudget {
    private static final int SHARE_NUMERATOR = 4;
    private static final int SHARE_DENOMINATOR = 5;

    private final int opensMax;
    private final int opensPerSessionMax;
    private final AtomicInteger opens = new AtomicInteger();
    private final AtomicLong lastId = new AtomicLong();
    /** Ids of opens that the server had before it was started are not given again. */
    private final long startId = (long) new SecureRandom().nextInt() << Integer.SIZE;

    /**
     * @param opensMax limit of all sessions together
     * @param opensPerSessionMax limit of one session
     */
    public OpenBudget(int opensMax, int opensPerSessionMax) {
        this.opensMax = opensMax;
        this.opensPerSessionMax = Math.max(
                1, Math.min(opensPerSessionMax, (int) ((long) opensMax * SHARE_NUMERATOR / SHARE_DENOMINATOR)));
    }

    /** How many are open. */
    public int opens() {
        return opens.get();
    }

    /**
     * Takes one.
     *
     * @param ofSession how many opens the session has, this one included
     * @throws org.smbd.core.status.SmbException INSUFFICIENT_RESOURCES, and none is taken
     */
    void take(int ofSession) {
        requireRoom(ofSession);
        if (opens.incrementAndGet() > opensMax) {
            opens.decrementAndGet();
            throw NtStatus.INSUFFICIENT_RESOURCES.exception();
        }
    }

    /** Demands that a session may have so many opens: INSUFFICIENT_RESOURCES. */
    void requireRoom(int ofSession) {
        if (ofSession > opensPerSessionMax) {
            throw NtStatus.INSUFFICIENT_RESOURCES.exception();
        }
    }

    void giveBack() {
        opens.decrementAndGet();
    }

    /** A FileId that no open had before. */
    FileId nextFileId() {
        long id = lastId.incrementAndGet();
        return new FileId(startId + id, id);
    }

    /** The FileId of an open that is revived: in the sessions of this server it has a name of its own. */
    FileId nextFileId(long persistentId) {
        return new FileId(persistentId, lastId.incrementAndGet());
    }

    /** Takes one that is revived, whatever the limits say: it was within them. */
    void takeRevived() {
        opens.incrementAndGet();
    }
}

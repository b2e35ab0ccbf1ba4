package org.smbd.server.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/**
 * Tells requests sent before a channel was lost from those sent after: Open.ChannelSequence,
 * Open.OutstandingRequestCount and Open.OutstandingPreRequestCount of MS-SMB2 3.3.1.10 Per Open.
 */
public final class ChannelSequence {
    private final Object lock = new Object();

    @GuardedBy("lock")
    private int current;

    @GuardedBy("lock")
    private int outstanding;

    @GuardedBy("lock")
    private int outstandingBefore;

    /**
     * 3.3.5.2.10 Verifying the Channel Sequence Number.
     *
     * @return whether a request that modifies may go on; others always may
     */
    public boolean begin(int sequence, boolean replay) {
        synchronized (lock) {
            if (sequence != current) {
                if ((sequence - current & 0xFFFF) > 0x7FFF) {
                    return false;
                }
                outstandingBefore += outstanding;
                outstanding = 0;
                current = sequence;
            }
            if (replay && outstandingBefore != 0) {
                return false;
            }
            outstanding++;
            return true;
        }
    }

    /** 3.3.4.1 Sending Any Outgoing Message: the answer to a request that {@link #begin} let pass. */
    public void end(int sequence) {
        synchronized (lock) {
            if (sequence == current && outstanding > 0) {
                outstanding--;
            } else if (outstandingBefore > 0) {
                outstandingBefore--;
            }
        }
    }
}

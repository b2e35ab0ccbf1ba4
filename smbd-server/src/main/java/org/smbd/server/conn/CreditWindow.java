package org.smbd.server.conn;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/**
 * Which message ids a client may use: MS-SMB2 3.3.1.1 Algorithm for Handling Available Message Sequence Numbers by the
 * Server and 3.3.1.2 Algorithm for the Granting of Credits.
 *
 * <pre>
 *        low: oldest id not received      high: first id not granted
 *  ------|--x--xx---x--------------------|------------------
 *  used     used ids inside the window      not yet allowed
 * </pre>
 *
 * <p>The window never spans more than the maximum, so a client that leaves out one id gets no more credits once the ids
 * behind it are used up, until it sends that one.
 */
public final class CreditWindow {
    private final Object lock = new Object();
    private final int creditsMax;

    /** One bit per id inside the window, at the id modulo the maximum; set once received. */
    @GuardedBy("lock")
    private final long[] received;

    @GuardedBy("lock")
    private long low;

    @GuardedBy("lock")
    private long high = 1;

    @GuardedBy("lock")
    private int held = 1;

    /**
     * A window in which only message id 0 is allowed.
     *
     * @param creditsMax the most credits that the client may hold; a positive count
     */
    public CreditWindow(int creditsMax) {
        if (creditsMax < 1) {
            throw new IllegalArgumentException("credits: " + creditsMax);
        }
        this.creditsMax = creditsMax;
        this.received = new long[(creditsMax + 63) / 64];
    }

    /**
     * Takes the ids of one request out of the window: 3.3.5.2.3 Verifying the Sequence Number.
     *
     * @param charge how many ids, at least 1
     * @return false, and nothing is taken, if one of them is not allowed or was used before
     */
    public boolean consume(long messageId, int charge) {
        synchronized (lock) {
            if (messageId < low || charge > creditsMax || messageId > high - charge) {
                return false;
            }
            for (int i = 0; i < charge; i++) {
                if (isReceived(messageId + i)) {
                    return false;
                }
            }
            for (int i = 0; i < charge; i++) {
                setReceived(messageId + i, true);
            }
            held -= charge;
            while (low < high && isReceived(low)) {
                setReceived(low, false);
                low++;
            }
            return true;
        }
    }

    /**
     * Grants credits in a response: 3.3.4.1.2 Granting Credits to the Client.
     *
     * @param requested what the client asks for
     * @param heldMax how many the client may hold afterwards, by the server's load; the maximum still applies
     * @return at least 1 whenever the client would otherwise hold none
     */
    public int grant(int requested, int heldMax) {
        synchronized (lock) {
            int possible = (int) Math.min(creditsMax - (high - low), Math.min(heldMax, creditsMax) - (long) held);
            int granted = Math.max(Math.min(requested, possible), held == 0 ? 1 : 0);
            high += granted;
            held += granted;
            return granted;
        }
    }

    /** How many credits the client holds. */
    public int held() {
        synchronized (lock) {
            return held;
        }
    }

    @GuardedBy("lock")
    private boolean isReceived(long id) {
        int bit = (int) (id % creditsMax);
        return (received[bit >> 6] & 1L << bit) != 0;
    }

    @GuardedBy("lock")
    private void setReceived(long id, boolean value) {
        int bit = (int) (id % creditsMax);
        if (value) {
            received[bit >> 6] |= 1L << bit;
        } else {
            received[bit >> 6] &= ~(1L << bit);
        }
    }
}

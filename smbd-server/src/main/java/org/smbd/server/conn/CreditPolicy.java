package org.smbd.server.conn;

import java.util.function.LongSupplier;

/**
 * How many credits a client may hold at this time: MS-SMB2 3.3.1.2 Algorithm for the Granting of Credits. A stranger
 * gets few, a user as many as are configured; when the server holds much unanswered data, everybody gets fewer.
 */
public final class CreditPolicy {
    /** Enough for a log-in and the first requests behind it. */
    private static final int UNAUTHENTICATED_MAX = 64;

    /** Enough for one request of 8 MiB, whatever the load. */
    private static final int LOADED_MAX = 256;

    private final int creditsMax;
    private final long loadedBytes;
    private final LongSupplier bytesInFlight;

    /**
     * @param creditsMax the most that one client may hold
     * @param loadedBytes above so many unanswered bytes the server is loaded
     * @param bytesInFlight the unanswered bytes of all connections
     */
    public CreditPolicy(int creditsMax, long loadedBytes, LongSupplier bytesInFlight) {
        this.creditsMax = creditsMax;
        this.loadedBytes = loadedBytes;
        this.bytesInFlight = bytesInFlight;
    }

    /** The limit for the client of this connection. */
    public int heldMax(Connection connection) {
        if (!connection.isAuthenticated()) {
            return Math.min(creditsMax, UNAUTHENTICATED_MAX);
        }
        return bytesInFlight.getAsLong() > loadedBytes ? Math.min(creditsMax, LOADED_MAX) : creditsMax;
    }
}

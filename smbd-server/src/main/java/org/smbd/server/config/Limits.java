package org.smbd.server.config;

import java.time.Duration;

/**
 * Every bound on what clients may take. The same table with the reason of each stands in {@code docs/limits.md}.
 *
 * @param login a connection that has not logged in by then is closed
 * @param connectionsUnauthenticated connections that have not logged in, in all
 * @param connectionsUnauthenticatedPerAddress those of one address
 * @param connections connections in all
 * @param connectionsPerAddress those of one address
 * @param frameBeforeLoginBytes longest frame of a connection that has not logged in
 * @param loginsPending half-finished log-ins of one connection
 * @param sessionsPerConnection sessions of one connection
 * @param treeConnectsPerSession tree connects of one session
 * @param loginFailuresBeforeDelay failures of one account from one address that are answered at once
 * @param loginFailureDelay how late later ones are answered at most
 * @param opensPerSession open files and directories of one session
 * @param opens those of all; 0: four fifths of the descriptors the process may have
 * @param locksPerOpen byte-range locks of one open
 * @param requestsPending requests of one connection that wait for something
 * @param credits credits that one connection may hold (MS-SMB2 3.3.1.2)
 * @param readBytes MaxReadSize (MS-SMB2 3.3.1.5)
 * @param writeBytes MaxWriteSize
 * @param transactBytes MaxTransactSize
 * @param bytesInFlight request bytes of one connection that are held before reading from it stops
 * @param bytesQueued answer bytes held for one connection that reads slowly, before its requests wait
 * @param slowReader a connection that takes no answer byte for that long is closed
 * @param receive a connection that stops in the middle of a frame for that long is closed
 * @param idle a connection without an open file that is silent for that long is closed; zero: never
 * @param keepalive how often a silent peer is probed; zero: never
 * @param securityTokenBytes longest security token of a log-in
 * @param asn1Depth deepest nesting in one
 * @param oplockBreak how long an answer to an oplock or lease break is waited for
 * @param durable how long a durable open outlives its connection if the client does not say
 * @param durableMax how long at most
 * @param durablePerUser durable opens of one user that have no connection
 * @param channelsPerSession connections that one session may be used over (MS-SMB2 3.3.1.14)
 */
public record Limits(
        Duration login,
        int connectionsUnauthenticated,
        int connectionsUnauthenticatedPerAddress,
        int connections,
        int connectionsPerAddress,
        int frameBeforeLoginBytes,
        int loginsPending,
        int sessionsPerConnection,
        int treeConnectsPerSession,
        int loginFailuresBeforeDelay,
        Duration loginFailureDelay,
        int opensPerSession,
        int opens,
        int locksPerOpen,
        int requestsPending,
        int credits,
        int readBytes,
        int writeBytes,
        int transactBytes,
        int bytesInFlight,
        int bytesQueued,
        Duration slowReader,
        Duration receive,
        Duration idle,
        Duration keepalive,
        int securityTokenBytes,
        int asn1Depth,
        Duration oplockBreak,
        Duration durable,
        Duration durableMax,
        int durablePerUser,
        int channelsPerSession) {
    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;
    private static final int MANY = 1_000_000;
    private static final int DAY_SECONDS = 86_400;

    public Limits {
        if (durable.compareTo(durableMax) > 0) {
            throw new IllegalArgumentException("durable handle timeout is above max durable handle timeout");
        }
        if (bytesInFlight < writeBytes) {
            throw new IllegalArgumentException("max bytes in flight is below smb2 max write");
        }
    }

    static Limits from(Values values) {
        return Names.checked(values, "max bytes in flight", () -> read(values));
    }

    private static Limits read(Values values) {
        return new Limits(
                values.seconds("login timeout", 30, 1, 45),
                values.integer("max unauthenticated connections", 512, 1, MANY),
                values.integer("max unauthenticated connections per address", 64, 1, MANY),
                orDefault(values.integer("max smbd processes", 10_000, 0, MANY), 10_000),
                orDefault(values.integer("max ip connections", 1_024, 0, MANY), 1_024),
                values.bytes("max frame before login", 64 * KIB, 16 * KIB, MIB),
                values.integer("max pending logins", 16, 1, 1_024),
                values.integer("max sessions per connection", 64, 1, 65_536),
                values.integer("max tree connects per session", 1_024, 1, 65_536),
                values.integer("login failures before delay", 3, 1, 1_000),
                Duration.ofMillis(values.integer("login failure delay", 2_000, 0, 60_000)),
                values.integer("max open files", 16_384, 16, MANY),
                values.integer("max open files in all", 0, 0, MANY),
                values.integer("max locks per handle", 100_000, 1, 10 * MANY),
                values.integer("max pending requests", 512, 1, 65_536),
                values.integer("smb2 max credits", 8_192, 1, 65_535),
                values.bytes("smb2 max read", 8 * MIB, 64 * KIB, 8 * MIB),
                values.bytes("smb2 max write", 8 * MIB, 64 * KIB, 8 * MIB),
                values.bytes("smb2 max trans", 8 * MIB, 64 * KIB, 8 * MIB),
                values.bytes("max bytes in flight", 32 * MIB, MIB, 1_024 * MIB),
                values.bytes("max bytes queued", 8 * MIB, 64 * KIB, 1_024 * MIB),
                values.seconds("slow reader timeout", 60, 1, DAY_SECONDS),
                values.seconds("receive timeout", 60, 1, DAY_SECONDS),
                Duration.ofMinutes(values.integer("deadtime", 10_080, 0, 10 * MANY)),
                values.seconds("keepalive", 300, 0, DAY_SECONDS),
                values.bytes("max security token", 64 * KIB, 4 * KIB, MIB),
                values.integer("max asn1 depth", 16, 1, 64),
                values.seconds("oplock break timeout", 35, 1, 300),
                values.seconds("durable handle timeout", 60, 1, 300),
                values.seconds("max durable handle timeout", 300, 1, DAY_SECONDS),
                values.integer("max durable handles per user", 1_024, 0, MANY),
                values.integer("max channels per session", 32, 1, 1_024));
    }

    /** Samba's 0 means no limit, and no limit is what smbd does not have. */
    private static int orDefault(int limit, int standard) {
        return limit == 0 ? standard : limit;
    }
}

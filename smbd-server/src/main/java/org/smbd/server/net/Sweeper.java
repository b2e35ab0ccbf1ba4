package org.smbd.server.net;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.server.config.Limits;
import org.smbd.server.conn.Connection;

/**
 * Closes connections that keep the server waiting: for a log-in, for the rest of a frame, for answers to be taken, or
 * for anything at all. MS-SMB2 3.3.6.3 Transport Authentication Timer and 3.3.6.1 (idle connections).
 */
final class Sweeper implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

    private final ConnectionTable connections;
    private final Limits limits;
    private final Map<TcpConnection, Long> stuckSinceNanos = new ConcurrentHashMap<>();

    Sweeper(ConnectionTable connections, Limits limits) {
        this.connections = connections;
        this.limits = limits;
    }

    /** How often it should run: a small part of the shortest time it watches. */
    Duration interval() {
        Duration shortest = limits.login();
        for (Duration other : new Duration[] {limits.receive(), limits.slowReader()}) {
            shortest = other.compareTo(shortest) < 0 ? other : shortest;
        }
        return Duration.ofMillis(Math.max(50, Math.min(1000, shortest.toMillis() / 8)));
    }

    @Override
    public void run() {
        sweep(System.nanoTime());
    }

    /** @param now by {@link System#nanoTime} */
    void sweep(long now) {
        for (TcpConnection connection : connections.snapshot()) {
            String reason = overdue(connection, now);
            if (reason != null) {
                LOG.info("{}: closed, {}", connection.connection().peer(), reason);
                connection.channel().close();
            } else {
                checkSlowReader(connection, now);
            }
        }
        stuckSinceNanos.keySet().removeIf(connection -> !connection.channel().isActive());
    }

    private String overdue(TcpConnection tcp, long now) {
        Connection connection = tcp.connection();
        if (!connection.isAuthenticated() && isOver(now - tcp.acceptedNanos(), limits.login())) {
            return "it did not log in within " + limits.login().toSeconds() + " s";
        }
        long unfinished = tcp.decoder().unfinishedSinceNanos();
        if (unfinished != 0 && connection.framesInFlight() == 0 && isOver(now - unfinished, limits.receive())) {
            return "the rest of a message did not come within "
                    + limits.receive().toSeconds() + " s";
        }
        boolean idle = connection.sessions().stream()
                .allMatch(session -> session.opens().isEmpty());
        if (!limits.idle().isZero() && idle && isOver(now - connection.lastUsedNanos(), limits.idle())) {
            return "it was silent for " + limits.idle().toMinutes() + " min";
        }
        return null;
    }

    private void checkSlowReader(TcpConnection tcp, long now) {
        if (tcp.transport().queuedBytes() <= limits.bytesQueued()) {
            stuckSinceNanos.remove(tcp);
            return;
        }
        tcp.channel().eventLoop().execute(() -> {
            if (tcp.transport().hasProgressed()) {
                stuckSinceNanos.put(tcp, now);
            } else if (isOver(now - stuckSinceNanos.computeIfAbsent(tcp, key -> now), limits.slowReader())) {
                LOG.info(
                        "{}: closed, it took no answer for {} s",
                        tcp.connection().peer(),
                        limits.slowReader().toSeconds());
                tcp.channel().close();
            }
        });
    }

    private static boolean isOver(long nanos, Duration limit) {
        return nanos > limit.toNanos();
    }
}

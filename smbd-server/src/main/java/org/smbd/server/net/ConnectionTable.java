package org.smbd.server.net;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.net.InetAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.server.config.Limits;

/**
 * ConnectionList: MS-SMB2 3.3.1.5 Global. Counts connections, in all and by address, and keeps those in bounds that
 * never log in: where there are too many of them, the oldest has had its chance.
 */
final class ConnectionTable {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionTable.class);

    private final Limits limits;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Set<TcpConnection> all = new LinkedHashSet<>();

    @GuardedBy("lock")
    private final Map<InetAddress, Integer> byAddress = new HashMap<>();

    /** Oldest first; those that have logged in meanwhile are dropped when somebody looks. */
    @GuardedBy("lock")
    private final Set<TcpConnection> strangers = new LinkedHashSet<>();

    ConnectionTable(Limits limits) {
        this.limits = limits;
    }

    /** Takes a new connection in; false if there are too many. */
    boolean add(TcpConnection connection) {
        TcpConnection cut;
        InetAddress address = connection.connection().peer().address();
        synchronized (lock) {
            int ofAddress = byAddress.getOrDefault(address, 0);
            if (all.size() >= limits.connections() || ofAddress >= limits.connectionsPerAddress()) {
                LOG.warn(
                        "{}: refused, there are {} connections, {} of this address",
                        connection.connection().peer(),
                        all.size(),
                        ofAddress);
                return false;
            }
            all.add(connection);
            byAddress.put(address, ofAddress + 1);
            cut = oldestStranger(address);
            strangers.add(connection);
        }
        if (cut != null) {
            LOG.warn(
                    "{}: closed, too many connections have not logged in",
                    cut.connection().peer());
            cut.channel().close();
        }
        return true;
    }

    /** The one that must go if another stranger comes; null if there is room. */
    @GuardedBy("lock")
    private TcpConnection oldestStranger(InetAddress address) {
        strangers.removeIf(stranger -> stranger.connection().isAuthenticated());
        TcpConnection ofAddress = null;
        int count = 0;
        for (TcpConnection stranger : strangers) {
            if (stranger.connection().peer().address().equals(address)) {
                ofAddress = ofAddress == null ? stranger : ofAddress;
                count++;
            }
        }
        TcpConnection cut = null;
        if (count >= limits.connectionsUnauthenticatedPerAddress()) {
            cut = ofAddress;
        } else if (strangers.size() >= limits.connectionsUnauthenticated()) {
            Iterator<TcpConnection> oldest = strangers.iterator();
            cut = oldest.next();
        }
        strangers.remove(cut);
        return cut;
    }

    void remove(TcpConnection connection) {
        synchronized (lock) {
            if (all.remove(connection)) {
                strangers.remove(connection);
                byAddress.computeIfPresent(
                        connection.connection().peer().address(), (address, count) -> count == 1 ? null : count - 1);
            }
        }
    }

    /** Those that are there now. */
    Collection<TcpConnection> snapshot() {
        synchronized (lock) {
            return List.copyOf(all);
        }
    }

    int size() {
        synchronized (lock) {
            return all.size();
        }
    }
}

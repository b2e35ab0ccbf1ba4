package org.smbd.server;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.smbd.core.file.AccessMask;
import org.smbd.protocol.crypto.EncryptionAlgorithm;
import org.smbd.server.conn.Connection;
import org.smbd.server.conn.Negotiated;
import org.smbd.server.conn.OlderProtocol;
import org.smbd.server.control.ServerStatus;
import org.smbd.server.control.ServerStatus.ConnectionStatus;
import org.smbd.server.control.ServerStatus.CounterStatus;
import org.smbd.server.control.ServerStatus.MemoryStatus;
import org.smbd.server.control.ServerStatus.OpenStatus;
import org.smbd.server.control.ServerStatus.SessionStatus;
import org.smbd.server.control.ServerStatus.TreeStatus;
import org.smbd.server.metrics.Metrics;
import org.smbd.server.session.Channel;
import org.smbd.server.session.OpenHandle;
import org.smbd.server.session.OpenResource;
import org.smbd.server.session.ParkedOpen;
import org.smbd.server.session.Session;
import org.smbd.server.session.TreeConnect;
import org.smbd.vfs.oplock.Caching;
import org.smbd.vfs.oplock.CachingState;

/** How the server is doing: what {@code smbd status} shows. */
final class ServerReport {
    private static final String NONE = "none";

    private final String version;
    private final Instant started;
    private final InstantSource clock;
    private final Metrics metrics;
    private final List<ConnectionStatus> connections = new ArrayList<>();
    private final List<SessionStatus> sessions = new ArrayList<>();
    private final List<TreeStatus> trees = new ArrayList<>();
    private final List<OpenStatus> opens = new ArrayList<>();
    private final Set<OpenHandle> shown = new HashSet<>();

    ServerReport(String version, Instant started, InstantSource clock, Metrics metrics) {
        this.version = version;
        this.started = started;
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * The report.
     *
     * @param known sessions, also those that are about to end as their connection has gone
     * @param parked looked at last, so that what is parked meanwhile is seen in one place at least
     */
    ServerStatus of(Collection<Connection> all, Collection<Session> known, Collection<ParkedOpen> parked) {
        Map<Session, Connection> sessionsOnce = new LinkedHashMap<>(); // one with many connections is shown once
        for (Connection connection : all) {
            add(connection);
            connection.sessions().forEach(session -> sessionsOnce.putIfAbsent(session, connection));
        }
        sessionsOnce.forEach(
                (session, connection) -> session.established().ifPresent(facts -> add(connection, session, facts)));
        for (Session ending : known) {
            if (!sessionsOnce.containsKey(ending)) {
                ending.opens().forEach(open -> add(open, open.tree().context().accountName(), false));
            }
        }
        parked.forEach(kept -> add(kept.handle(), kept.handle().tree().context().accountName(), false));
        return new ServerStatus(
                version,
                clock.instant().getEpochSecond() - started.getEpochSecond(),
                connections,
                sessions,
                trees,
                opens,
                counters(),
                memory(),
                descriptors());
    }

    private void add(Connection connection) {
        connections.add(new ConnectionStatus(
                connection.peer().name(),
                dialect(connection),
                connection.sessions().size(),
                connection.credits().held()));
    }

    private void add(Connection connection, Session session, Session.Established facts) {
        String id = Long.toHexString(session.sessionId());
        String user = facts.context().accountName();
        boolean encrypts = facts.encryptData()
                || session.trees().stream().anyMatch(TreeConnect::encryptData)
                || session.hasReceivedSealed();
        sessions.add(new SessionStatus(
                id,
                user,
                connection.peer().name(),
                dialect(connection),
                encrypts
                        ? connection
                                .negotiation()
                                .flatMap(Negotiated::cipher)
                                .map(ServerReport::name)
                                .orElse(NONE)
                        : NONE,
                signing(connection, session, facts),
                session.channels().stream().map(Channel::name).toList()));
        for (TreeConnect tree : session.trees()) {
            trees.add(new TreeStatus(
                    tree.treeId(),
                    id,
                    tree.share().name(),
                    user,
                    connection.peer().name(),
                    tree.encryptData()));
        }
        for (OpenHandle open : session.opens()) {
            add(open, user, true);
        }
    }

    private void add(OpenHandle open, String user, boolean connected) {
        if (open.resource() instanceof OpenResource.File file && shown.add(open)) {
            CachingState caching = file.open().caching().state();
            opens.add(new OpenStatus(
                    open.tree().share().name(),
                    file.open().path().replace('\\', '/'),
                    user,
                    AccessMask.describe(file.open().grantedAccess()),
                    open.lockCount(),
                    oplock(caching),
                    lease(caching),
                    open.durability()
                            .map(durability -> durability.kind().name().toLowerCase(Locale.ROOT))
                            .orElse(NONE),
                    connected));
        }
    }

    private static String dialect(Connection connection) {
        return connection
                .olderProtocol()
                .map(OlderProtocol::name)
                .or(() -> connection.negotiation().map(facts -> facts.dialect().toString()))
                .orElse("");
    }

    private static String signing(Connection connection, Session session, Session.Established facts) {
        if (connection.olderProtocol().isPresent()) {
            String name = connection.olderProtocol().get().signingName();
            return name.isEmpty() ? NONE : name;
        }
        boolean signs = facts.security().canSign() && (facts.signingRequired() || session.signs());
        return signs ? name(connection.negotiated()) : NONE;
    }

    private static String oplock(CachingState caching) {
        if (caching.lease().isPresent()) {
            return "lease";
        }
        return switch (caching.state()) {
            case Caching.LEVEL_TWO -> "level2";
            case Caching.EXCLUSIVE -> "exclusive";
            case Caching.BATCH -> "batch";
            default -> NONE;
        };
    }

    private static String lease(CachingState caching) {
        return caching.lease().isPresent() ? Caching.describe(caching.state()) : "";
    }

    private static String name(EncryptionAlgorithm cipher) {
        return cipher.name().replace('_', '-');
    }

    private static String name(Negotiated negotiated) {
        return switch (negotiated.signing()) {
            case HMAC_SHA256 -> "HMAC-SHA256";
            case AES_CMAC -> "AES-128-CMAC";
            case AES_GMAC -> "AES-128-GMAC";
        };
    }

    private Map<String, CounterStatus> counters() {
        Map<String, CounterStatus> counters = new TreeMap<>();
        metrics.commands()
                .forEach((command, counter) -> counters.put(
                        "smb2." + command.name().toLowerCase(Locale.ROOT),
                        new CounterStatus(counter.count(), counter.bytes(), counter.errors())));
        return counters;
    }

    private static MemoryStatus memory() {
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        long direct = 0;
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            direct += pool.getName().equals("direct") ? pool.getMemoryUsed() : 0;
        }
        long netty = io.netty.util.internal.PlatformDependent.usedDirectMemory();
        return new MemoryStatus(heap, direct + Math.max(netty, 0), residentBytes());
    }

    /** VmRSS of proc(5); 0 where there is no such file. */
    private static long residentBytes() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
                }
            }
        } catch (IOException noProc) {
            return 0;
        }
        return 0;
    }

    /** Open file descriptors of the process; 0 where they cannot be counted. */
    private static long descriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
    }
}

package org.smbd.server;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.sun.management.UnixOperatingSystemMXBean;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.auth.account.AccountStore;
import org.smbd.auth.account.FileAccountStore;
import org.smbd.auth.account.FileMemberships;
import org.smbd.auth.account.IdentityMapper;
import org.smbd.auth.account.Memberships;
import org.smbd.auth.account.UnixDirectory;
import org.smbd.core.type.FileTime;
import org.smbd.core.type.Guid;
import org.smbd.protocol.crypto.CryptoProvider;
import org.smbd.server.config.Limits;
import org.smbd.server.config.ServerConfig;
import org.smbd.server.conn.Connection;
import org.smbd.server.conn.ConnectionLimits;
import org.smbd.server.conn.CreditPolicy;
import org.smbd.server.conn.Lane;
import org.smbd.server.conn.Peer;
import org.smbd.server.conn.Transport;
import org.smbd.server.control.ServerStatus;
import org.smbd.server.control.StatusSource;
import org.smbd.server.metrics.Metrics;
import org.smbd.server.net.Listeners;
import org.smbd.server.net.ServerInterfaces;
import org.smbd.server.net.WorkerPools;
import org.smbd.server.persistent.HandleJournal;
import org.smbd.server.pipe.PipeServices;
import org.smbd.server.pipe.PipeTree;
import org.smbd.server.pipeline.RequestPipeline;
import org.smbd.server.session.DurableOpens;
import org.smbd.server.session.OpenBudget;
import org.smbd.server.session.SessionTable;
import org.smbd.server.smb1.MultiProtocolNegotiation;
import org.smbd.server.smb1.Smb1Dispatcher;
import org.smbd.server.smb1.Smb1Negotiation;
import org.smbd.server.smb1.Smb1Server;
import org.smbd.server.smb1.Smb1Settings;
import org.smbd.server.smb2.FileCommands;
import org.smbd.server.smb2.NegotiateHandler;
import org.smbd.server.smb2.NegotiateSettings;
import org.smbd.server.smb2.Revival;
import org.smbd.server.smb2.SessionSettings;
import org.smbd.server.smb2.SessionSetupHandler;
import org.smbd.server.smb2.ShareConnector;
import org.smbd.server.smb2.Smb2Dispatcher;
import org.smbd.server.smb2.TestControls;
import org.smbd.server.smb2.TreeConnectHandler;
import org.smbd.vfs.FileService;
import org.smbd.vfs.LocalFileService;
import org.smbd.vfs.ShareOptions;
import org.smbd.vfs.VfsLimits;
import org.smbd.vfs.node.NodeTable;
import org.smbd.vfs.store.Identities;

/**
 * An SMB2/3 file server, to be embedded in a program or run by the command line.
 *
 * <pre>{@code
 * ServerConfig config = ServerConfig.builder()
 *         .set("smb ports", "0")
 *         .share("data", Map.of("path", "/srv/data", "read only", "no"))
 *         .build();
 * SmbServer server = SmbServer.builder(config).build();
 * List<SmbServer.Endpoint> endpoints = server.start();
 * ...
 * server.stop(Duration.ofSeconds(5));
 * }</pre>
 *
 * <p>A server is started and stopped once. All methods may be called from any thread.
 */
public final class SmbServer implements StatusSource {
    private static final Logger LOG = LoggerFactory.getLogger(SmbServer.class);

    private final ServerConfig config;
    private final AccountStore accounts;
    private final Clock clock = Clock.systemUTC();
    private final Metrics metrics = new Metrics();
    private final Guid serverGuid = Guid.random();
    private final AtomicLong connectionIds = new AtomicLong();
    private final AtomicLong bytesInFlight = new AtomicLong();
    private final ShareServices shareServices;
    private final SessionTable sessions;
    private final Optional<HandleJournal> journal;
    private final Optional<Revival> revival;
    private final WorkerPools pools;
    private final Listeners listeners;
    private final RequestPipeline pipeline;
    private final ConnectionLimits connectionLimits;
    private final Instant started = clock.instant();

    /**
     * Where connections are accepted.
     *
     * @param transport {@code tcp} for direct TCP, {@code nbt} for the NetBIOS session service
     * @param address with the port that was bound
     */
    public record Endpoint(String transport, InetSocketAddress address) {}

    /** Makes the file service of a share. */
    @FunctionalInterface
    public interface FileServiceFactory {
        /**
         * Opens a directory for service.
         *
         * @throws IOException if there is no such directory
         */
        FileService open(ShareOptions options) throws IOException;
    }

    /** What a server is made of; all but the configuration has a default. Not for use by several threads. */
    public static final class Builder {
        private final ServerConfig config;
        private Optional<AccountStore> accounts = Optional.empty();
        private Memberships memberships = Memberships.NONE;
        private FileServiceFactory files;

        private Builder(ServerConfig config) {
            NodeTable nodes = // one for all shares, so that two shares of one directory see each other's opens
                    new NodeTable(
                            VfsLimits.DEFAULT.withLocksPerOpen(config.limits().locksPerOpen()));
            this.config = config;
            this.files = options -> LocalFileService.open(options, nodes);
        }

        /** Who may log in; by default, who is in the password file below {@code private dir}. */
        @CanIgnoreReturnValue
        public Builder accounts(AccountStore store) {
            accounts = Optional.of(store);
            return this;
        }

        /** The groups and privileges of accounts that do not come from the password file; by default, none. */
        @CanIgnoreReturnValue
        public Builder memberships(Memberships groups) {
            memberships = groups;
            return this;
        }

        /** What serves the files of shares; by default, the directories of this machine. */
        @CanIgnoreReturnValue
        public Builder files(FileServiceFactory factory) {
            files = factory;
            return this;
        }

        /**
         * The server; nothing listens yet.
         *
         * @throws IOException if the password file cannot be read
         */
        public SmbServer build() throws IOException {
            AccountStore store = accounts.isPresent()
                    ? accounts.get()
                    : FileAccountStore.open(
                            config.directories().privateDirectory(), Clock.systemUTC(), Identities::restore);
            Memberships groups = accounts.isPresent()
                    ? memberships
                    : FileMemberships.open(config.directories().privateDirectory(), Identities::restore);
            return new SmbServer(config, store, groups, files);
        }
    }

    /** Begins a server with a configuration. */
    public static Builder builder(ServerConfig config) {
        return new Builder(config);
    }

    /** The object graph. */
    private SmbServer(ServerConfig config, AccountStore accounts, Memberships memberships, FileServiceFactory files)
            throws IOException {
        Limits limits = config.limits();
        this.config = config;
        this.accounts = accounts;
        this.connectionLimits = new ConnectionLimits(
                limits.credits(),
                limits.bytesInFlight(),
                limits.requestsPending(),
                limits.requestsPending(),
                limits.sessionsPerConnection(),
                limits.loginsPending(),
                limits.channelsPerSession());
        this.pools = new WorkerPools(config.net().requestThreads(), config.net().authenticationThreads());

        UnixDirectory directory = UnixDirectory.ofHost();
        IdentityMapper mapper =
                new IdentityMapper(accounts, directory, config.security().guestAccount(), memberships);
        this.shareServices = new ShareServices(
                files,
                config.changeNotify(),
                pools.breakClock(),
                limits.oplockBreak(),
                new AccountSids(accounts, directory));
        HostIdentities identities = new HostIdentities(directory, mapper);
        AccountLogins logins = new AccountLogins(config, accounts, mapper, clock);
        CryptoProvider crypto = CryptoProvider.probe(config.security().crypto());
        crypto.warmUpInBackground();

        NegotiateSettings offers = Offers.of(config, crypto, logins.securityHint());
        this.journal = config.persistentHandles()
                        && config.shares().stream()
                                .anyMatch(share -> share.oplocks().continuous())
                ? Optional.of(HandleJournal.open(config.directories().persistentHandles()))
                : Optional.empty();
        this.sessions = new SessionTable(
                limits.treeConnectsPerSession(),
                new OpenBudget(opensMax(limits), limits.opensPerSession()),
                new DurableOpens(pools.breakClock(), limits.durablePerUser()));
        ShareConnector connector = new ShareConnector(config, identities, shareServices, sessions::uses, clock);
        ServerInterfaces interfaces = new ServerInterfaces(config.listen());
        PipeServices services = new PipeServices(
                config.names(),
                accounts,
                memberships,
                directory,
                config.security().guestAccount(),
                sessions,
                interfaces,
                connector::isAdministrator,
                logins,
                FileTime.of(started));
        PipeTree pipes = new PipeTree(services.all(connector::visibleTo), logins::begin);
        Smb2Dispatcher dispatcher = new Smb2Dispatcher(
                new NegotiateHandler(offers, clock),
                new SessionSetupHandler(
                        sessions,
                        logins,
                        new SessionSettings(
                                offers.signingRequired(),
                                config.security().encryption(),
                                offers.multiChannel(),
                                crypto),
                        limits.securityTokenBytes(),
                        pools.timer(),
                        clock),
                new TreeConnectHandler(connector),
                new FileCommands(pipes, limits, pools.requests(), interfaces, config.leases(), sessions, journal));
        this.revival = journal.map(kept -> new Revival(
                kept, connector, sessions, name -> accounts.find(name).map(mapper::user)));
        Smb1Settings smb1Settings = Offers.smb1(config);
        Smb1Dispatcher smb1Dispatcher = new Smb1Dispatcher(
                smb1Settings,
                sessions,
                logins,
                connector,
                pipes,
                limits.securityTokenBytes(),
                limits.locksPerOpen(),
                pools.timer(),
                pools.requests());
        Smb1Server smb1 = new Smb1Server(
                new MultiProtocolNegotiation(offers, smb1Settings.smb2Enabled(), clock),
                new Smb1Negotiation(smb1Settings, logins.securityHint(), smb1Dispatcher, clock));
        long loadedBytes = Runtime.getRuntime().maxMemory() / 4;
        this.pipeline = new RequestPipeline(
                config.testControls() ? new TestControls(dispatcher) : dispatcher,
                smb1,
                sessions,
                pools.requests(),
                pools.timer(),
                clock,
                metrics,
                new CreditPolicy(limits.credits(), loadedBytes, bytesInFlight::get));
        this.listeners = new Listeners(limits, config.net().eventLoopThreads(), new ConnectionOwner(), pools.timer());
    }

    private static void close(HandleJournal journal) {
        try {
            journal.close();
        } catch (IOException failed) {
            LOG.warn("persistent opens: {}", failed.toString());
        }
    }

    /** {@code max open files in all}; 0 is four fifths of the descriptors that the process may have. */
    private static int opensMax(Limits limits) {
        if (limits.opens() > 0) {
            return limits.opens();
        }
        long descriptors = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : limits.opensPerSession();
        return (int) Math.min(descriptors / 5 * 4, Integer.MAX_VALUE);
    }

    /**
     * Listens on all addresses and ports of the configuration.
     *
     * @return what was bound, in the order of the configuration
     * @throws java.net.BindException if an address is in use, or none of this machine
     * @throws java.nio.file.AccessDeniedException if a port needs a privilege
     * @throws IOException for other reasons; nothing listens then
     */
    public List<Endpoint> start() throws IOException {
        List<Endpoint> endpoints = new ArrayList<>();
        revival.ifPresent(Revival::run);
        try {
            for (InetAddress address : config.listen().addresses()) {
                for (int port : config.listen().tcpPorts()) {
                    endpoints.add(new Endpoint("tcp", listeners.bind(address, port, false)));
                }
                for (int port : config.listen().nbtPorts()) {
                    endpoints.add(new Endpoint("nbt", listeners.bind(address, port, true)));
                }
            }
        } catch (IOException | RuntimeException failed) {
            stop(Duration.ZERO);
            throw failed;
        }
        config.refusedShares().forEach(refused -> LOG.warn("{}", refused));
        LOG.info(
                "serving {} shares to {} accounts",
                config.shares().size(),
                accounts.list().size());
        return endpoints;
    }

    /**
     * Accepts no more connections, lets begun requests end, closes connections and files.
     *
     * @param patience how long at most
     */
    public void stop(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        listeners.stopAccepting();
        while (System.nanoTime() < end && hasRequestsInFlight()) {
            pause();
        }
        List<Connection> remaining = List.copyOf(listeners.connections());
        listeners.close(Duration.ofNanos(
                Math.max(end - System.nanoTime(), Duration.ofMillis(100).toNanos())));
        remaining.forEach(Connection::closed);
        sessions.durableOpens().end();
        try {
            pools.close(Duration.ofNanos(Math.max(end - System.nanoTime(), 0)));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            pools.close();
        }
        shareServices.close();
        journal.ifPresent(SmbServer::close);
    }

    private boolean hasRequestsInFlight() {
        return listeners.connections().stream().anyMatch(connection -> connection.framesInFlight() > 0);
    }

    private static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public ServerStatus status() {
        String version = SmbServer.class.getPackage().getImplementationVersion();
        return new ServerReport(version == null ? "development" : version, started, clock, metrics)
                .of(
                        listeners.connections(),
                        sessions.all(),
                        sessions.durableOpens().all());
    }

    /** What the listeners do with connections. */
    private final class ConnectionOwner implements Listeners.Server {
        @Override
        public boolean permits(InetAddress address) {
            return config.security().hosts().permits(address);
        }

        @Override
        public Connection accepted(Peer peer, Transport transport) {
            return new Connection(
                    connectionIds.incrementAndGet(),
                    peer,
                    transport,
                    serverGuid,
                    connectionLimits,
                    bytesInFlight,
                    new Lane(pools.requests()),
                    new Lane(pools.logins()));
        }

        @Override
        public void received(Connection connection, ByteBuf frame) {
            pipeline.receive(connection, frame);
        }

        @Override
        public void ended(Connection connection) {
            pools.requests().execute(connection::closed);
        }
    }
}

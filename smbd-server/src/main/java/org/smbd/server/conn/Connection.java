package org.smbd.server.conn;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.Guid;
import org.smbd.protocol.crypto.EncryptionAlgorithm;
import org.smbd.protocol.crypto.PreauthHash;
import org.smbd.protocol.crypto.SigningAlgorithm;
import org.smbd.protocol.smb2.Dialect;
import org.smbd.server.session.Channel;
import org.smbd.server.session.MessageSecurity;
import org.smbd.server.session.Session;

/**
 * One client's connection: MS-SMB2 3.3.1.7 Per Transport Connection. Knows frames and a peer, not TCP.
 *
 * <p>Negotiation and log-in progress belong to the connection's {@link Lane}; the rest may be used from any thread.
 */
public final class Connection implements Channel {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    /** Until the dialect is known the oldest one's size goes: MS-SMB2 3.3.5.3.2 SMB 2.0.2 Support. */
    private static final int BASIC_SIZE_BYTES = 64 * 1024;

    /** Headers of a compound around one payload of the greatest size. */
    private static final int FRAME_OVERHEAD_BYTES = 64 * 1024;

    private final long id;
    private final Peer peer;
    private final Transport transport;
    private final Guid serverGuid;
    private final ConnectionLimits limits;
    private final Lane lane;
    private final Lane loginLane;
    private final InFlight inFlight;
    private final AtomicLong bytesInFlight;
    private final CreditWindow credits;
    private final PendingOperations pending;
    private final ConcurrentMap<Long, Session> sessions = new ConcurrentHashMap<>();
    private final EndedSessions endedSessions = new EndedSessions();
    private final ConcurrentMap<Long, PreauthSession> preauthSessions = new ConcurrentHashMap<>();
    private volatile PreauthHash preauthHash = PreauthHash.START;
    private volatile Negotiated negotiated;
    private volatile OlderProtocol olderProtocol;
    private volatile boolean authenticated;
    private volatile boolean givenUp;
    private volatile boolean closed;
    private volatile long lastUsedNanos = System.nanoTime();

    /**
     * A connection that was just accepted.
     *
     * @param bytesInFlight counts the unanswered bytes of all connections
     */
    public Connection(
            long id,
            Peer peer,
            Transport transport,
            Guid serverGuid,
            ConnectionLimits limits,
            AtomicLong bytesInFlight,
            Lane lane,
            Lane loginLane) {
        this.id = id;
        this.peer = peer;
        this.transport = transport;
        this.serverGuid = serverGuid;
        this.limits = limits;
        this.bytesInFlight = bytesInFlight;
        this.lane = lane;
        this.loginLane = loginLane;
        this.inFlight = new InFlight(transport, limits.bytesInFlightMax(), limits.requestsInFlightMax());
        this.credits = new CreditWindow(limits.creditsMax());
        this.pending = new PendingOperations(limits.pendingOperationsMax());
    }

    /** A number for logs and status. */
    public long id() {
        return id;
    }

    public Peer peer() {
        return peer;
    }

    public Transport transport() {
        return transport;
    }

    /** ServerGuid: MS-SMB2 3.3.1.5 Global. */
    public Guid serverGuid() {
        return serverGuid;
    }

    public ConnectionLimits limits() {
        return limits;
    }

    /** Admits what this connection receives, in order. */
    public Lane lane() {
        return lane;
    }

    /** Does the log-ins of this connection, one leg at a time, on the pool for log-ins. */
    public Lane loginLane() {
        return loginLane;
    }

    /** Connection.CommandSequenceWindow. */
    public CreditWindow credits() {
        return credits;
    }

    /** Connection.AsyncCommandList. */
    public PendingOperations pending() {
        return pending;
    }

    /** Connection.PreauthIntegrityHashValue. */
    public PreauthHash preauthHash() {
        return preauthHash;
    }

    /** Sets Connection.PreauthIntegrityHashValue; lane only. */
    public void setPreauthHash(PreauthHash value) {
        preauthHash = value;
    }

    /** What NEGOTIATE settled; empty before it. */
    public Optional<Negotiated> negotiation() {
        return Optional.ofNullable(negotiated);
    }

    /** What NEGOTIATE settled; only behind it. */
    public Negotiated negotiated() {
        return negotiated;
    }

    /** NEGOTIATE is done. */
    public void setNegotiated(Negotiated facts) {
        negotiated = facts;
    }

    /** What it speaks instead of SMB2; empty where it does not, or has not negotiated yet. */
    public Optional<OlderProtocol> olderProtocol() {
        return Optional.ofNullable(olderProtocol);
    }

    /** SMB1 was negotiated, for good. Lane only. */
    public void setOlderProtocol(OlderProtocol protocol) {
        olderProtocol = protocol;
    }

    /** What it speaks, for configuration and status; empty before NEGOTIATE. */
    public String protocolName() {
        return olderProtocol != null
                ? olderProtocol.name()
                : negotiation().map(facts -> facts.dialect().name()).orElse("");
    }

    /** Whether both sides know the POSIX extensions; only behind NEGOTIATE. */
    public boolean hasPosixExtensions() {
        return negotiated.posixExtensions();
    }

    @Override
    public Dialect dialect() {
        return negotiated.dialect();
    }

    @Override
    public Optional<EncryptionAlgorithm> cipher() {
        return negotiated.cipher();
    }

    @Override
    public SigningAlgorithm signing() {
        return negotiated.signing();
    }

    /** Connection.ClientGuid. */
    public Guid clientGuid() {
        return negotiated.clientGuid();
    }

    /** Connection.ClientCapabilities. */
    public int clientCapabilities() {
        return negotiated.clientCapabilities();
    }

    /** Connection.ClientSecurityMode. */
    public int clientSecurityMode() {
        return negotiated.clientSecurityMode();
    }

    /** Connection.ServerCapabilities, as announced. */
    public int serverCapabilities() {
        return negotiated.serverCapabilities();
    }

    /** Connection.ServerSecurityMode, as announced. */
    public int serverSecurityMode() {
        return negotiated.serverSecurityMode();
    }

    /** Connection.MaxReadSize. */
    public int maxReadSizeBytes() {
        return negotiated == null ? BASIC_SIZE_BYTES : negotiated.maxReadSizeBytes();
    }

    /** Connection.MaxWriteSize. */
    public int maxWriteSizeBytes() {
        return negotiated == null ? BASIC_SIZE_BYTES : negotiated.maxWriteSizeBytes();
    }

    /** Connection.MaxTransactSize. */
    public int maxTransactSizeBytes() {
        return negotiated == null ? BASIC_SIZE_BYTES : negotiated.maxTransactSizeBytes();
    }

    /**
     * The longest frame that it takes now.
     *
     * @param beforeLoginMax what a stranger may send
     */
    public int frameBytesMax(int beforeLoginMax) {
        if (!authenticated) {
            return beforeLoginMax;
        }
        if (olderProtocol != null) {
            return olderProtocol.frameBytesMax();
        }
        int payload = Math.max(maxWriteSizeBytes(), maxTransactSizeBytes());
        return payload + FRAME_OVERHEAD_BYTES;
    }

    /** Whether somebody has logged in on it, guests included. */
    public boolean isAuthenticated() {
        return authenticated;
    }

    /** Somebody has logged in. */
    public void setAuthenticated() {
        authenticated = true;
    }

    /** Connection.SessionTable. */
    public Optional<Session> session(long sessionId) {
        return Optional.ofNullable(sessions.get(sessionId));
    }

    /** One that has ended here not long ago; what its client still sends is refused with its signature. */
    public Optional<Session> endedSession(long sessionId) {
        return endedSessions.find(sessionId);
    }

    /** The sessions; a live view. */
    public Collection<Session> sessions() {
        return Collections.unmodifiableCollection(sessions.values());
    }

    /** Connection.PreauthSessionTable: the log-ins that are not finished, by session id. Log-in lane only. */
    public ConcurrentMap<Long, PreauthSession> preauthSessions() {
        return preauthSessions;
    }

    /**
     * Inserts a session that begins here; it leaves the table when it is closed.
     *
     * @throws org.smbd.core.status.SmbException INSUFFICIENT_RESOURCES above the limits; the session is then closed
     */
    public void addSession(Session session) {
        if (isFull()) {
            session.close();
            throw NtStatus.INSUFFICIENT_RESOURCES.exception();
        }
        session.addChannel(this);
        insert(session);
    }

    /**
     * Inserts a session that began on another connection: SMB2_SESSION_FLAG_BINDING of MS-SMB2 3.3.5.5.
     *
     * @param security what it signs with here
     * @throws org.smbd.core.status.SmbException INSUFFICIENT_RESOURCES above the limits, USER_SESSION_DELETED if the
     *     session was closed meanwhile
     */
    public void bind(Session session, MessageSecurity security) {
        if (isFull()) {
            throw NtStatus.INSUFFICIENT_RESOURCES.exception();
        }
        session.bind(this, security, limits.channelsMax());
        insert(session);
    }

    /** Whether it has as many sessions, or unfinished log-ins, as it may. */
    public boolean isFull() {
        return sessions.size() >= limits.sessionsMax() || preauthSessions.size() >= limits.loginsMax();
    }

    private void insert(Session session) {
        sessions.put(session.sessionId(), session);
        if (closed) {
            lose(session);
        } else if (session.isClosed()) { // it may have looked before it was here
            ended(session);
        }
    }

    @Override
    public void ended(Session session) {
        if (sessions.remove(session.sessionId(), session)) {
            endedSessions.add(session);
        }
        preauthSessions.remove(session.sessionId());
        pending.endOf(session.sessionId());
    }

    private void lose(Session session) {
        sessions.remove(session.sessionId(), session);
        session.lost(this);
        if (pending.size() > 0) { // what outlives this connection does not outlive the session
            session.onClose(() -> pending.endOf(session.sessionId()));
        }
    }

    /** Counts a received frame in. */
    public void frameReceived(int frameBytes) {
        lastUsedNanos = System.nanoTime();
        bytesInFlight.addAndGet(frameBytes);
        inFlight.add(frameBytes);
    }

    /** Counts a frame out: all its requests are answered or wait asynchronously. */
    public void frameDone(int frameBytes) {
        bytesInFlight.addAndGet(-frameBytes);
        inFlight.remove(frameBytes);
    }

    /** Frames received and not answered yet. */
    public int framesInFlight() {
        return inFlight.frames();
    }

    /** When the last frame came, by {@link System#nanoTime}. */
    public long lastUsedNanos() {
        return lastUsedNanos;
    }

    @Override
    public String name() {
        return peer.name();
    }

    @Override
    public ByteBufAllocator allocator() {
        return transport.allocator();
    }

    @Override
    public boolean isOpen() {
        return !closed && !givenUp;
    }

    @Override
    public void send(ByteBuf frame) {
        transport.send(frame);
    }

    @Override
    public void send(ByteBuf frame, Runnable lost) {
        transport.send(frame, () -> {
            LOG.info("{}: closed, the client does not acknowledge what it is sent", peer);
            givenUp = true;
            disconnect();
            lost.run();
        });
    }

    /** MS-SMB2 3.3.7.1 Handling Loss of a Connection, begun by this side. */
    public void disconnect() {
        transport.close();
    }

    /**
     * The transport has ended: ends all that waits here, and sessions without another channel; may block on the disk.
     */
    public void closed() {
        closed = true;
        pending.close();
        olderProtocol().ifPresent(OlderProtocol::closed);
        List.copyOf(sessions.values()).forEach(this::lose);
    }

    /** Whether the transport has ended. */
    public boolean isClosed() {
        return closed;
    }
}

package org.smbd.server.smb1;

import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb1.DosTime;
import org.smbd.protocol.smb1.Smb1Command;
import org.smbd.protocol.smb1.Smb1Header;
import org.smbd.protocol.wire.WireReader;
import org.smbd.server.conn.Connection;
import org.smbd.server.conn.Lane;
import org.smbd.server.conn.OlderProtocol;
import org.smbd.server.session.Session;

/**
 * A connection that has negotiated SMB1: MS-CIFS 3.3.1.3 Per SMB Connection. Its messages are done one after the other
 * in the lane of the connection, but for log-ins and for what waits.
 */
final class Smb1Connection implements OlderProtocol {
    private final Connection connection;
    private final Smb1Settings settings;
    private final Smb1Dispatcher dispatcher;
    private final Smb1Dialect dialect;
    private final boolean extendedSecurity;
    private final byte[] challenge;
    private final DosTime time;
    private final Smb1Signing signing = new Smb1Signing();
    private final Map<Integer, Session> sessions = new ConcurrentHashMap<>();
    private final Smb1Ids<Smb1Tree> trees = new Smb1Ids<>(Smb1Limits.IDS_MAX);
    private final Smb1Ids<Smb1Open> opens = new Smb1Ids<>(Smb1Limits.IDS_MAX);
    private final Smb1Searches searches = new Smb1Searches();
    private final Smb1Transactions transactions = new Smb1Transactions();
    private final Set<Smb1Pending> pending = ConcurrentHashMap.newKeySet();
    private volatile int clientBufferBytes = Smb1Limits.BUFFER_BYTES;
    private volatile int clientCapabilities;
    private int lastUid;

    /**
     * A connection behind its NEGOTIATE.
     *
     * @param extendedSecurity whether log-ins are done by tokens
     * @param challenge of the other log-ins; empty with extended security
     */
    Smb1Connection(
            Connection connection,
            Smb1Settings settings,
            Smb1Dispatcher dispatcher,
            Smb1Dialect dialect,
            boolean extendedSecurity,
            byte[] challenge,
            ZoneId zone) {
        this.connection = connection;
        this.settings = settings;
        this.dispatcher = dispatcher;
        this.dialect = dialect;
        this.extendedSecurity = extendedSecurity;
        this.challenge = challenge;
        this.time = new DosTime(zone.getRules().getOffset(Instant.now()));
    }

    /** Takes a message. Lane only; borrows the frame. */
    void receive(ByteBuf frame) {
        Smb1Header header = Smb1Header.decode(new WireReader(frame));
        boolean cancel = header.command() == Smb1Command.NT_CANCEL.code();
        int sequence = signing.admit(!cancel);
        boolean genuine = signing.verify(frame, sequence);
        if (cancel) {
            if (genuine) {
                cancelWhere(waiting -> waiting.isNamedBy(header), NtStatus.CANCELLED);
            }
            return;
        }
        Smb1Exchange exchange = new Smb1Exchange(this, header, frame.retain(), sequence);
        if (!genuine) {
            exchange.refuse(NtStatus.ACCESS_DENIED);
        } else if (header.command() == Smb1Command.SESSION_SETUP_ANDX.code()) {
            connection.loginLane().execute(() -> {
                exchange.run();
                return Lane.NOTHING;
            });
        } else {
            exchange.run();
        }
    }

    Connection connection() {
        return connection;
    }

    Smb1Settings settings() {
        return settings;
    }

    Smb1Dispatcher dispatcher() {
        return dispatcher;
    }

    Smb1Dialect dialect() {
        return dialect;
    }

    boolean hasExtendedSecurity() {
        return extendedSecurity;
    }

    byte[] challenge() {
        return challenge.clone();
    }

    DosTime time() {
        return time;
    }

    Smb1Signing signing() {
        return signing;
    }

    /** Connection.SessionTable, by UID. */
    Optional<Session> session(int uid) {
        return Optional.ofNullable(sessions.get(uid))
                .filter(session -> session.established().isPresent());
    }

    /** A log-in that is under way, or done. */
    Optional<Session> login(int uid) {
        return Optional.ofNullable(sessions.get(uid));
    }

    /**
     * A UID that no session has.
     *
     * @throws org.smbd.core.status.SmbException INSUFFICIENT_RESOURCES where there is none
     */
    synchronized int nextUid() {
        if (sessions.size() >= Smb1Limits.IDS_MAX) {
            throw NtStatus.INSUFFICIENT_RESOURCES.exception();
        }
        do {
            lastUid = lastUid >= Smb1Limits.IDS_MAX ? 1 : lastUid + 1;
        } while (sessions.containsKey(lastUid));
        return lastUid;
    }

    /** A log-in begins under a UID; it leaves the table when it is closed. */
    void addSession(int uid, Session session) {
        connection.addSession(session);
        sessions.put(uid, session);
        session.onClose(() -> sessions.remove(uid, session));
    }

    /** Connection.TreeConnectTable. */
    Smb1Ids<Smb1Tree> trees() {
        return trees;
    }

    /** Connection.FileOpenTable. */
    Smb1Ids<Smb1Open> opens() {
        return opens;
    }

    /** Connection.SearchOpenTable. */
    Smb1Searches searches() {
        return searches;
    }

    Smb1Transactions transactions() {
        return transactions;
    }

    /** Connection.ClientMaxBufferSize, in bytes. */
    int clientBufferBytes() {
        return clientBufferBytes;
    }

    int clientCapabilities() {
        return clientCapabilities;
    }

    /** What a log-in says of the client. */
    void setClient(int bufferBytes, int capabilities) {
        clientBufferBytes = bufferBytes;
        clientCapabilities = capabilities;
    }

    /** A message waits; false above the limit. */
    boolean addPending(Smb1Pending waiting) {
        if (pending.size() >= Smb1Limits.PENDING_MAX) {
            return false;
        }
        pending.add(waiting);
        return true;
    }

    void removePending(Smb1Pending waiting) {
        pending.remove(waiting);
    }

    /** Ends waits with a status; how many. */
    int cancelWhere(Predicate<Smb1Pending> condition, NtStatus status) {
        int count = 0;
        for (Smb1Pending waiting : pending) {
            if (condition.test(waiting) && waiting.cancel(status)) {
                count++;
            }
        }
        return count;
    }

    @Override
    public String name() {
        return dialect == Smb1Dialect.NT1 ? "NT1" : dialect.name();
    }

    @Override
    public int frameBytesMax() {
        return Smb1Limits.FRAME_BYTES;
    }

    @Override
    public String signingName() {
        return signing.isActive() ? "MD5" : "";
    }

    @Override
    public void closed() {
        cancelWhere(waiting -> true, NtStatus.CANCELLED);
        transactions.close();
        connection.lane().execute(() -> {
            searches.close();
            return Lane.NOTHING;
        });
    }
}

package org.smbd.server.pipeline;

import io.netty.buffer.ByteBuf;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.frame.TransformHeader;
import org.smbd.protocol.smb1.Smb1Header;
import org.smbd.protocol.smb2.FileId;
import org.smbd.protocol.smb2.SessionSetupRequest;
import org.smbd.protocol.smb2.Smb2Command;
import org.smbd.protocol.smb2.Smb2Flags;
import org.smbd.protocol.smb2.Smb2Header;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.server.conn.Connection;
import org.smbd.server.conn.CreditPolicy;
import org.smbd.server.conn.Lane;
import org.smbd.server.metrics.Metrics;
import org.smbd.server.session.OpenHandle;
import org.smbd.server.session.Session;
import org.smbd.server.session.TreeConnect;

/**
 * From a frame to requests that are proven to be allowed: MS-SMB2 3.3.5.2 Receiving Any Message, one method per
 * subsection, in that order. Runs in the lane of the connection, so requests are admitted in the order of their
 * arrival.
 */
public final class RequestPipeline {
    private static final Logger LOG = LoggerFactory.getLogger(RequestPipeline.class);

    /** 3.3.5.2: the size of a request that cannot carry multi-credit payload. */
    private static final int SINGLE_CREDIT_MESSAGE_BYTES_MAX = 68 * 1024;

    private static final int COMMAND_OFFSET = 12;

    /** To open or verify more would keep an event loop from its other connections. */
    private static final int ADMITTED_NOW_BYTES_MAX = 16 * 1024;

    /** Most waits are over by then, and their interim response never shows. */
    private static final long GRACE_MICROS = 1000;

    private final CommandHandler handler;
    private final Smb1Handler smb1;
    private final Executor requests;
    private final ScheduledExecutorService timer;
    private final InstantSource clock;
    private final Metrics metrics;
    private final ReplyWriter writer;

    public RequestPipeline(
            CommandHandler handler,
            Smb1Handler smb1,
            Executor requests,
            ScheduledExecutorService timer,
            InstantSource clock,
            Metrics metrics,
            CreditPolicy creditPolicy) {
        this.handler = handler;
        this.smb1 = smb1;
        this.requests = requests;
        this.timer = timer;
        this.clock = clock;
        this.metrics = metrics;
        this.writer = new ReplyWriter(creditPolicy);
    }

    /** What an SMB1 message, which can only be a NEGOTIATE, is given to. Borrows the frame. */
    @FunctionalInterface
    public interface Smb1Handler {
        /** 3.3.5.3 Receiving an SMB_COM_NEGOTIATE. */
        void receive(Connection connection, ByteBuf frame);
    }

    /**
     * Takes a frame, without its length prefix, over into the lane of its connection. On the event loop, which admits
     * short frames itself: to hand them over would cost more.
     */
    public void receive(Connection connection, ByteBuf frame) {
        int frameBytes = frame.readableBytes();
        connection.frameReceived(frameBytes);
        if (frameBytes <= ADMITTED_NOW_BYTES_MAX && connection.isAuthenticated()) {
            Runnable rest = connection.lane().runNow(() -> admit(connection, frame, true));
            if (rest != null) {
                if (rest != Lane.NOTHING) {
                    requests.execute(rest);
                }
                return;
            }
        }
        connection.lane().execute(() -> admit(connection, frame, false));
    }

    private Runnable admit(Connection connection, ByteBuf frame, boolean onLoop) {
        int frameBytes = frame.readableBytes();
        CompoundChain chain = null;
        try {
            if (connection.isClosed()) {
                return Lane.NOTHING;
            }
            List<Request> admitted = read(connection, frame);
            if (!admitted.isEmpty()) {
                chain = new CompoundChain(this, connection, frame, frameBytes, admitted);
            }
        } catch (MalformedMessage malformed) {
            LOG.info("{}: closed, it sent a message that is not SMB2", connection.peer());
            connection.disconnect();
        } catch (RuntimeException unexpected) {
            LOG.error("{}: closed, a frame could not be read", connection.peer(), unexpected);
            connection.disconnect();
        } finally {
            if (chain == null) {
                frame.release();
                connection.frameDone(frameBytes);
            }
        }
        return chain == null ? Lane.NOTHING : start(chain, connection, onLoop);
    }

    private Runnable start(CompoundChain chain, Connection connection, boolean onLoop) {
        Request first = chain.first();
        boolean ready = admitFirst(first, () -> requests.execute(chain::runAdmitted));
        if (!ready) {
            return Lane.NOTHING;
        }
        return switch (first.header().command()) {
            case NEGOTIATE, ECHO -> {
                chain.runAdmitted();
                yield Lane.NOTHING;
            }
            case SESSION_SETUP -> {
                connection.loginLane().execute(() -> {
                    chain.runAdmitted();
                    return Lane.NOTHING;
                });
                yield Lane.NOTHING;
            }
            case READ -> onLoop && chain.runWithoutBlocking() ? Lane.NOTHING : chain::runAdmitted;
            default -> chain::runAdmitted;
        };
    }

    /** The requests of a frame, each with its sequence number and signature proven; CANCELs are done here. */
    private List<Request> read(Connection connection, ByteBuf frame) {
        if (Smb1Header.startsAt(frame, frame.readerIndex())) {
            smb1.receive(connection, frame);
            return List.of();
        }
        Session sealedBy = TransformHeader.startsAt(frame, frame.readerIndex()) ? unseal(connection, frame) : null;
        return split(connection, frame, sealedBy);
    }

    /** 3.3.5.2.1.1 Decrypting the Message. Whatever is wrong with it closes the connection. */
    private static Session unseal(Connection connection, ByteBuf frame) {
        long sessionId = TransformHeader.decode(new WireReader(frame)).sessionId();
        Session session = connection.session(sessionId).orElseThrow(MalformedMessage::connection);
        if (session.established().isEmpty() || !session.security().open(frame)) {
            LOG.info("{}: closed, a sealed message was not sealed with the session's key", connection.peer());
            throw MalformedMessage.connection();
        }
        if (!session.hasReceivedSealed()) {
            session.receivedSealed();
        }
        return session;
    }

    private List<Request> split(Connection connection, ByteBuf frame, Session sealedBy) {
        List<Request> found = new ArrayList<>(1);
        int offset = frame.readerIndex();
        int end = frame.writerIndex();
        long chainSessionId = 0;
        while (offset < end) {
            Request request = readHeader(connection, frame.slice(offset, end - offset), found.isEmpty(), sealedBy);
            Smb2Header header = request.header();
            if (sealedBy != null) {
                verifySealedIds(header, found.isEmpty(), sealedBy);
                request.setSession(sealedBy); // whatever becomes of it, its answer is sealed: ECHO looks up no session
            }
            if (!header.isRelated() || offset == frame.readerIndex()) {
                chainSessionId = header.sessionId();
            }
            verifyConnectionState(connection, header);
            boolean cancel = header.command() == Smb2Command.CANCEL && request.unknownCommand() < 0;
            if (!cancel) {
                verifySequenceNumber(connection, header);
            }
            verifyMessageSize(connection, header, request.message().readableBytes());
            NtStatus refusal = verifySignature(request, frame, offset, chainSessionId);
            if (cancel) {
                if (refusal == null) {
                    cancel(connection, header);
                }
            } else {
                request.refuse(refusal);
                found.add(request);
            }
            offset += header.nextCommand() == 0 ? end - offset : header.nextCommand();
        }
        if (found.size() > 1) {
            refuseWhatCannotBeCompounded(found);
        }
        return found;
    }

    private static Request readHeader(Connection connection, ByteBuf rest, boolean first, Session sealedBy) {
        int unknownCommand = -1;
        ByteBuf head = rest;
        if (!first
                && rest.readableBytes() >= Smb2Header.SIZE_BYTES
                && Smb2Command.of(rest.getUnsignedShortLE(COMMAND_OFFSET)).isEmpty()) {
            // Windows answers an unknown command inside a chain; 3.3.5.2.6 has it close the connection.
            unknownCommand = rest.getUnsignedShortLE(COMMAND_OFFSET);
            head = rest.copy(0, Smb2Header.SIZE_BYTES);
            head.setShortLE(COMMAND_OFFSET, Smb2Command.ECHO.code());
        }
        try {
            Smb2Header header = Smb2Header.decode(new WireReader(head));
            int messageBytes = header.messageBytes(rest.readableBytes());
            return new Request(connection, header, unknownCommand, rest.slice(0, messageBytes), sealedBy != null);
        } finally {
            if (head != rest) {
                head.release();
            }
        }
    }

    /** 3.3.5.2.1.1, last part: the ids inside must be those outside. */
    private static void verifySealedIds(Smb2Header header, boolean first, Session sealedBy) {
        if (first && header.isRelated() || !header.isRelated() && header.sessionId() != sealedBy.sessionId()) {
            throw MalformedMessage.connection();
        }
    }

    /** 3.3.5.2.2 Verifying the Connection State, and 3.3.5.4: there is one NEGOTIATE, and it comes first. */
    private static void verifyConnectionState(Connection connection, Smb2Header header) {
        if (connection.negotiation().isPresent() == (header.command() == Smb2Command.NEGOTIATE)) {
            throw MalformedMessage.connection();
        }
    }

    /** 3.3.5.2.3 Verifying the Sequence Number. */
    private static void verifySequenceNumber(Connection connection, Smb2Header header) {
        if (!connection.credits().consume(header.messageId(), ChargeCheck.sequenceNumbers(connection, header))) {
            LOG.info("{}: closed, message id {} is outside its window", connection.peer(), header.messageId());
            throw MalformedMessage.connection();
        }
    }

    /** 3.3.5.2 Receiving Any Message: what cannot be long is not. */
    private static void verifyMessageSize(Connection connection, Smb2Header header, int messageBytes) {
        if (messageBytes > SINGLE_CREDIT_MESSAGE_BYTES_MAX
                && !(header.command().chargesPayload()
                        && connection.negotiation().isPresent()
                        && connection.negotiated().supportsMultiCredit())) {
            throw MalformedMessage.connection();
        }
    }

    /**
     * 3.3.5.2.4 Verifying the Signature; null if it may go on.
     *
     * @param frame what the message is a part of, at {@code offset}: it has room behind it for the cipher
     */
    private static NtStatus verifySignature(Request request, ByteBuf frame, int offset, long sessionId) {
        Smb2Header header = request.header();
        boolean signed = header.has(Smb2Flags.SIGNED);
        if (request.isSealed()) {
            return null;
        }
        if (header.command() == Smb2Command.NEGOTIATE) {
            return signed ? NtStatus.INVALID_PARAMETER : null;
        }
        Optional<Session> session = request.connection().session(sessionId);
        if (session.isEmpty()) {
            return signed && !isBinding(request) ? NtStatus.USER_SESSION_DELETED : null;
        }
        if (session.get().established().isEmpty()) {
            return signed ? NtStatus.NOT_SUPPORTED : null;
        }
        if (!session.get().security().canSign()) {
            // A guest's client may sign with a key that only it knows: there is nothing to compare with, and to refuse
            // would make the log-in that was just granted useless.
            return null;
        }
        request.setSession(session.get()); // so that the refusal can be signed
        if (signed) {
            boolean good = session.get()
                    .security()
                    .verify(frame, offset, request.message().readableBytes());
            if (good && !session.get().hasReceivedSigned()) {
                session.get().receivedSigned();
            }
            return good ? null : NtStatus.ACCESS_DENIED;
        }
        return session.get().signingRequired() ? NtStatus.ACCESS_DENIED : null;
    }

    private static boolean isBinding(Request request) {
        int flagsOffset = Smb2Header.SIZE_BYTES + Short.BYTES;
        return request.header().command() == Smb2Command.SESSION_SETUP
                && request.message().readableBytes() > flagsOffset
                && (request.message().getByte(flagsOffset) & SessionSetupRequest.FLAG_BINDING) != 0;
    }

    /** 3.3.5.16 Receiving an SMB2 CANCEL Request. */
    private static void cancel(Connection connection, Smb2Header header) {
        if (header.isAsync()) {
            connection.pending().cancelAsync(header.asyncId());
        } else {
            connection.pending().cancelMessage(header.messageId());
        }
    }

    /** 3.3.5.2.7 Handling Compounded Requests. */
    private static void refuseWhatCannotBeCompounded(List<Request> chain) {
        for (Request request : chain) {
            if (!request.header().command().mayBeCompounded()) {
                request.refuse(NtStatus.INVALID_PARAMETER);
            }
        }
    }

    /**
     * Admits the first request of a frame; false if its open is still in use, and {@code whenAlone} goes on with it.
     */
    private boolean admitFirst(Request request, Runnable whenAlone) {
        if (request.header().isRelated()) { // 3.3.5.2.7.2: nothing comes before the first
            request.refuse(NtStatus.INVALID_PARAMETER);
        }
        return admitRequest(request, null, whenAlone);
    }

    /** Admits a later one, when it is its turn: a related one gets its ids here. */
    boolean admitLater(Request request, RelatedIds related, Runnable whenAlone) {
        if (!request.header().isRelated()) {
            return admitRequest(request, null, whenAlone);
        }
        if (request.refusal() == null) {
            request.refuse(related.refusal(request.header().command()));
        }
        request.setHeader(related.resolve(request.header()));
        return admitRequest(request, related.fileId(), whenAlone);
    }

    private boolean admitRequest(Request request, FileId inherited, Runnable whenAlone) {
        if (request.unknownCommand() >= 0 && request.refusal() == null) {
            request.refuse(NtStatus.INVALID_PARAMETER);
        }
        if (request.refusal() == null) {
            request.refuse(verifySession(request));
        }
        if (request.refusal() == null) {
            request.refuse(verifyTreeConnect(request));
        }
        if (request.refusal() != null || !request.header().command().hasFileId()) {
            return true;
        }
        return findOpen(request, inherited == null ? readFileId(request) : inherited, whenAlone);
    }

    /** 3.3.5.2.9 Verifying the Session; null if it may go on. */
    private NtStatus verifySession(Request request) {
        Smb2Command command = request.header().command();
        Optional<Session> found = request.connection().session(request.header().sessionId());
        if (!command.needsSession()) {
            return null;
        }
        if (found.isEmpty()) {
            return NtStatus.USER_SESSION_DELETED;
        }
        Session session = found.get();
        request.setSession(session);
        boolean always = command == Smb2Command.LOGOFF || command == Smb2Command.CLOSE || command == Smb2Command.LOCK;
        switch (session.state(clock.instant())) {
            case IN_PROGRESS -> {
                if (command != Smb2Command.LOGOFF) {
                    return NtStatus.USER_SESSION_DELETED;
                }
            }
            case EXPIRED -> {
                if (!always) {
                    return NtStatus.NETWORK_SESSION_EXPIRED;
                }
            }
            case CLOSED -> {
                return NtStatus.USER_SESSION_DELETED;
            }
            case VALID -> {}
        }
        return session.encryptData() && !request.isSealed() ? NtStatus.ACCESS_DENIED : null;
    }

    /** 3.3.5.2.11 Verifying the Tree Connect; null if it may go on. */
    private static NtStatus verifyTreeConnect(Request request) {
        if (!request.header().command().needsTree()) {
            return null;
        }
        Optional<TreeConnect> tree = request.session().tree(request.header().treeId());
        if (tree.isEmpty()) {
            return NtStatus.NETWORK_NAME_DELETED;
        }
        request.setTree(tree.get());
        return tree.get().encryptData() && !request.isSealed() ? NtStatus.ACCESS_DENIED : null;
    }

    /** References the open; false if a CLOSE has to wait for the requests before it. */
    private static boolean findOpen(Request request, FileId named, Runnable whenAlone) {
        if (named == null) {
            return true;
        }
        request.setOpen(named, null);
        Optional<OpenHandle> found = request.session().find(named).filter(open -> open.tree() == request.tree());
        if (found.isEmpty()) {
            return true;
        }
        OpenHandle open = found.get();
        if (request.header().command() == Smb2Command.CLOSE) {
            return acquireForClose(request, named, open, whenAlone);
        }
        if (open.acquire()) {
            request.setOpen(named, open);
            verifyChannelSequence(request, open);
        }
        return true;
    }

    private static boolean acquireForClose(Request request, FileId named, OpenHandle open, Runnable whenAlone) {
        request.setOpen(named, open); // before another thread may go on
        return switch (open.acquireForClose(whenAlone)) {
            case ALONE -> true;
            case WAIT -> false;
            case CLOSED -> {
                request.setOpen(named, null);
                yield true;
            }
        };
    }

    /** The FileId where the command has it; null if the message ends before. */
    private static FileId readFileId(Request request) {
        int offset = Smb2Header.SIZE_BYTES + request.header().command().fileIdOffset();
        if (request.message().readableBytes() < offset + FileId.SIZE_BYTES) {
            return null;
        }
        return new FileId(request.message().getLongLE(offset), request.message().getLongLE(offset + Long.BYTES));
    }

    /** 3.3.5.2.10 Verifying the Channel Sequence Number. */
    private static void verifyChannelSequence(Request request, OpenHandle open) {
        Smb2Header header = request.header();
        if (!request.connection().dialect().isSmb3()) {
            return;
        }
        if (open.channelSequence().begin(header.channelSequence(), header.has(Smb2Flags.REPLAY_OPERATION))) {
            request.setSequenced();
        } else if (header.command().modifies()) {
            request.refuse(NtStatus.FILE_NOT_AVAILABLE);
        }
    }

    CommandHandler handler() {
        return handler;
    }

    ReplyWriter writer() {
        return writer;
    }

    Metrics metrics() {
        return metrics;
    }

    /** Runs something on the request pool. */
    void execute(Runnable task) {
        requests.execute(task);
    }

    /** Runs something on the request pool when the grace before an interim response is over. */
    Future<?> afterGrace(Runnable task) {
        return timer.schedule(() -> requests.execute(task), GRACE_MICROS, TimeUnit.MICROSECONDS);
    }
}

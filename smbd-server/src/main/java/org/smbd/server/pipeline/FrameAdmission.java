package org.smbd.server.pipeline;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.frame.TransformHeader;
import org.smbd.protocol.smb1.Smb1Header;
import org.smbd.protocol.smb2.Smb2Command;
import org.smbd.protocol.smb2.Smb2Flags;
import org.smbd.protocol.smb2.Smb2Header;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.server.conn.Connection;
import org.smbd.server.session.MessageSecurity;
import org.smbd.server.session.Session;
import org.smbd.server.session.SessionTable;

/**
 * From a frame to the requests in it, each proven to be the client's: MS-SMB2 3.3.5.2.1 to 3.3.5.2.4, and what a chain
 * may not hold (3.3.5.2.7); one method per subsection, in that order. Lane of the connection only.
 */
final class FrameAdmission {
    private static final Logger LOG = LoggerFactory.getLogger(FrameAdmission.class);

    /** 3.3.5.2: the size of a request that cannot carry multi-credit payload. */
    private static final int SINGLE_CREDIT_MESSAGE_BYTES_MAX = 68 * 1024;

    private static final int COMMAND_OFFSET = 12;

    private final RequestPipeline.Smb1Handler smb1;
    private final SessionTable sessions;

    FrameAdmission(RequestPipeline.Smb1Handler smb1, SessionTable sessions) {
        this.smb1 = smb1;
        this.sessions = sessions;
    }

    /** The requests of a frame, each with its sequence number and signature proven; CANCELs are done here. */
    List<Request> read(Connection connection, ByteBuf frame) {
        if (Smb1Header.startsAt(frame, frame.readerIndex())) {
            smb1.receive(connection, frame);
            return List.of();
        }
        if (connection.olderProtocol().isPresent()) {
            throw MalformedMessage.connection(); // there is no way back from SMB1
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
            return new Request(connection, header, unknownCommand, rest.slice(0, messageBytes), sealedBy);
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
    private NtStatus verifySignature(Request request, ByteBuf frame, int offset, long sessionId) {
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
            return signed ? verifyOfAnotherConnection(request, frame, offset, sessionId) : null;
        }
        if (session.get().established().isEmpty()) {
            return signed ? NtStatus.NOT_SUPPORTED : null;
        }
        MessageSecurity security = session.get().security(request.connection());
        if (!security.canSign()) {
            // A guest's client may sign with a key that only it knows: there is nothing to compare with, and to refuse
            // would make the log-in that was just granted useless.
            return null;
        }
        request.setSession(session.get()); // so that the refusal can be signed
        if (signed) {
            boolean good = security.verify(frame, offset, request.message().readableBytes());
            if (good) {
                session.get().received(true);
            }
            return good ? null : NtStatus.ACCESS_DENIED;
        }
        if (session.get().signingRequired()) {
            return NtStatus.ACCESS_DENIED;
        }
        session.get().received(false);
        return null;
    }

    /**
     * 3.3.5.2.4: the request to bind a session is signed with the key that the session has had from its beginning. Any
     * other request for a session of another connection, or one that has just ended, is refused, with a signature where
     * the client has the key: some take no refusal without one.
     */
    private NtStatus verifyOfAnotherConnection(Request request, ByteBuf frame, int offset, long sessionId) {
        boolean binds = request.header().command() == Smb2Command.SESSION_SETUP;
        Optional<Session> session = sessions.find(sessionId);
        if (session.isEmpty() && !binds) {
            session = request.connection().endedSession(sessionId);
        }
        if (session.isEmpty()) {
            return NtStatus.USER_SESSION_DELETED;
        }
        if (session.get().established().isEmpty()
                || !session.get().security(request.connection()).canSign()) {
            // there is nothing to compare with: the handler knows why it cannot be bound
            return binds ? null : NtStatus.USER_SESSION_DELETED;
        }
        MessageSecurity security = session.get().security(request.connection());
        if (!security.verify(frame, offset, request.message().readableBytes())) {
            return binds ? NtStatus.ACCESS_DENIED : NtStatus.USER_SESSION_DELETED;
        }
        request.setSession(session.get());
        return binds ? null : NtStatus.USER_SESSION_DELETED;
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
}

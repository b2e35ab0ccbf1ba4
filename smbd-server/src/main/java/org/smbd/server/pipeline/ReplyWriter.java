package org.smbd.server.pipeline;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.function.Consumer;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.crypto.MessageCipher;
import org.smbd.protocol.smb2.Dialect;
import org.smbd.protocol.smb2.ErrorBody;
import org.smbd.protocol.smb2.Smb2Command;
import org.smbd.protocol.smb2.Smb2Flags;
import org.smbd.protocol.smb2.Smb2Header;
import org.smbd.protocol.wire.WireWriter;
import org.smbd.server.conn.Connection;
import org.smbd.server.conn.CreditPolicy;
import org.smbd.server.conn.Negotiated;
import org.smbd.server.conn.PendingOperation;
import org.smbd.server.session.MessageSecurity;
import org.smbd.server.session.Session;

/** MS-SMB2 3.3.4.1 Sending Any Outgoing Message: header, credits, padding, signature, encryption. */
final class ReplyWriter {
    /** A response that waits for the others of its frame. */
    record Written(Request request, ByteBuf buffer, boolean creditsGranted) {
        void release() {
            buffer.release();
        }

        int messageBytes() {
            return buffer.writerIndex() - ResponseBuffer.MESSAGE;
        }
    }

    private static final int COMPOUND_ALIGNMENT = 8;
    private static final int COMMAND_OFFSET = 12;

    private final CreditPolicy creditPolicy;

    ReplyWriter(CreditPolicy creditPolicy) {
        this.creditPolicy = creditPolicy;
    }

    /**
     * Writes a response, without credits and signature.
     *
     * @param async the operation that an interim response announced, or null
     */
    Written write(
            Request request, NtStatus status, Consumer<WireWriter> body, int payloadBytes, PendingOperation async) {
        long asyncId = async == null ? 0 : async.asyncId();
        ByteBuf buffer = request.response().encode(header(request, status, async != null, asyncId), body, payloadBytes);
        request.response().take();
        if (request.unknownCommand() >= 0) {
            buffer.setShortLE(ResponseBuffer.MESSAGE + COMMAND_OFFSET, request.unknownCommand());
        }
        return new Written(request, buffer, async != null);
    }

    /** Writes an error response: 3.3.4.4 Sending an Error Response. */
    Written writeError(Request request, NtStatus status, ErrorBody body, PendingOperation async) {
        Dialect dialect =
                request.connection().negotiation().map(Negotiated::dialect).orElse(Dialect.SMB_2_0_2);
        return write(request, status, out -> body.encode(dialect, out), 0, async);
    }

    /**
     * 3.3.4.2 Sending an Interim Response for an Asynchronous Operation. It is sealed where others are, never signed.
     */
    void sendInterim(Request request, long asyncId) {
        ResponseBuffer buffer =
                new ResponseBuffer(request.connection().transport().allocator());
        buffer.encode(
                header(request, NtStatus.PENDING, true, asyncId),
                out -> ErrorBody.Empty.INSTANCE.encode(Dialect.SMB_2_0_2, out),
                0);
        ByteBuf message = buffer.take();
        Smb2Header.setCredits(
                message,
                ResponseBuffer.MESSAGE,
                grant(request.connection(), request.header().credits()));
        if (sealsReply(request)) {
            seal(request.session(), message);
        } else {
            frame(message);
        }
        request.connection().send(message);
    }

    /** Sends responses as one frame: 3.3.4.1.3 Sending Compounded Responses. The last one grants for all. */
    void send(Connection connection, List<Written> responses) {
        Written last = responses.get(responses.size() - 1);
        boolean grants = false;
        int creditsWanted = 0;
        boolean seals = false;
        for (Written written : responses) {
            if (!written.creditsGranted()) {
                grants = true;
                creditsWanted += written.request().header().credits();
            }
            seals |= sealsReply(written.request());
        }
        if (grants) {
            Smb2Header.setCredits(last.buffer(), ResponseBuffer.MESSAGE, grant(connection, creditsWanted));
        }
        ByteBuf frame = responses.size() == 1 ? last.buffer() : join(responses, !seals);
        if (seals) {
            seal(last.request().session(), frame);
        } else {
            if (responses.size() == 1 && signsReply(last.request())) {
                sign(last.request(), frame, ResponseBuffer.MESSAGE, last.messageBytes());
            }
            if (responses.size() == 1 && last.request().encodedListener() != null) { // it is hashed as it is sent
                last.request().encodedListener().accept(frame.slice(ResponseBuffer.MESSAGE, last.messageBytes()));
            }
            frame(frame);
        }
        connection.send(frame);
    }

    private ByteBuf join(List<Written> responses, boolean plain) {
        int bytes = ResponseBuffer.MESSAGE + MessageCipher.ROOM_BYTES;
        for (Written written : responses) {
            bytes += written.messageBytes() + COMPOUND_ALIGNMENT;
        }
        ByteBuf frame =
                responses.get(0).request().connection().transport().allocator().directBuffer(bytes);
        frame.setIndex(ResponseBuffer.MESSAGE, ResponseBuffer.MESSAGE);
        for (int i = 0; i < responses.size(); i++) {
            Written written = responses.get(i);
            int start = frame.writerIndex();
            frame.writeBytes(written.buffer(), ResponseBuffer.MESSAGE, written.messageBytes());
            frame.writeZero(-written.messageBytes() & COMPOUND_ALIGNMENT - 1); // the last one, too
            if (i < responses.size() - 1) {
                Smb2Header.setNextCommand(frame, start, frame.writerIndex() - start);
            }
            if (i > 0) {
                Smb2Header.addFlags(frame, start, written.request().header().flags() & Smb2Flags.RELATED_OPERATIONS);
            }
            if (plain && signsReply(written.request())) {
                sign(written.request(), frame, start, frame.writerIndex() - start);
            }
            written.release();
        }
        return frame;
    }

    private static Smb2Header header(Request request, NtStatus status, boolean async, long asyncId) {
        Smb2Header received = request.header();
        int flags = Smb2Flags.SERVER_TO_REDIR
                | (async ? Smb2Flags.ASYNC_COMMAND : 0)
                | (received.flags() & Smb2Flags.PRIORITY_MASK);
        return new Smb2Header(
                received.creditCharge(),
                status.code(),
                received.command(),
                0,
                flags,
                0,
                received.messageId(),
                async ? (int) asyncId : received.processId(),
                async ? (int) (asyncId >>> 32) : request.replyTreeId(),
                request.replySessionId());
    }

    /** 3.3.4.1.2 Granting Credits to the Client. */
    private int grant(Connection connection, int wanted) {
        return connection.credits().grant(Math.min(0xFFFF, wanted), creditPolicy.heldMax(connection));
    }

    /** 3.3.4.1.1 Signing the Message. */
    private static boolean signsReply(Request request) {
        Session session = request.session();
        return session != null
                && session.established().isPresent()
                && session.security(request.connection()).canSign()
                && (request.mustSignReply() || request.header().has(Smb2Flags.SIGNED) || session.signingRequired());
    }

    /** 3.3.4.1.4 Encrypting the Message. */
    private static boolean sealsReply(Request request) {
        Smb2Command command = request.header().command();
        Session session = request.session();
        if (session == null
                || session.established().isEmpty()
                || !session.security().canSeal()) {
            return false;
        }
        if (request.isSealed()) {
            return true;
        }
        if (command == Smb2Command.NEGOTIATE || command == Smb2Command.SESSION_SETUP) {
            return false;
        }
        return session.encryptData()
                || command != Smb2Command.TREE_CONNECT
                        && request.tree() != null
                        && request.tree().encryptData();
    }

    private static void sign(Request request, ByteBuf frame, int start, int messageBytes) {
        Smb2Header.addFlags(frame, start, Smb2Flags.SIGNED);
        MessageSecurity security = request.session().security(request.connection());
        security.sign(frame, start, messageBytes);
    }

    static void seal(Session session, ByteBuf frame) {
        int messageBytes = frame.writerIndex() - ResponseBuffer.MESSAGE;
        session.security().seal(session.sessionId(), frame, ResponseBuffer.FRAME_HEADER_BYTES, messageBytes);
        frame.setInt(0, messageBytes + ResponseBuffer.TRANSFORM_HEADER_BYTES);
        frame.readerIndex(0);
    }

    static void frame(ByteBuf frame) {
        int start = ResponseBuffer.MESSAGE - ResponseBuffer.FRAME_HEADER_BYTES;
        frame.setInt(start, frame.writerIndex() - ResponseBuffer.MESSAGE);
        frame.readerIndex(start);
    }
}

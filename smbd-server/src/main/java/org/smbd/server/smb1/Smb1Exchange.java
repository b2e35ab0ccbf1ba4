package org.smbd.server.smb1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.protocol.frame.DirectTcpHeader;
import org.smbd.protocol.smb1.AndxChain;
import org.smbd.protocol.smb1.Smb1Block;
import org.smbd.protocol.smb1.Smb1Command;
import org.smbd.protocol.smb1.Smb1Header;
import org.smbd.protocol.smb1.Smb1Response;
import org.smbd.protocol.smb1.TransactionResponse;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireWriter;
import org.smbd.server.conn.Lane;

/**
 * One message and its answer: does the commands of its chain, one after the other, until one fails. MS-CIFS 3.3.5.1
 * Receiving Any Message, 2.2.3.4 Batched Messages. Where a command waits, the rest goes on in the lane of the
 * connection once it is done.
 */
final class Smb1Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Smb1Exchange.class);

    private static final int PREFIX_BYTES = DirectTcpHeader.SIZE_BYTES;
    private static final int SMALL_ANSWER_BYTES = 256;
    private static final int CHAIN_ALIGNMENT = 4;

    private final Smb1Connection connection;
    private final Smb1Header header;
    private final ByteBuf message;
    private final int answerSequence;
    private final Smb1Call call;
    private final AndxChain chain;
    private ByteBuf answer;
    private WireWriter out;
    private NtStatus status = NtStatus.SUCCESS;
    private int previousWordsAt;
    private boolean silent;

    /**
     * An exchange that has not begun.
     *
     * @param message header first; taken over
     * @param sequence of the request, where messages are signed
     */
    Smb1Exchange(Smb1Connection connection, Smb1Header header, ByteBuf message, int sequence) {
        this.connection = connection;
        this.header = header;
        this.message = message;
        this.answerSequence = sequence + 1;
        this.call = new Smb1Call(connection, header);
        this.chain = new AndxChain(message);
    }

    Smb1Header header() {
        return header;
    }

    /** Answers with a status, whatever was asked for. */
    void refuse(NtStatus refusal) {
        begin();
        append(new Smb1Reply.Failure(refusal), header.command());
        finish();
    }

    /** Does the first command, and those behind it. */
    void run() {
        begin();
        try {
            call.setBlock(chain.first(header));
        } catch (MalformedMessage malformed) {
            append(new Smb1Reply.Failure(statusOf(malformed)), header.command());
            finish();
            return;
        }
        proceed(perform());
    }

    private void begin() {
        answer = connection.connection().transport().allocator().directBuffer(SMALL_ANSWER_BYTES);
        answer.writeZero(PREFIX_BYTES);
        out = new WireWriter(answer); // positions count from the header
        out.zeros(Smb1Header.SIZE_BYTES);
    }

    /** The reply of the current command. */
    private Smb1Reply perform() {
        try {
            return connection.dispatcher().handle(call);
        } catch (SmbException failed) {
            return new Smb1Reply.Failure(failed.status());
        } catch (MalformedMessage malformed) {
            if (malformed.scope() == MalformedMessage.Scope.CONNECTION) {
                connection.connection().disconnect();
                return new Smb1Reply.None();
            }
            return new Smb1Reply.Failure(statusOf(malformed));
        } catch (RuntimeException unexpected) {
            LOG.error(
                    "{}: SMB1 command 0x{} failed",
                    connection.connection().peer(),
                    Integer.toHexString(call.block().command()),
                    unexpected);
            return new Smb1Reply.Failure(NtStatus.INTERNAL_ERROR);
        } finally {
            call.release();
        }
    }

    /** MS-CIFS names STATUS_INVALID_SMB for each message that is not well-formed. */
    static NtStatus statusOf(MalformedMessage malformed) {
        return malformed.status() == NtStatus.INVALID_PARAMETER ? NtStatus.INVALID_SMB : malformed.status();
    }

    private void proceed(Smb1Reply first) {
        Smb1Reply reply = first;
        while (true) {
            if (reply instanceof Smb1Reply.Later later) {
                await(later.waiting());
                return;
            }
            if (!append(reply, call.block().command())) {
                finish();
                return;
            }
            try {
                Smb1Block next = chain.next(call.block()).orElse(null);
                if (next == null) {
                    finish();
                    return;
                }
                link(next.command());
                call.setBlock(next);
            } catch (MalformedMessage malformed) {
                status = statusOf(malformed);
                finish();
                return;
            }
            reply = perform();
        }
    }

    private void await(Smb1Reply.Waiting waiting) {
        Smb1Pending pending = new Smb1Pending(call, waiting);
        if (!connection.addPending(pending)) {
            waiting.cancel(NtStatus.INSUFFICIENT_RESOURCES);
        }
        waiting.onDone(reply -> {
            connection.removePending(pending);
            connection.connection().lane().execute(() -> {
                resume(reply);
                return Lane.NOTHING;
            });
        });
    }

    private void resume(Smb1Reply reply) {
        if (connection.connection().isClosed()) {
            silent = true;
            finish();
            return;
        }
        proceed(reply);
    }

    /** Appends the answer to one command; false where the chain ends with it. */
    private boolean append(Smb1Reply reply, int commandCode) {
        boolean andx = Smb1Command.of(commandCode).filter(Smb1Command::isAndx).isPresent();
        if (reply instanceof Smb1Reply.Body body) {
            status = body.status();
            previousWordsAt = Smb1Response.encode(body.response(), andx, out, call.text());
            return status == NtStatus.SUCCESS && andx;
        }
        if (reply instanceof Smb1Reply.Failure failure) {
            status = failure.status();
            Smb1Response.encode(Smb1Response.EMPTY, false, out, call.text());
            return false;
        }
        if (reply instanceof Smb1Reply.Transaction transaction) {
            sendParts(transaction);
        }
        silent = true;
        return false;
    }

    /** Names the next command in the answer before it. */
    private void link(int nextCommand) {
        out.align(CHAIN_ALIGNMENT);
        out.patchU8(previousWordsAt, nextCommand);
        out.patchU16(previousWordsAt + 2, out.position());
    }

    private void finish() {
        call.release();
        message.release();
        if (silent) {
            answer.release();
        } else {
            send(answer);
        }
        call.sent();
    }

    private void send(ByteBuf frame) {
        int end = frame.writerIndex();
        int messageBytes = end - PREFIX_BYTES;
        frame.writerIndex(PREFIX_BYTES);
        header.answer(status, call.tid(), call.uid()).encode(new WireWriter(frame));
        frame.writerIndex(end);
        connection.signing().sign(frame, PREFIX_BYTES, messageBytes, answerSequence);
        DirectTcpHeader.encode(frame, 0, messageBytes);
        connection.connection().send(frame);
    }

    /** MS-CIFS 3.3.4.1.2 Sending Any Transaction Response: no message is longer than the client takes. */
    private void sendParts(Smb1Reply.Transaction reply) {
        status = reply.status();
        ByteBuf parameters = reply.parameters();
        ByteBuf data = reply.data();
        TransactionResponse.Totals totals =
                new TransactionResponse.Totals(parameters.readableBytes(), data.readableBytes());
        int room = Math.max(
                SMALL_ANSWER_BYTES,
                connection.clientBufferBytes()
                        - TransactionResponse.OVERHEAD_BYTES
                        - reply.setup().readableBytes());
        int parametersAt = 0;
        int dataAt = 0;
        try {
            do {
                int parameterBytes = Math.min(room, totals.parameters() - parametersAt);
                int dataBytes = Math.min(room - parameterBytes, totals.data() - dataAt);
                ByteBuf setup = parametersAt + dataAt == 0 ? reply.setup() : Unpooled.EMPTY_BUFFER;
                TransactionResponse part = new TransactionResponse(
                        reply.nt(),
                        setup,
                        totals,
                        parameters.slice(parametersAt, parameterBytes),
                        parametersAt,
                        data.slice(dataAt, dataBytes),
                        dataAt);
                sendPart(part, parameterBytes + dataBytes);
                parametersAt += parameterBytes;
                dataAt += dataBytes;
            } while (parametersAt < totals.parameters() || dataAt < totals.data());
        } finally {
            parameters.release();
            data.release();
        }
    }

    private void sendPart(TransactionResponse part, int bytes) {
        ByteBuf frame = connection
                .connection()
                .transport()
                .allocator()
                .directBuffer(PREFIX_BYTES + TransactionResponse.OVERHEAD_BYTES + SMALL_ANSWER_BYTES + bytes);
        frame.writeZero(PREFIX_BYTES);
        WireWriter writer = new WireWriter(frame);
        writer.zeros(Smb1Header.SIZE_BYTES);
        Smb1Response.encode(part, false, writer, call.text());
        send(frame);
    }
}

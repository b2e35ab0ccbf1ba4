package org.smbd.server.pipeline;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.protocol.smb2.Smb2Command;
import org.smbd.protocol.smb2.Smb2Header;
import org.smbd.protocol.smb2.Smb2Request;
import org.smbd.protocol.smb2.WriteResponse;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.server.conn.Connection;
import org.smbd.server.conn.PendingOperation;

/**
 * The requests of one frame, most often one, done in their order: MS-SMB2 3.3.5.2.7 Handling Compounded Requests. A
 * thread at a time; which thread may change where a request waits.
 *
 * <p>Owns the frame: it is released here, and nowhere else, when the last request is done.
 */
final class CompoundChain {
    private static final Logger LOG = LoggerFactory.getLogger(CompoundChain.class);

    private final RequestPipeline pipeline;
    private final Connection connection;
    private final ByteBuf frame;
    private final int frameBytes;
    private final List<Request> requests;
    private final List<ReplyWriter.Written> written = new ArrayList<>(1);
    private final RelatedIds relatedIds = new RelatedIds();
    private int next;
    private boolean frameHeld = true;

    /**
     * @param frame what the requests' messages are slices of; taken over
     * @param requests at least one
     */
    CompoundChain(
            RequestPipeline pipeline, Connection connection, ByteBuf frame, int frameBytes, List<Request> requests) {
        this.pipeline = pipeline;
        this.connection = connection;
        this.frame = frame;
        this.frameBytes = frameBytes;
        this.requests = requests;
    }

    Request first() {
        return requests.get(0);
    }

    /** Goes on with a request that is admitted, the first or one whose open had to get free; then with the others. */
    void runAdmitted() {
        guard(() -> {
            if (advance(requests.get(next))) {
                run();
            }
        });
    }

    /**
     * Does the one request of the frame, admitted, on a thread that must not block.
     *
     * @return false if that cannot be, and nothing was done
     */
    boolean runWithoutBlocking() {
        if (requests.size() > 1) {
            return false;
        }
        Request request = first();
        request.setMayBlock(false);
        try {
            Reply reply = execute(request);
            if (reply instanceof Reply.WouldBlock) {
                request.setMayBlock(true);
                return false;
            }
            done(request, reply, null);
            run();
        } catch (MalformedMessage broken) {
            abandon();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError unexpected) {
            fail(unexpected);
        }
        return true;
    }

    /** Goes on with the requests that are not done; returns when all are, or one waits. */
    private void run() {
        while (next < requests.size()) {
            Request request = requests.get(next);
            boolean admitted = next == 0
                    || pipeline.checks().admitLater(request, relatedIds, () -> pipeline.execute(this::runAdmitted));
            if (!admitted || !advance(request)) {
                return;
            }
        }
        sendWritten();
        releaseFrame();
    }

    /** A request that breaks the protocol, or an answer that cannot be given, ends the connection. */
    private void guard(Runnable step) {
        try {
            step.run();
        } catch (MalformedMessage broken) {
            abandon();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError unexpected) {
            fail(unexpected);
        }
    }

    private void fail(Throwable unexpected) {
        LOG.error("{}: closed, an answer could not be given", connection.peer(), unexpected);
        abandon();
    }

    /** Does one request; false if it waits. */
    private boolean advance(Request request) {
        Reply reply = execute(request);
        if (reply instanceof Reply.Pending pending) {
            park(request, pending.later());
            return false;
        }
        done(request, reply, null);
        return true;
    }

    /** The one place where whatever goes wrong becomes a status. */
    private Reply execute(Request request) {
        if (request.refusal() != null) {
            return Reply.failure(request.refusal());
        }
        Smb2Command command = request.header().command();
        try {
            WireReader in = new WireReader(request.message());
            in.seek(Smb2Header.SIZE_BYTES);
            Smb2Request body = Smb2Request.decode(command, in);
            if (!ChargeCheck.covers(connection, request.header(), body)) {
                return Reply.failure(NtStatus.INVALID_PARAMETER);
            }
            return pipeline.handler().handle(request, body);
        } catch (MalformedMessage malformed) {
            if (malformed.scope() == MalformedMessage.Scope.CONNECTION) {
                throw malformed;
            }
            return Reply.failure(malformed.status());
        } catch (SmbException failed) {
            return Reply.failure(failed.status());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError unexpected) {
            LOG.error(
                    "{}: {} (message {}) failed unexpectedly",
                    connection.peer(),
                    command,
                    request.header().messageId(),
                    unexpected);
            return Reply.failure(NtStatus.INTERNAL_ERROR);
        }
    }

    private void done(Request request, Reply reply, PendingOperation async) {
        NtStatus status = statusOf(reply);
        try {
            if (reply instanceof Reply.Success success) {
                written.add(pipeline.writer()
                        .write(request, status, success.response()::encode, success.payloadBytes(), async));
            } else if (reply instanceof Reply.Failure failure) {
                written.add(pipeline.writer().writeError(request, status, failure.body(), async));
            }
        } finally {
            request.response().release();
            request.releaseOpen(pipeline::execute);
        }
        count(request, reply, status);
        relatedIds.update(request, status);
        next++;
    }

    private void count(Request request, Reply reply, NtStatus status) {
        Smb2Command command = request.header().command();
        long payloadBytes = 0;
        if (reply instanceof Reply.Success success) {
            payloadBytes = success.response() instanceof WriteResponse write ? write.count() : success.payloadBytes();
        }
        pipeline.metrics().of(command).add(payloadBytes, status.isError());
    }

    private static NtStatus statusOf(Reply reply) {
        if (reply instanceof Reply.Success success) {
            return success.status();
        }
        return reply instanceof Reply.Failure failure ? failure.status() : NtStatus.SUCCESS;
    }

    /** 3.3.4.2 Sending an Interim Response for an Asynchronous Operation. */
    private void park(Request request, PendingReply later) {
        request.releaseOpen(pipeline::execute); // a CLOSE need not wait for it: closing ends the wait
        if (request.header().command() == Smb2Command.SESSION_SETUP) { // never asynchronous: only its answer is late
            later.onDone(reply -> pipeline.execute(() -> resume(request, reply, null)));
            return;
        }
        if (request.header().command() == Smb2Command.CHANGE_NOTIFY && next < requests.size() - 1) {
            // It could wait for ever, and those behind it with it. Windows says INTERNAL_ERROR.
            refuse(request, later, NtStatus.INTERNAL_ERROR);
            return;
        }
        Optional<PendingOperation> admitted = connection
                .pending()
                .add(
                        request.header().messageId(),
                        request.header().sessionId(),
                        request.header().treeId(),
                        later.outlivesConnection(),
                        later::cancel);
        if (admitted.isEmpty()) {
            refuse(request, later, NtStatus.INSUFFICIENT_RESOURCES);
            return;
        }
        PendingOperation operation = admitted.get();
        Future<?> grace = pipeline.afterGrace(() -> operation.becomeAsync(() -> sendInterim(request, operation)));
        later.onDone(reply -> {
            connection.pending().remove(operation);
            boolean wasAsync = operation.complete();
            grace.cancel(false);
            pipeline.execute(() -> resume(request, reply, wasAsync ? operation : null));
        });
    }

    private void refuse(Request request, PendingReply later, NtStatus status) {
        later.onDone(reply -> pipeline.execute(() -> resume(request, reply, null)));
        later.cancel(status);
    }

    private void sendInterim(Request request, PendingOperation operation) {
        sendWritten();
        pipeline.writer().sendInterim(request, operation.asyncId());
        if (next == requests.size() - 1) {
            releaseFrame();
        }
    }

    private void resume(Request request, Reply reply, PendingOperation async) {
        guard(() -> {
            done(request, reply, async);
            run();
        });
    }

    private void sendWritten() {
        if (!written.isEmpty()) {
            List<ReplyWriter.Written> batch = List.copyOf(written);
            written.clear();
            pipeline.writer().send(connection, batch);
            batch.forEach(sent -> sent.request().sent());
        }
    }

    /** A request broke the protocol so badly that the connection ends. */
    private void abandon() {
        connection.disconnect();
        written.forEach(ReplyWriter.Written::release);
        written.clear();
        for (Request request : requests.subList(next, requests.size())) {
            request.response().release();
            request.releaseOpen(pipeline::execute);
        }
        releaseFrame();
    }

    private void releaseFrame() {
        if (frameHeld) {
            frameHeld = false;
            frame.release();
            connection.frameDone(frameBytes);
        }
    }
}

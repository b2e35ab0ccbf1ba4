package org.smbd.server.pipeline;

import io.netty.buffer.ByteBuf;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.server.conn.Connection;
import org.smbd.server.conn.CreditPolicy;
import org.smbd.server.conn.Lane;
import org.smbd.server.metrics.Metrics;
import org.smbd.server.session.SessionTable;

/**
 * From a frame to answers: MS-SMB2 3.3.5.2 Receiving Any Message. {@link FrameAdmission} opens and proves what came,
 * {@link RequestChecks} find what it names, {@link CompoundChain} has it done. The first two run in the lane of the
 * connection, so requests are admitted in the order of their arrival.
 */
public final class RequestPipeline {
    private static final Logger LOG = LoggerFactory.getLogger(RequestPipeline.class);

    /** To open or verify more would keep an event loop from its other connections. */
    private static final int ADMITTED_NOW_BYTES_MAX = 16 * 1024;

    /** Most waits are over by then, and their interim response never shows. */
    private static final long GRACE_MICROS = 1000;

    private final FrameAdmission admission;
    private final RequestChecks checks;
    private final CommandHandler handler;
    private final Executor requests;
    private final ScheduledExecutorService timer;
    private final Metrics metrics;
    private final ReplyWriter writer;

    public RequestPipeline(
            CommandHandler handler,
            Smb1Handler smb1,
            SessionTable sessions,
            Executor requests,
            ScheduledExecutorService timer,
            InstantSource clock,
            Metrics metrics,
            CreditPolicy creditPolicy) {
        this.admission = new FrameAdmission(smb1, sessions);
        this.checks = new RequestChecks(handler, clock);
        this.handler = handler;
        this.requests = requests;
        this.timer = timer;
        this.metrics = metrics;
        this.writer = new ReplyWriter(creditPolicy);
    }

    /**
     * What an SMB1 message is given to. Borrows the frame; runs on a thread of the pool, in the lane of the
     * connection.
     */
    @FunctionalInterface
    public interface Smb1Handler {
        /** 3.3.5.3 Receiving an SMB_COM_NEGOTIATE, or whatever comes behind one that chose SMB1. */
        void receive(Connection connection, ByteBuf frame);
    }

    /**
     * Takes a frame, without its length prefix, over into the lane of its connection. On the event loop, which admits
     * short frames itself: to hand them over would cost more.
     */
    public void receive(Connection connection, ByteBuf frame) {
        int frameBytes = frame.readableBytes();
        connection.frameReceived(frameBytes);
        if (frameBytes <= ADMITTED_NOW_BYTES_MAX
                && connection.isAuthenticated()
                && connection.olderProtocol().isEmpty()) {
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
            List<Request> admitted = admission.read(connection, frame);
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
        boolean ready = checks.admitFirst(first, () -> requests.execute(chain::runAdmitted));
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

    RequestChecks checks() {
        return checks;
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

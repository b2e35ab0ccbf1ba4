package org.smbd.server.conn;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.function.Predicate;
import org.smbd.core.status.NtStatus;

/**
 * A request that waits: MS-SMB2 3.3.4.2 Sending an Interim Response for an Asynchronous Operation.
 *
 * <pre>
 *   SUBMITTED --grace over: interim response--> WAITING --completion--> DONE
 *       +------------------completion---------------------------------> DONE
 * </pre>
 *
 * <p>Completion, cancel and disconnect all end in the one completion that the operation itself lets win.
 */
public final class PendingOperation {
    private enum State {
        SUBMITTED,
        WAITING,
        DONE
    }

    private final long asyncId;
    private final long messageId;
    private final long sessionId;
    private final int treeId;
    private final boolean outlivesConnection;
    private final Predicate<NtStatus> cancel;

    @GuardedBy("this")
    private State state = State.SUBMITTED;

    /**
     * @param asyncId how the interim response names it
     * @param messageId of its request
     * @param sessionId of its request; a log-off ends it
     * @param treeId of its request; a tree disconnect ends it
     * @param outlivesConnection whether only the end of its session ends it
     * @param cancel ends the wait with a status, unless it is over
     */
    public PendingOperation(
            long asyncId,
            long messageId,
            long sessionId,
            int treeId,
            boolean outlivesConnection,
            Predicate<NtStatus> cancel) {
        this.asyncId = asyncId;
        this.messageId = messageId;
        this.sessionId = sessionId;
        this.treeId = treeId;
        this.outlivesConnection = outlivesConnection;
        this.cancel = cancel;
    }

    public long asyncId() {
        return asyncId;
    }

    public long messageId() {
        return messageId;
    }

    public long sessionId() {
        return sessionId;
    }

    public int treeId() {
        return treeId;
    }

    /** Whether it goes on when its connection is lost, for its session may have others. */
    public boolean outlivesConnection() {
        return outlivesConnection;
    }

    /**
     * Ends the wait with {@code status}, if it is not over.
     *
     * @return whether this call ended it
     */
    @CanIgnoreReturnValue
    public boolean cancel(NtStatus status) {
        return cancel.test(status);
    }

    /** The grace is over: sends the interim response, unless the operation completed before. */
    public synchronized void becomeAsync(Runnable sendInterim) {
        if (state == State.SUBMITTED) {
            state = State.WAITING;
            sendInterim.run();
        }
    }

    /** The operation completed. Says whether an interim response went out before. */
    public synchronized boolean complete() {
        boolean wasAsync = state == State.WAITING;
        state = State.DONE;
        return wasAsync;
    }
}

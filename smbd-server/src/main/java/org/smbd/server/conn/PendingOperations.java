package org.smbd.server.conn;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.smbd.core.status.NtStatus;

/** Connection.AsyncCommandList: the waiting requests of a connection, MS-SMB2 3.3.1.7 Per Transport Connection. */
public final class PendingOperations {
    /** How many cancels are remembered whose request has not begun to wait. */
    private static final int EARLY_CANCELS_MAX = 64;

    private final int operationsMax;
    private final ConcurrentMap<Long, PendingOperation> byAsyncId = new ConcurrentHashMap<>();
    private final AtomicLong lastAsyncId = new AtomicLong();
    private final Deque<Long> earlyCancels = new ArrayDeque<>();
    private volatile boolean closed;

    PendingOperations(int operationsMax) {
        this.operationsMax = operationsMax;
    }

    /** A new operation; empty above the limit. A cancel that came before it takes effect now. */
    public Optional<PendingOperation> add(
            long messageId, long sessionId, int treeId, boolean outlivesConnection, Predicate<NtStatus> cancel) {
        if (byAsyncId.size() >= operationsMax) {
            return Optional.empty();
        }
        PendingOperation operation = new PendingOperation(
                lastAsyncId.incrementAndGet(), messageId, sessionId, treeId, outlivesConnection, cancel);
        byAsyncId.put(operation.asyncId(), operation);
        boolean cancelled;
        synchronized (earlyCancels) {
            cancelled = earlyCancels.remove(messageId);
        }
        if (cancelled || closed && !outlivesConnection) {
            operation.cancel(NtStatus.CANCELLED);
        }
        return Optional.of(operation);
    }

    /** The operation is over. */
    public void remove(PendingOperation operation) {
        byAsyncId.remove(operation.asyncId(), operation);
    }

    /** 3.3.5.16 Receiving an SMB2 CANCEL Request that names an AsyncId. */
    public void cancelAsync(long asyncId) {
        PendingOperation operation = byAsyncId.get(asyncId);
        if (operation != null) {
            operation.cancel(NtStatus.CANCELLED);
        }
    }

    /** 3.3.5.16 Receiving an SMB2 CANCEL Request that names a MessageId, which may not have begun to wait. */
    public void cancelMessage(long messageId) {
        if (cancelWhere(operation -> operation.messageId() == messageId, NtStatus.CANCELLED)) {
            return;
        }
        synchronized (earlyCancels) {
            earlyCancels.addLast(messageId);
            if (earlyCancels.size() > EARLY_CANCELS_MAX) {
                earlyCancels.removeFirst();
            }
        }
        cancelWhere(operation -> operation.messageId() == messageId, NtStatus.CANCELLED);
    }

    /** Ends those that {@code condition} names; whether there were any. */
    public boolean cancelWhere(Predicate<PendingOperation> condition, NtStatus status) {
        boolean found = false;
        for (PendingOperation operation : byAsyncId.values()) {
            if (condition.test(operation)) {
                operation.cancel(status);
                found = true;
            }
        }
        return found;
    }

    /** How many wait. */
    public int size() {
        return byAsyncId.size();
    }

    /** The connection is gone: ends all, and all that come, but for those that outlive it. */
    void close() {
        closed = true;
        cancelWhere(operation -> !operation.outlivesConnection(), NtStatus.CANCELLED);
    }

    /** Ends those of a session. */
    void endOf(long sessionId) {
        cancelWhere(operation -> operation.sessionId() == sessionId, NtStatus.CANCELLED);
    }
}

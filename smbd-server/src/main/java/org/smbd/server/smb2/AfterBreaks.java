package org.smbd.server.smb2;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.server.pipeline.PendingReply;
import org.smbd.server.pipeline.Reply;
import org.smbd.server.session.OpenHandle;
import org.smbd.vfs.Outcome;

/**
 * A change that waits until others have given up the handles that they only cache, as often as it has to, and is made
 * then. It holds on to its open: a CLOSE comes behind it.
 */
final class AfterBreaks implements PendingReply {
    private static final Logger LOG = LoggerFactory.getLogger(AfterBreaks.class);

    private final OpenHandle handle;
    private final Supplier<Outcome<Void>> prepare;
    private final Supplier<Reply> change;

    @GuardedBy("this")
    private Outcome.Operation<Void> waiting;

    @GuardedBy("this")
    private Reply result;

    @GuardedBy("this")
    private Consumer<Reply> sender;

    private AfterBreaks(OpenHandle handle, Supplier<Outcome<Void>> prepare, Supplier<Reply> change) {
        this.handle = handle;
        this.prepare = prepare;
        this.change = change;
    }

    /**
     * Makes the change, now or later.
     *
     * @param prepare breaks; asked again after each wait
     * @param change makes it, and may block on the disk
     */
    static Reply reply(OpenHandle handle, Supplier<Outcome<Void>> prepare, Supplier<Reply> change) {
        if (!(prepare.get() instanceof Outcome.Wait<Void> wait)) {
            return change.get();
        }
        if (!handle.acquire()) {
            wait.operation().cancel(NtStatus.FILE_CLOSED);
            return Reply.failure(NtStatus.FILE_CLOSED);
        }
        AfterBreaks later = new AfterBreaks(handle, prepare, change);
        later.after(wait.operation());
        return new Reply.Pending(later);
    }

    private void after(Outcome.Operation<Void> operation) {
        boolean over;
        synchronized (this) {
            waiting = operation;
            over = result != null;
        }
        if (over) {
            operation.cancel(NtStatus.CANCELLED);
            return;
        }
        operation.onDone(outcome -> {
            if (outcome instanceof Outcome.Done) {
                again();
            }
        });
    }

    private void again() {
        synchronized (this) {
            if (result != null) {
                return;
            }
        }
        Reply reply;
        try {
            if (prepare.get() instanceof Outcome.Wait<Void> wait) {
                after(wait.operation());
                return;
            }
            reply = change.get();
        } catch (SmbException failed) {
            reply = Reply.failure(failed.status());
        } catch (RuntimeException unexpected) {
            LOG.error("a change failed unexpectedly after it had waited", unexpected);
            reply = Reply.failure(NtStatus.INTERNAL_ERROR);
        }
        end(reply);
    }

    @Override
    public void onDone(Consumer<Reply> told) {
        synchronized (this) {
            sender = told;
        }
        tell();
    }

    @Override
    public boolean cancel(NtStatus status) {
        if (!end(Reply.failure(status))) {
            return false;
        }
        Outcome.Operation<Void> ended;
        synchronized (this) {
            ended = waiting;
        }
        ended.cancel(status);
        return true;
    }

    private boolean end(Reply reply) {
        synchronized (this) {
            if (result != null) {
                return false;
            }
            result = reply;
        }
        handle.release();
        tell();
        return true;
    }

    private void tell() {
        Consumer<Reply> told;
        Reply reply;
        synchronized (this) {
            reply = result;
            told = result == null ? null : sender;
            if (told != null) {
                sender = null;
            }
        }
        if (told != null) {
            told.accept(reply);
        }
    }
}

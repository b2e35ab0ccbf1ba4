package org.smbd.vfs;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.core.status.NtStatus;

/**
 * An open that waits for breaks, and is tried again as a whole after each: what the file was before says nothing.
 * MS-FSA 2.1.4.12.1 Algorithm for Request Processing After an Oplock Breaks.
 */
final class RetriedOpen implements Outcome.Operation<OpenResult> {
    private static final Logger LOG = LoggerFactory.getLogger(RetriedOpen.class);

    private final Supplier<Outcome<OpenResult>> attempt;
    private final Consumer<OpenResult> discard;

    @GuardedBy("this")
    private Outcome.Operation<Void> waiting;

    @GuardedBy("this")
    private Outcome<OpenResult> result;

    @GuardedBy("this")
    private Consumer<Outcome<OpenResult>> receiver;

    /**
     * An open whose first attempt has to wait.
     *
     * @param attempt tries again; throws {@link BreakWait} if it has to wait again
     * @param discard closes an open that was cancelled while it was made
     */
    RetriedOpen(Supplier<Outcome<OpenResult>> attempt, Consumer<OpenResult> discard) {
        this.attempt = attempt;
        this.discard = discard;
    }

    /** Begins to wait. */
    RetriedOpen after(Outcome.Operation<Void> operation) {
        boolean over;
        synchronized (this) {
            waiting = operation;
            over = result != null;
        }
        if (over) {
            operation.cancel(NtStatus.CANCELLED);
        } else {
            operation.onDone(outcome -> {
                if (outcome instanceof Outcome.Done) {
                    again();
                }
            });
        }
        return this;
    }

    private void again() {
        synchronized (this) {
            if (result != null) {
                return;
            }
        }
        Outcome<OpenResult> outcome;
        try {
            outcome = attempt.get();
        } catch (BreakWait wait) {
            after(wait.operation());
            return;
        } catch (RuntimeException unexpected) {
            LOG.error("an open failed unexpectedly after it had waited", unexpected);
            outcome = new Outcome.Fail<>(NtStatus.INTERNAL_ERROR);
        }
        if (!end(outcome) && outcome instanceof Outcome.Done<OpenResult> done) {
            discard.accept(done.value());
        }
    }

    @Override
    public void onDone(Consumer<Outcome<OpenResult>> told) {
        synchronized (this) {
            receiver = told;
        }
        tell();
    }

    @Override
    public boolean cancel(NtStatus status) {
        if (!end(new Outcome.Fail<>(status))) {
            return false;
        }
        Outcome.Operation<Void> ended;
        synchronized (this) {
            ended = waiting;
        }
        if (ended != null) {
            ended.cancel(status);
        }
        return true;
    }

    private boolean end(Outcome<OpenResult> outcome) {
        synchronized (this) {
            if (result != null) {
                return false;
            }
            result = outcome;
        }
        tell();
        return true;
    }

    private void tell() {
        Consumer<Outcome<OpenResult>> told;
        Outcome<OpenResult> outcome;
        synchronized (this) {
            outcome = result;
            told = result == null ? null : receiver;
            if (told != null) {
                receiver = null;
            }
        }
        if (told != null) {
            told.accept(outcome);
        }
    }
}

package org.smbd.vfs;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;

/**
 * What waits for breaks, and is tried again as a whole after each: what the file was before says nothing. MS-FSA
 * 2.1.4.12.1 Algorithm for Request Processing After an Oplock Breaks.
 */
public final class RetriedAfterBreak<T> implements Outcome.Operation<T> {
    private static final Logger LOG = LoggerFactory.getLogger(RetriedAfterBreak.class);

    private final Supplier<Outcome<T>> attempt;
    private final Consumer<T> discard;

    @GuardedBy("this")
    private Outcome.Operation<Void> waiting;

    @GuardedBy("this")
    private Outcome<T> result;

    @GuardedBy("this")
    private Consumer<Outcome<T>> receiver;

    private RetriedAfterBreak(Supplier<Outcome<T>> attempt, Consumer<T> discard) {
        this.attempt = attempt;
        this.discard = discard;
    }

    /**
     * Tries at once.
     *
     * @param attempt throws {@link BreakWait} if it has to wait, and is called again then; it may block on the disk
     * @param discard undoes an attempt that was cancelled while it was made
     */
    public static <T> Outcome<T> of(Supplier<Outcome<T>> attempt, Consumer<T> discard) {
        try {
            return attempt.get();
        } catch (BreakWait wait) {
            return new Outcome.Wait<>(new RetriedAfterBreak<>(attempt, discard).after(wait.operation()));
        }
    }

    private RetriedAfterBreak<T> after(Outcome.Operation<Void> operation) {
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
        Outcome<T> outcome;
        try {
            outcome = attempt.get();
        } catch (BreakWait wait) {
            after(wait.operation());
            return;
        } catch (SmbException failed) {
            outcome = new Outcome.Fail<>(failed.status());
        } catch (RuntimeException unexpected) {
            LOG.error("a request failed unexpectedly after it had waited", unexpected);
            outcome = new Outcome.Fail<>(NtStatus.INTERNAL_ERROR);
        }
        if (!end(outcome) && outcome instanceof Outcome.Done<T> done) {
            discard.accept(done.value());
        }
    }

    @Override
    public void onDone(Consumer<Outcome<T>> told) {
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

    private boolean end(Outcome<T> outcome) {
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
        Consumer<Outcome<T>> told;
        Outcome<T> outcome;
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

package org.smbd.server.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.smbd.core.status.NtStatus;
import org.smbd.vfs.Outcome;

/**
 * An open without a session: Open.Session is NULL. Somebody comes back for it, or it is closed.
 *
 * <pre>
 *   IN_USE --last request of the old session ends--> IDLE --take--> GONE
 *     |                                               |
 *     +------------------- close ---------------------+-----------> GONE
 * </pre>
 */
public final class ParkedOpen {
    private enum State {
        IN_USE,
        IDLE,
        GONE
    }

    private final OpenHandle handle;
    private final OpenResource.File file;
    private final Durability durability;

    @GuardedBy("this")
    private State state = State.IN_USE;

    @GuardedBy("this")
    private final List<Runnable> waiting = new ArrayList<>(0);

    ParkedOpen(OpenHandle handle, OpenResource.File file, Durability durability) {
        this.handle = handle;
        this.file = file;
        this.durability = durability;
    }

    /** As its last session had it. */
    public OpenHandle handle() {
        return handle;
    }

    /** What is open. */
    public OpenResource.File file() {
        return file;
    }

    public Durability durability() {
        return durability;
    }

    /** Requests of the old session can still be under way: waits for them. */
    public Outcome<Void> quiet() {
        synchronized (this) {
            if (state != State.IN_USE) {
                return new Outcome.Done<>(null);
            }
            Wait wait = new Wait();
            waiting.add(wait);
            return new Outcome.Wait<>(wait);
        }
    }

    /** No request uses it any more. */
    void idle() {
        List<Runnable> free;
        synchronized (this) {
            if (state == State.IN_USE) {
                state = State.IDLE;
            }
            free = List.copyOf(waiting);
            waiting.clear();
        }
        free.forEach(Runnable::run);
    }

    /** Takes it out, once: true for the caller that may go on with the file. */
    boolean take() {
        synchronized (this) {
            if (state != State.IDLE) {
                return false;
            }
            state = State.GONE;
        }
        return handle.handOver();
    }

    /** Closes it, now or when its last request ends; may block on the disk. */
    void close() {
        synchronized (this) {
            if (state == State.GONE) {
                return;
            }
            state = State.GONE;
        }
        handle.close();
    }

    private static final class Wait implements Outcome.Operation<Void>, Runnable {
        @GuardedBy("this")
        private Outcome<Void> result;

        @GuardedBy("this")
        private Consumer<Outcome<Void>> receiver;

        @Override
        public void run() {
            end(new Outcome.Done<>(null));
        }

        @Override
        public void onDone(Consumer<Outcome<Void>> told) {
            synchronized (this) {
                receiver = told;
            }
            tell();
        }

        @Override
        public boolean cancel(NtStatus status) {
            return end(new Outcome.Fail<>(status));
        }

        private boolean end(Outcome<Void> outcome) {
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
            Consumer<Outcome<Void>> told;
            Outcome<Void> outcome;
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
}

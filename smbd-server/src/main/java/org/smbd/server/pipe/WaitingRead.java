package org.smbd.server.pipe;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.smbd.core.status.NtStatus;
import org.smbd.vfs.Outcome;

/** A read of a pipe on which nothing waits to be read. */
final class WaitingRead implements Outcome.Operation<PipeMessage> {
    private final int lengthMax;
    private final AtomicBoolean claimed = new AtomicBoolean();
    private final CompletableFuture<Outcome<PipeMessage>> outcome = new CompletableFuture<>();

    WaitingRead(int lengthMax) {
        this.lengthMax = lengthMax;
    }

    int lengthMax() {
        return lengthMax;
    }

    /** Whether the wait is over, or about to be. */
    boolean isClaimed() {
        return claimed.get();
    }

    /** Wins the right to {@link #complete} it: before a message is taken for it, so that none gets lost. */
    boolean claim() {
        return claimed.compareAndSet(false, true);
    }

    /** Tells the receiver; by whom has claimed it, with no lock held. */
    void complete(Outcome<PipeMessage> result) {
        outcome.complete(result);
    }

    @Override
    public void onDone(Consumer<Outcome<PipeMessage>> receiver) {
        outcome.thenAccept(receiver);
    }

    @Override
    public boolean cancel(NtStatus status) {
        boolean won = claim();
        if (won) {
            complete(new Outcome.Fail<>(status));
        }
        return won;
    }
}

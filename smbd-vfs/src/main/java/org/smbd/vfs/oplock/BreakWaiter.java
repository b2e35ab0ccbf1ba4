package org.smbd.vfs.oplock;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.smbd.core.status.NtStatus;
import org.smbd.vfs.Outcome;

/** An operation that waits until caches are given up: an entry of Oplock.WaitList, MS-FSA 2.1.1.10 Per Oplock. */
final class BreakWaiter implements Outcome.Operation<Void> {
    private final FileCaching file;
    private final List<CacheHolder> blockers;
    private final AtomicReference<Outcome<Void>> result = new AtomicReference<>();
    private final AtomicReference<Consumer<Outcome<Void>>> receiver = new AtomicReference<>();

    BreakWaiter(FileCaching file, List<CacheHolder> blockers) {
        this.file = file;
        this.blockers = blockers;
    }

    /** What it waits for; all of it must be over. */
    List<CacheHolder> blockers() {
        return blockers;
    }

    /** The wait is over. */
    void release() {
        end(new Outcome.Done<>(null));
    }

    @Override
    public void onDone(Consumer<Outcome<Void>> told) {
        receiver.set(told);
        tell();
    }

    @Override
    public boolean cancel(NtStatus status) {
        file.forget(this);
        return end(new Outcome.Fail<>(status));
    }

    private boolean end(Outcome<Void> outcome) {
        boolean first = result.compareAndSet(null, outcome);
        tell();
        return first;
    }

    private void tell() {
        if (result.get() != null) {
            Consumer<Outcome<Void>> told = receiver.getAndSet(null);
            if (told != null) {
                told.accept(result.get());
            }
        }
    }
}

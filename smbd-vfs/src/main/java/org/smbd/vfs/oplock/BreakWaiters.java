package org.smbd.vfs.oplock;

import java.util.ArrayList;
import java.util.List;
import org.smbd.vfs.Outcome;

/** What waits for breaks of one file: Oplock.WaitList, MS-FSA 2.1.1.10 Per Oplock. Guarded by the file. */
final class BreakWaiters {
    private final FileCaching file;
    private final List<BreakWaiter> waiting = new ArrayList<>(0);

    BreakWaiters(FileCaching file) {
        this.file = file;
    }

    /** Waits until all of {@code blockers} have answered, or are gone. */
    Outcome<Void> waitFor(List<CacheHolder> blockers) {
        BreakWaiter waiter = new BreakWaiter(file, blockers);
        waiting.add(waiter);
        return new Outcome.Wait<>(waiter);
    }

    void remove(BreakWaiter waiter) {
        waiting.remove(waiter);
    }

    /** Takes out those that wait for nothing any more. */
    List<BreakWaiter> takeFree() {
        if (waiting.isEmpty()) {
            return List.of();
        }
        List<BreakWaiter> free = new ArrayList<>();
        waiting.removeIf(waiter -> {
            boolean done = waiter.blockers().stream()
                    .noneMatch(holder -> holder.isBreaking() && !holder.opens().isEmpty());
            if (done) {
                free.add(waiter);
            }
            return done;
        });
        return free;
    }

    /** Lets go those that were taken out; with no lock held. */
    static void resume(List<BreakWaiter> free, BreakClock clock) {
        free.forEach(waiter -> clock.resume(waiter::release));
    }
}

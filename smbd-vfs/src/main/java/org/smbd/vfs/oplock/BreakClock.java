package org.smbd.vfs.oplock;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Time-outs of breaks, and the threads on which those who waited go on. */
public interface BreakClock {
    /** Runs {@code task}, which does not block, after {@code delay}. */
    void after(Duration delay, Runnable task);

    /** Runs {@code task}, which may block on the disk, soon, on another thread or on this one. */
    void resume(Runnable task);

    /** The clock of those that are attached to no server: who waited goes on where the wait ended. */
    static BreakClock ofProcess() {
        return new BreakClock() {
            @Override
            public void after(Duration delay, Runnable task) {
                CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS)
                        .execute(task);
            }

            @Override
            public void resume(Runnable task) {
                task.run();
            }
        };
    }
}

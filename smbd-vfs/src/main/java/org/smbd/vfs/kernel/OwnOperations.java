package org.smbd.vfs.kernel;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Knows when every operation that is in progress has ended: two counters, of which new operations take one while those
 * of the other come to their end.
 */
final class OwnOperations {
    private final AtomicIntegerArray running = new AtomicIntegerArray(2);
    private final KernelChanges.Operation[] operations = {
        () -> running.decrementAndGet(0), () -> running.decrementAndGet(1)
    };
    private volatile int current;

    /** An operation begins; it ends with what comes back. */
    KernelChanges.Operation begin() {
        int slot = current;
        running.incrementAndGet(slot);
        return operations[slot];
    }

    /** Waits for all that have begun before, but no longer than so many milliseconds. */
    void awaitEnd(int timeoutMillis) {
        long end = System.nanoTime() + timeoutMillis * 1_000_000L;
        // Twice: an operation may have read the old slot and count itself in only after the first look.
        for (int round = 0; round < 2; round++) {
            int old = current;
            current = 1 - old;
            while (running.get(old) > 0 && System.nanoTime() < end) {
                LockSupport.parkNanos(200_000);
            }
        }
    }
}

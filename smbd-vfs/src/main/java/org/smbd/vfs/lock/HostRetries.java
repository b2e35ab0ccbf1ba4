package org.smbd.vfs.lock;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Tries again for those who wait for a lock of another program: the host tells nobody when one is given back. One
 * thread, and only while somebody waits.
 */
final class HostRetries {
    private static final long INTERVAL_NANOS = 100_000_000;
    private static final HostRetries OF_PROCESS = new HostRetries();

    @GuardedBy("this")
    private final Set<ByteRangeLocks> waited = Collections.newSetFromMap(new IdentityHashMap<>());

    @GuardedBy("this")
    private boolean running;

    private HostRetries() {}

    static HostRetries ofProcess() {
        return OF_PROCESS;
    }

    /** Tries again for the waiters of {@code locks} until there are none. */
    synchronized void add(ByteRangeLocks locks) {
        waited.add(locks);
        if (!running) {
            running = true;
            Thread thread = new Thread(this::run, "host-lock-retries");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void run() {
        List<ByteRangeLocks> tried = next();
        while (!tried.isEmpty()) {
            LockSupport.parkNanos(INTERVAL_NANOS);
            for (ByteRangeLocks locks : tried) {
                locks.retry();
            }
            tried = next();
        }
    }

    private synchronized List<ByteRangeLocks> next() {
        waited.removeIf(locks -> !locks.isHostWaitedFor());
        running = !waited.isEmpty();
        return new ArrayList<>(waited);
    }
}

package org.smbd.server.net;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.smbd.vfs.oplock.BreakClock;

/**
 * The threads behind the event loops: for requests, for log-ins, and one for timers. Their count is fixed; what waits
 * for them is bounded by what connections may have in flight.
 *
 * <p>All request threads are started here, by the thread that makes the pools: a thread inherits the identity of its
 * creator, and that must be the daemon's own, not a user's.
 */
public final class WorkerPools implements AutoCloseable {
    private static final int REQUEST_THREADS_MIN = 16;
    private static final int REQUEST_THREADS_PER_PROCESSOR = 4;

    private final ThreadPoolExecutor requests;
    private final ThreadPoolExecutor logins;
    private final ScheduledThreadPoolExecutor timer;

    /**
     * @param requestThreads threads for file work; 0: by the number of processors
     * @param loginThreads threads for log-ins
     */
    public WorkerPools(int requestThreads, int loginThreads) {
        int threads = requestThreads > 0
                ? requestThreads
                : Math.max(
                        REQUEST_THREADS_MIN,
                        REQUEST_THREADS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors());
        requests = pool(threads, "smbd-request-");
        logins = pool(loginThreads, "smbd-login-");
        timer = new ScheduledThreadPoolExecutor(1, named("smbd-timer-"));
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        requests.prestartAllCoreThreads();
        logins.prestartAllCoreThreads();
        timer.prestartAllCoreThreads();
    }

    /** For requests. After {@link #close} it runs nothing. */
    public Executor requests() {
        return task -> execute(requests, task);
    }

    /** For log-ins, whose crypto must not delay file work. */
    public Executor logins() {
        return task -> execute(logins, task);
    }

    /** For short tasks at a later time; they must not block. */
    public ScheduledExecutorService timer() {
        return timer;
    }

    /** Breaks time out by the timer, and who waits for them goes on as a request does. */
    public BreakClock breakClock() {
        return new BreakClock() {
            @Override
            public void after(Duration delay, Runnable task) {
                try {
                    timer.schedule(() -> requests().execute(task), delay.toNanos(), TimeUnit.NANOSECONDS);
                } catch (RejectedExecutionException stopped) {
                    if (!timer.isShutdown()) {
                        throw stopped;
                    }
                }
            }

            @Override
            public void resume(Runnable task) {
                requests().execute(task);
            }
        };
    }

    /** Lets what was begun end, for so long at most. */
    public void close(Duration patience) throws InterruptedException {
        timer.shutdownNow();
        logins.shutdown();
        requests.shutdown();
        long end = System.nanoTime() + patience.toNanos();
        logins.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        requests.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        logins.shutdownNow();
        requests.shutdownNow();
    }

    private static void execute(ThreadPoolExecutor pool, Runnable task) {
        try {
            pool.execute(task);
        } catch (RejectedExecutionException stopped) {
            if (!pool.isShutdown()) {
                throw stopped;
            }
        }
    }

    private static ThreadPoolExecutor pool(int threads, String name) {
        return new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named(name));
    }

    private static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}

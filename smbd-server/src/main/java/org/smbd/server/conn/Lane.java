package org.smbd.server.conn;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Runs tasks one at a time, in the order of their arrival, on the threads of a pool.
 *
 * <p>A task may leave a rest that needs no order any more (its file work). If nothing waits behind it, the rest runs on
 * the same thread after the lane has been given up, so that it costs no hop and yet holds nobody back; else it goes to
 * the pool.
 */
public final class Lane {
    /** A step in order; it returns what may run in parallel with later steps, or {@link #NOTHING}. */
    @FunctionalInterface
    public interface Step {
        /** Runs the step. */
        Runnable run();
    }

    /** No rest. */
    public static final Runnable NOTHING = () -> {};

    private final Executor pool;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Queue<Step> waiting = new ArrayDeque<>();

    @GuardedBy("lock")
    private boolean running;

    public Lane(Executor pool) {
        this.pool = pool;
    }

    /** Adds a step. Never blocks, never runs it on this thread. */
    public void execute(Step step) {
        synchronized (lock) {
            waiting.add(step);
            if (running) {
                return;
            }
            running = true;
        }
        pool.execute(this::drain);
    }

    /**
     * Runs a step on this thread if none runs or waits.
     *
     * @return its rest; null if it was not run
     */
    public Runnable runNow(Step step) {
        synchronized (lock) {
            if (running) {
                return null;
            }
            running = true;
        }
        try {
            return step.run();
        } finally {
            boolean more;
            synchronized (lock) {
                more = !waiting.isEmpty();
                running = more;
            }
            if (more) {
                pool.execute(this::drain);
            }
        }
    }

    private void drain() {
        boolean finished = false;
        Runnable rest = NOTHING;
        try {
            for (Step step = next(); step != null; step = next()) {
                if (rest != NOTHING) {
                    pool.execute(rest);
                    rest = NOTHING;
                }
                rest = step.run();
            }
            finished = true;
        } finally {
            if (!finished) { // a step threw: those behind it still get their turn
                pool.execute(this::drain);
            }
        }
        rest.run();
    }

    /** The next step, or null: then the lane is free for another thread. */
    private Step next() {
        synchronized (lock) {
            Step step = waiting.poll();
            running = step != null;
            return step;
        }
    }
}

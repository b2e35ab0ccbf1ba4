package org.smbd.vfs;

import java.util.concurrent.atomic.AtomicInteger;

/** Does something once, when it was asked for and nobody is in the way any more. */
final class LastUse {
    private static final int ENDING = Integer.MIN_VALUE;

    private final Runnable last;
    /** With the sign bit once it was asked for. */
    private final AtomicInteger users = new AtomicInteger();

    LastUse(Runnable last) {
        this.last = last;
    }

    /** Somebody is in the way until {@link #end}; false if it was asked for already. */
    boolean begin() {
        return users.getAndUpdate(count -> count < 0 ? count : count + 1) >= 0;
    }

    void end() {
        if (users.decrementAndGet() == ENDING) {
            last.run();
        }
    }

    /** Asks for it: it is done now, or with the last {@link #end}. Idempotent. */
    void close() {
        if (users.getAndUpdate(count -> count | ENDING) == 0) {
            last.run();
        }
    }
}

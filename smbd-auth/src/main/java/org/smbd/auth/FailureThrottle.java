package org.smbd.auth;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How late a failed login is answered. From the third failure of one (account, address) pair on the answer waits, longer
 * each time, at most two seconds; nobody else waits. It only computes: the server waits on a timer, no thread sleeps.
 *
 * <p>Safe for many threads.
 */
public final class FailureThrottle {
    /** Failures that are answered at once. */
    public static final int FREE_FAILURES = 2;
    /** The longest wait. */
    public static final long DELAY_MILLIS_MAX = 2_000;

    private static final long FIRST_DELAY_MILLIS = 500;
    /** A pair that failed this long ago starts afresh. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(15);
    /** An attacker who invents names pushes out the oldest pairs instead of filling the memory. */
    private static final int PAIRS_MAX = 10_000;

    private final Clock clock;

    /** In order of the last failure. */
    @GuardedBy("this")
    private final Map<Pair, Failures> failures = new LinkedHashMap<>();

    private record Pair(String account, String address) {}

    private record Failures(int count, Instant last) {}

    public FailureThrottle(Clock clock) {
        this.clock = clock;
    }

    /**
     * Counts a failure.
     *
     * @return how many milliseconds its answer has to wait
     */
    public synchronized long failed(String account, String address) {
        Pair pair = pair(account, address);
        Instant now = clock.instant();
        Failures before = failures.remove(pair);
        boolean fresh = before == null || before.last.plus(FORGOTTEN_AFTER).isBefore(now);
        int count = fresh ? 1 : Math.min(before.count + 1, Integer.MAX_VALUE - 1);
        if (failures.size() >= PAIRS_MAX) {
            failures.remove(failures.keySet().iterator().next());
        }
        failures.put(pair, new Failures(count, now));
        int late = count - FREE_FAILURES;
        return late <= 0 ? 0 : Math.min(DELAY_MILLIS_MAX, FIRST_DELAY_MILLIS << Math.min(late - 1, 10));
    }

    /** Forgets the failures of a pair that has logged in. */
    public synchronized void succeeded(String account, String address) {
        failures.remove(pair(account, address));
    }

    private static Pair pair(String account, String address) {
        return new Pair(account.toUpperCase(Locale.ROOT), address);
    }
}

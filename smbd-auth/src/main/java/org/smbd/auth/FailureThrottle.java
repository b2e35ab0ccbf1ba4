package org.smbd.auth;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How late a failed login is answered. The first failures of one (account, address) pair cost nothing; from then on the
 * answer waits, longer each time up to a bound. Nobody else waits. It only computes: the server waits on a timer, no
 * thread sleeps.
 *
 * <p>Safe for many threads.
 */
public final class FailureThrottle {
    private static final long FIRST_DELAY_MILLIS = 500;
    /** A pair that failed this long ago starts afresh. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(15);
    /** An attacker who invents names pushes out the oldest pairs instead of filling the memory. */
    private static final int PAIRS_MAX = 10_000;

    private final Clock clock;
    private final int freeFailures;
    private final Duration delayMax;

    /** In order of the last failure. */
    @GuardedBy("this")
    private final Map<Pair, Failures> failures = new LinkedHashMap<>();

    private record Pair(String account, String address) {}

    private record Failures(int count, Instant last) {}

    /**
     * A throttle that knows nobody yet.
     *
     * @param freeFailures failures that are answered at once
     * @param delayMax the longest wait
     */
    public FailureThrottle(Clock clock, int freeFailures, Duration delayMax) {
        this.clock = clock;
        this.freeFailures = freeFailures;
        this.delayMax = delayMax;
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
        return delayMillis(count);
    }

    private long delayMillis(int count) {
        int late = count - freeFailures;
        return late <= 0 ? 0 : Math.min(delayMax.toMillis(), FIRST_DELAY_MILLIS << Math.min(late - 1, 10));
    }

    /** For answers that cannot wait: whether the time has not passed that the pair's last failure costs. */
    public synchronized boolean isHeldUp(String account, String address) {
        Failures before = failures.get(pair(account, address));
        return before != null && clock.instant().isBefore(before.last.plusMillis(delayMillis(before.count)));
    }

    /** Forgets the failures of a pair that has logged in. */
    public synchronized void succeeded(String account, String address) {
        failures.remove(pair(account, address));
    }

    private static Pair pair(String account, String address) {
        return new Pair(account.toUpperCase(Locale.ROOT), address);
    }
}

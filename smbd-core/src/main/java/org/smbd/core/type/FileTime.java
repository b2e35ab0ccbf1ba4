package org.smbd.core.type;

import java.time.Instant;

/**
 * 100-nanosecond ticks since 1601-01-01 UTC. MS-DTYP 2.3.3 FILETIME. Times travel as {@code long}; this class converts.
 */
public final class FileTime {
    /** On set: leave this time as it is. MS-FSCC 2.4.7 FileBasicInformation. */
    public static final long UNCHANGED = 0;
    /** On set: this handle's operations no longer update the time. */
    public static final long FREEZE = -1;
    /** On set: this handle's operations update the time again. */
    public static final long THAW = -2;

    private static final long TICKS_PER_SECOND = 10_000_000L;
    private static final long EPOCH_DIFFERENCE_SECONDS = 11_644_473_600L;

    private FileTime() {}

    /** The ticks of a point in time given in seconds and nanoseconds of the Unix epoch. */
    public static long ofUnix(long seconds, int nanos) {
        return (seconds + EPOCH_DIFFERENCE_SECONDS) * TICKS_PER_SECOND + nanos / 100;
    }

    public static long of(Instant instant) {
        return ofUnix(instant.getEpochSecond(), instant.getNano());
    }

    /** The seconds of the Unix epoch, rounded down. */
    public static long unixSeconds(long ticks) {
        return Math.floorDiv(ticks, TICKS_PER_SECOND) - EPOCH_DIFFERENCE_SECONDS;
    }

    /** The nanoseconds within {@link #unixSeconds}. */
    public static int unixNanos(long ticks) {
        return (int) Math.floorMod(ticks, TICKS_PER_SECOND) * 100;
    }

    public static Instant toInstant(long ticks) {
        return Instant.ofEpochSecond(unixSeconds(ticks), unixNanos(ticks));
    }
}

package org.smbd.vfs.notify;

/**
 * How many changes are kept for clients that do not fetch them; at more they are told to look for themselves.
 *
 * @param bytesPerOpenMax of answers, for one open
 * @param bytesInAllMax of answers, for all; in memory they take about three times as much
 */
public record NotifyLimits(int bytesPerOpenMax, long bytesInAllMax) {
    /** Windows asks for 32 KiB or less; 1 MiB holds some 20,000 changes. */
    public static final NotifyLimits DEFAULT = new NotifyLimits(1 << 20, 32L << 20);
}

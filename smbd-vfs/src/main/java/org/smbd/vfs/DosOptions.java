package org.smbd.vfs;

/**
 * How a share treats what DOS knew of a file, with the names of smb.conf.
 *
 * @param modes which attributes the permissions stand for where they are not stored as such
 * @param deleteReadonly READONLY does not keep a file from being deleted
 * @param evenSeconds times are told as FAT keeps them: rounded down to two seconds
 */
public record DosOptions(ModeMapping modes, boolean deleteReadonly, boolean evenSeconds) {
    /** Samba's defaults. */
    public static final DosOptions DEFAULT = new DosOptions(ModeMapping.DEFAULT, false, false);

    private static final long TICKS = 20_000_000;

    /** A time, in FILETIME ticks, as clients are told it. */
    long shown(long time) {
        return evenSeconds ? time - Math.floorMod(time, TICKS) : time;
    }
}

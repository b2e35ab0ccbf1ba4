package org.smbd.protocol.smb1;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.smbd.core.type.FileTime;

/**
 * Times of the protocols before NT, which are the server's local time. MS-CIFS 2.2.1.4 Time: UTIME is seconds since
 * 1970, the pair of SMB_DATE and SMB_TIME counts two seconds since 1980.
 *
 * @param zone what local time is
 */
public record DosTime(ZoneOffset zone) {
    private static final int YEAR_FIRST = 1980;
    private static final int YEAR_LAST = YEAR_FIRST + 127;

    /** UTIME of FILETIME ticks; 0 where the year is none that it can say. */
    public int toSeconds(long ticks) {
        if (ticks <= 0) {
            return 0;
        }
        long seconds = FileTime.unixSeconds(ticks) + zone.getTotalSeconds();
        return seconds <= 0 || seconds > 0xFFFF_FFFFL ? 0 : (int) seconds;
    }

    /** FILETIME ticks of UTIME; {@link FileTime#UNCHANGED} of 0 and of all ones. */
    public long ofSeconds(int seconds) {
        if (seconds == 0 || seconds == -1) {
            return FileTime.UNCHANGED;
        }
        return FileTime.ofUnix(Integer.toUnsignedLong(seconds) - zone.getTotalSeconds(), 0);
    }

    /** SMB_DATE in the lower and SMB_TIME in the upper half; 0 where the year is none that it can say. */
    public int toPacked(long ticks) {
        if (ticks <= 0) {
            return 0;
        }
        LocalDateTime time = LocalDateTime.ofEpochSecond(FileTime.unixSeconds(ticks), 0, zone);
        if (time.getYear() < YEAR_FIRST || time.getYear() > YEAR_LAST) {
            return 0;
        }
        int date = time.getYear() - YEAR_FIRST << 9 | time.getMonthValue() << 5 | time.getDayOfMonth();
        int clock = time.getHour() << 11 | time.getMinute() << 5 | time.getSecond() / 2;
        return clock << 16 | date;
    }

    /** FILETIME ticks of date and time; {@link FileTime#UNCHANGED} of 0 and of what is no date. */
    public long ofPacked(int packed) {
        int date = packed & 0xFFFF;
        int clock = packed >>> 16;
        if (date == 0) {
            return FileTime.UNCHANGED;
        }
        try {
            LocalDateTime time = LocalDateTime.of(
                    YEAR_FIRST + (date >>> 9),
                    date >>> 5 & 0xF,
                    date & 0x1F,
                    clock >>> 11,
                    clock >>> 5 & 0x3F,
                    2 * (clock & 0x1F));
            return FileTime.ofUnix(time.toEpochSecond(zone), 0);
        } catch (DateTimeException noDate) {
            return FileTime.UNCHANGED;
        }
    }
}

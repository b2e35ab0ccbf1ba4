package org.smbd.protocol.rpc.srvsvc;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.smbd.protocol.rpc.NdrReader;
import org.smbd.protocol.rpc.NdrWriter;
import org.smbd.protocol.rpc.Win32Error;

/** The server's time. MS-SRVS 2.2.4.105 TIME_OF_DAY_INFO, 3.1.4.21 NetrRemoteTOD. */
final class TimeOfDay {
    /** tod_tinterval: a tick of the clock in 0.1 ms; what Windows answers. */
    private static final int TICK_TENTHS_MS = 310;

    private static final long SECONDS_PER_MINUTE = 60;
    private static final int DAYS_PER_WEEK = 7;
    private static final int MS_PER_HUNDREDTH = 10;

    private TimeOfDay() {}

    static void remote(NdrReader in, NdrWriter out, Clock clock) {
        in.wideStringPointer(); // ServerName
        ZonedDateTime local = ZonedDateTime.now(clock);
        ZonedDateTime now = local.withZoneSameInstant(ZoneOffset.UTC);
        int milliseconds = now.getNano() / 1_000_000;
        out.pointer(); // BufferPtr
        out.i32((int) now.toEpochSecond()); // tod_elapsedt
        out.i32((int) (clock.millis() & 0xFFFFFFFFL)); // tod_msecs: of an arbitrary beginning
        out.i32(now.getHour()); // tod_hours
        out.i32(now.getMinute()); // tod_mins
        out.i32(now.getSecond()); // tod_secs
        out.i32(milliseconds / MS_PER_HUNDREDTH); // tod_hunds
        out.i32((int) -(local.getOffset().getTotalSeconds() / SECONDS_PER_MINUTE)); // tod_timezone: minutes from UTC
        out.i32(TICK_TENTHS_MS); // tod_tinterval
        out.i32(now.getDayOfMonth()); // tod_day
        out.i32(now.getMonthValue()); // tod_month
        out.i32(now.getYear()); // tod_year
        out.i32(now.getDayOfWeek().getValue() % DAYS_PER_WEEK); // tod_weekday: 0 is Sunday
        out.i32(Win32Error.SUCCESS);
    }
}

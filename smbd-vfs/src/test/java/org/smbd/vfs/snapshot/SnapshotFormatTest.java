package org.smbd.vfs.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotFormatTest {
    private static SnapshotOptions options(String format, boolean unixSeconds, boolean localTime, String prefix) {
        return new SnapshotOptions(
                SnapshotOptions.Layout.NAMED,
                ".snapshots",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                format,
                unixSeconds,
                localTime,
                Optional.ofNullable(prefix),
                "_GMT");
    }

    @ParameterizedTest
    @CsvSource({
        "@GMT-%Y.%m.%d-%H.%M.%S, @GMT-2015.10.31-19.40.30, 2015-10-31T19:40:30Z",
        "zfs-auto-snap_daily-%Y-%m-%d-%H%M, zfs-auto-snap_daily-2024-02-29-0005, 2024-02-29T00:05:00Z",
        "%y%m%d, 240229, 2024-02-29T00:00:00Z",
        "%F %T, 2024-02-29 01:02:03, 2024-02-29T01:02:03Z",
        "%Y-%j, 2024-060, 2024-02-29T00:00:00Z",
        "100%%-%s, 100%-1709168523, 2024-02-29T01:02:03Z",
    })
    void aNameTellsTheTime(String format, String name, Instant time) {
        assertEquals(
                Optional.of(time),
                SnapshotFormat.of(options(format, false, false, null)).parse(name));
    }

    @ParameterizedTest
    @CsvSource({
        "@GMT-%Y.%m.%d-%H.%M.%S, @GMT-2015.02.30-19.40.30",
        "@GMT-%Y.%m.%d-%H.%M.%S, @GMT-2015.10.31-25.40.30",
        "@GMT-%Y.%m.%d-%H.%M.%S, x@GMT-2015.10.31-19.40.30",
        "%Y.%m, 2015x10",
    })
    void anotherNameTellsNone(String format, String name) {
        assertEquals(
                Optional.empty(),
                SnapshotFormat.of(options(format, false, false, null)).parse(name));
    }

    @Test
    void aNumberMayBeSecondsSince1970() {
        SnapshotFormat format = SnapshotFormat.of(options("daily-%lu", true, false, null));
        assertEquals(Optional.of(Instant.ofEpochSecond(1_709_168_523)), format.parse("daily-1709168523"));
        assertEquals(Optional.empty(), format.parse("daily-x"));
    }

    @Test
    void aPrefixMayComeBefore() {
        SnapshotFormat format = SnapshotFormat.of(options("_GMT-%Y.%m.%d", false, false, "s[a-z]*p"));
        assertEquals(Optional.of(Instant.parse("2024-02-29T00:00:00Z")), format.parse("snap_GMT-2024.02.29"));
        assertEquals(Optional.empty(), format.parse("other_GMT-2024.02.29"));
    }

    @Test
    void localTimeIsThatOfThisHost() {
        Instant time = LocalDateTime.of(2024, 2, 29, 1, 2, 3)
                .atZone(ZoneId.systemDefault())
                .toInstant();
        SnapshotFormat format = SnapshotFormat.of(options("%Y%m%d%H%M%S", false, true, null));
        assertEquals(Optional.of(time), format.parse("20240229010203"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%Q", "%", "a%"})
    void aFieldThatNamesNoTimeIsRefused(String format) {
        assertThrows(IllegalArgumentException.class, () -> SnapshotFormat.of(options(format, false, false, null)));
    }

    @Test
    void aFormatWithoutANumberIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> SnapshotFormat.of(options("daily-%s", true, false, null)));
    }
}

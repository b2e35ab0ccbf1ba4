package org.smbd.vfs.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smbd.core.type.FileTime;

class GmtTokenTest {
    private static final long TIME = FileTime.of(Instant.parse("2015-10-31T19:40:30Z"));

    @Test
    void aTokenNamesASecond() {
        assertEquals("@GMT-2015.10.31-19.40.30", GmtToken.of(TIME));
        assertEquals(Optional.of(TIME), GmtToken.parse("@GMT-2015.10.31-19.40.30"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@GMT-2015.10.31-19.40.3",
                "@GMT-2015.10.31-19.40.300",
                "@GMT-2015.13.31-19.40.30",
                "@gmt-2015.10.31-19.40.30",
                "@GMT-2015-10-31-19.40.30"
            })
    void otherNamesAreNone(String name) {
        assertEquals(Optional.empty(), GmtToken.parse(name));
    }

    @ParameterizedTest
    @CsvSource({
        "@GMT-2015.10.31-19.40.30, ''",
        "@GMT-2015.10.31-19.40.30\\a\\b, a\\b",
        "a\\@GMT-2015.10.31-19.40.30\\b, a\\b",
        "a\\b\\@GMT-2015.10.31-19.40.30, a\\b",
    })
    void aPathHasItAnywhere(String path, String rest) {
        assertEquals(new GmtToken.Split(TIME, rest), GmtToken.split(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a\\b", "@GMT-\\a", "x@GMT-2015.10.31-19.40.30\\a"})
    void otherPathsStayAsTheyAre(String path) {
        assertEquals(new GmtToken.Split(0, path), GmtToken.split(path));
    }
}

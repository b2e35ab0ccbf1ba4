package org.smbd.vfs.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DosAttribFormatTest {
    /** 2011-02-03T03:52:47Z. */
    private static final long TIME = 0x01CBC355D1C4B500L;

    private static final String TIME_BYTES = "00b5c4d155c3cb01";
    private static final String ZEROS = "0000000000000000";

    private static final String VERSION_3 =
            "307832320000030003000000110000002200000000000000" + "0700000000000000" + "0010000000000000"
                    + TIME_BYTES
                    + ZEROS;
    private static final String VERSION_4 = "00000400040000001100000022000000" + TIME_BYTES + TIME_BYTES;
    private static final String VERSION_5 = "00000500050000001100000022000000" + TIME_BYTES;

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static Optional<DosAttributes> decode(String hex) {
        return DosAttribFormat.decode(bytes(hex));
    }

    @Test
    void versionFourIsWritten() {
        DosAttributes attributes = new DosAttributes(0x22, TIME, 0);
        assertEquals(VERSION_4, HexFormat.of().formatHex(DosAttribFormat.encode(attributes)));
        assertEquals(Optional.of(attributes), decode(VERSION_4));
    }

    @Test
    void withoutACreationTimeOnlyAttributesAreValid() {
        DosAttributes attributes = new DosAttributes(0x1, 0, 0);
        String written = HexFormat.of().formatHex(DosAttribFormat.encode(attributes));
        assertEquals("00000400040000000100000001000000" + ZEROS + ZEROS, written);
        assertEquals(Optional.of(attributes), decode(written));
    }

    @Test
    void theOtherVersionsAreRead() {
        Optional<DosAttributes> timed = Optional.of(new DosAttributes(0x22, TIME, 0));
        Optional<DosAttributes> untimed = Optional.of(new DosAttributes(0x22, 0, 0));
        assertEquals(untimed, DosAttribFormat.decode("0x22".getBytes(StandardCharsets.US_ASCII)));
        assertEquals(untimed, decode("3078323200"));
        assertEquals(timed, decode(VERSION_3));
        assertEquals(timed, decode(VERSION_5));
        assertEquals(untimed, decode(VERSION_5.replace("11000000", "01000000")), "no valid time");
        assertEquals(
                untimed,
                decode("3078323200000200020000000000000022000000" + ZEROS.repeat(5) + "00000000" + "00000000"));
    }

    @Test
    void whatSamba417WroteIsRead() {
        assertEquals(
                Optional.of(new DosAttributes(0x27, 0x01DD7C83C7DBA68EL, 0)),
                decode("000005000500000011000000270000008ea6dbc7837cdd01"));
    }

    @Test
    void versionOneIsRead() {
        // attributes, EA size, size, allocation, creation, change
        String version1 = "307832320000" + "0100" + "0100" + "0000" + "22000000" + "00000000" + ZEROS + ZEROS
                + TIME_BYTES + ZEROS;
        assertEquals(Optional.of(new DosAttributes(0x22, TIME, 0)), decode(version1));
    }

    @Test
    void onlyBitsThatAreKeptComeBack() {
        assertEquals(
                Optional.of(new DosAttributes(0x0627 | 0x3100, TIME, 0)),
                decode(VERSION_5.replace("22000000", "f7ffffff")));
    }

    @Test
    void everyTruncationIsRefused() {
        for (String hex : List.of(VERSION_3, VERSION_4, VERSION_5)) {
            byte[] whole = bytes(hex);
            for (int length = 6; length < whole.length; length++) {
                assertEquals(
                        Optional.empty(), DosAttribFormat.decode(Arrays.copyOf(whole, length)), hex + " " + length);
            }
        }
        assertEquals(Optional.empty(), DosAttribFormat.decode(new byte[0]));
        assertEquals(Optional.empty(), DosAttribFormat.decode(new byte[] {0}));
    }

    @Test
    void whatIsNoSuchValueIsRefused() {
        assertEquals(Optional.empty(), decode(VERSION_4.replace("0400040000", "0400050000")), "versions differ");
        assertEquals(Optional.empty(), decode("000006000600000011000000" + ZEROS.repeat(8)), "unknown version");
        assertEquals(Optional.empty(), decode("3078" + "32".repeat(20)), "string too long");
        assertEquals(Optional.empty(), decode("3078ff"), "no hexadecimal");
        assertEquals(Optional.empty(), DosAttribFormat.decode(new byte[2_000]), "too long");
    }
}

package org.smbd.protocol.rpc.srvsvc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smbd.protocol.fscc.Hex;
import org.smbd.protocol.rpc.HandleTable;
import org.smbd.protocol.rpc.NdrReader;
import org.smbd.protocol.rpc.NdrWriter;
import org.smbd.protocol.rpc.RpcFault;
import org.smbd.protocol.rpc.account.TestDirectory;

class SrvsvcTest {
    private static final int ENUM = 15;
    private static final int GET_INFO = 16;
    private static final int SERVER_GET_INFO = 21;
    private static final String NO_SERVER = "00000000";

    private final List<ShareEntry> shares = new ArrayList<>(List.of(
            new ShareEntry("ab", ShareEntry.STYPE_DISKTREE, "c", "C:\\d", -1, 2, 0x30),
            new ShareEntry("IPC$", ShareEntry.STYPE_IPC | ShareEntry.STYPE_SPECIAL, "", "", -1, 1, 0)));

    private final Srvsvc srvsvc = new Srvsvc(
            new ShareDirectory() {
                @Override
                public String serverName() {
                    return "srv";
                }

                @Override
                public String serverComment() {
                    return "x";
                }

                @Override
                public List<ShareEntry> listed() {
                    return shares;
                }

                @Override
                public Optional<ShareEntry> find(String name) {
                    return shares.stream()
                            .filter(share -> share.name().equalsIgnoreCase(name))
                            .findFirst();
                }
            },
            new TestUsage(),
            TestDirectory.ADMINISTRATOR,
            Clock.fixed(Instant.parse("2026-11-22T13:14:15.670Z"), ZoneOffset.ofHours(1)));

    @Test
    void theTimeOfDayIsToldInUtc() {
        assertEquals(
                Hex.plain("00000200"
                        + word((int) Instant.parse("2026-11-22T13:14:15Z").getEpochSecond())
                        + word((int) Instant.parse("2026-11-22T13:14:15.670Z").toEpochMilli())
                        + word(13) + word(14) + word(15) + word(67) + word(-60) + word(310)
                        + word(22) + word(11) + word(2026) + word(0) + word(0)),
                call(28, NO_SERVER));
    }

    private static String word(int value) {
        return String.format("%08x", Integer.reverseBytes(value));
    }

    @Test
    void namesAreValidatedByTheirKind() {
        String share = "09000000 00000000";
        assertEquals(word(0), call(33, NO_SERVER + wide("abc") + share));
        assertEquals(word(123), call(33, NO_SERVER + wide("a/c") + share));
        assertEquals(word(123), call(33, NO_SERVER + wide("a".repeat(82) + "c") + share));
        assertEquals(word(0), call(33, NO_SERVER + wide("a/c") + "02000000 00000000"));
        assertEquals(word(87), call(33, NO_SERVER + wide("abc") + "0e000000 00000000"));
    }

    @Test
    void level1ListsNameTypeAndRemark() {
        String answer =
                call(ENUM, NO_SERVER + "01000000 01000000 04000200 00000000 00000000 ffffffff 08000200 00000000");
        assertEquals(
                Hex.plain("01000000 01000000 00000200 02000000 04000200 02000000"
                        + "08000200 00000000 0c000200  10000200 03000080 14000200"
                        + wide("ab") + "0000" + wide("c") + wide("IPC$") + "0000" + wide("") + "0000"
                        + "02000000 18000200 00000000 00000000"),
                answer);
    }

    @Test
    void aServerNameAndAMissingResumeHandleAreTaken() {
        String answer = call(
                ENUM, "00000200" + wide("\\\\srv") + "00000000 00000000 04000200 00000000 00000000 ffffffff 00000000");
        assertEquals(
                Hex.plain("00000000 00000000 00000200 02000000 04000200 02000000 08000200 0c000200" + wide("ab")
                        + "0000" + wide("IPC$") + "0000" + "02000000 00000000 00000000"),
                answer);
    }

    @Test
    void anAnswerToABigEndianClientIsLittleEndian() {
        NdrWriter out = new NdrWriter();
        ByteBuffer arguments = ByteBuffer.wrap(HexFormat.of()
                .parseHex(Hex.plain("00020000 00000004 00000000 00000004 0073 0072 0076 0000"
                        + "00000000 00000000 00020004 00000000 00000000 ffffffff 00000000")));
        srvsvc.call(ENUM, new NdrReader(arguments.order(ByteOrder.BIG_ENDIAN)), out, new HandleTable());
        assertEquals("00000000", HexFormat.of().formatHex(out.toByteArray()).substring(0, 8));
        assertEquals("02000000", HexFormat.of().formatHex(out.toByteArray()).substring(24, 32));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 503 + 1, 1501, 0x7FFFFFFF})
    void anUnknownLevelIsAnErrorOfTheCallAndNotOfTheProtocol(int level) {
        String text = String.format("%08x", Integer.reverseBytes(level));
        assertEquals(
                Hex.plain(text + text + "00000000 00000000 7c000000"),
                call(ENUM, NO_SERVER + text + text + "ffffffff 00000000"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 00000200 04000200 AB 00000000",
        "1, 00000200 04000200 00000000 08000200 AB C 00000000",
        "2, 00000200 04000200 00000000 08000200 00000000 ffffffff 02000000 0c000200 00000000 AB C PATH 00000000",
        "501, 00000200 04000200 00000000 08000200 30000000 AB C 00000000",
        "502, 00000200 04000200 00000000 08000200 00000000 ffffffff 02000000 0c000200 00000000 00000000 00000000"
                + " AB C PATH 00000000",
        "503, 00000200 04000200 00000000 08000200 00000000 ffffffff 02000000 0c000200 00000000 10000200 00000000"
                + " 00000000 AB C PATH STAR 00000000",
        "1005, 00000200 30000000 00000000",
        "1004, 00000200 04000200 C 00000000",
        "1006, 00000200 ffffffff 00000000",
        "1007, 00000200 30000000 04000200 01000000 00000000 01000000 0000 0000 00000000",
        "1501, 00000200 00000000 00000000 00000000",
    })
    void eachLevelOfAShareHasItsLayout(int level, String golden) {
        String text = String.format("%08x", Integer.reverseBytes(level));
        String expected = golden.replace("PATH", wide("C:\\d") + "0000")
                .replace("STAR", wide("*"))
                .replace("AB", wide("ab") + "0000")
                .replace(" C ", wide("c"));
        assertEquals(Hex.plain(text + expected), call(GET_INFO, NO_SERVER + wide("AB") + "0000" + text));
    }

    @Test
    void aShareThatTheCallerMayNotKnowIsNotFound() {
        assertEquals(
                Hex.plain("01000000 00000000 06090000"), call(GET_INFO, NO_SERVER + wide("zz") + "0000" + "01000000"));
        assertEquals(Hex.plain("09000000 7c000000"), call(GET_INFO, NO_SERVER + wide("ab") + "0000" + "09000000"));
    }

    @Test
    void theServerTellsItsNameAndVersion() {
        assertEquals(
                Hex.plain("65000000 00000200 f4010000 04000200 06000000 01000000 03900000 08000200" + wide("srv")
                        + wide("x") + "00000000"),
                call(SERVER_GET_INFO, NO_SERVER + "65000000"));
        assertEquals(
                Hex.plain("64000000 00000200 f4010000 04000200" + wide("srv") + "00000000"),
                call(SERVER_GET_INFO, NO_SERVER + "64000000"));
        assertEquals(Hex.plain("67000000 00000000 7c000000"), call(SERVER_GET_INFO, NO_SERVER + "67000000"));
    }

    @Test
    void aThousandSharesAreListedInPiecesOfThePreferredLength() {
        shares.clear();
        for (int i = 0; i < 1000; i++) {
            shares.add(new ShareEntry("share" + i, ShareEntry.STYPE_DISKTREE, "", "", -1, 0, 0));
        }
        int seen = 0;
        int resume = 0;
        int rounds = 0;
        int status;
        do {
            ByteBuffer answer = ByteBuffer.wrap(HexFormat.of()
                            .parseHex(call(
                                    ENUM,
                                    NO_SERVER + "01000000 01000000 04000200 00000000 00000000 00100000 08000200"
                                            + String.format("%08x", Integer.reverseBytes(resume)))))
                    .order(ByteOrder.LITTLE_ENDIAN);
            int count = answer.getInt(12);
            assertEquals(1000 - seen, answer.getInt(answer.limit() - 16), "TotalEntries from here on");
            seen += count;
            resume = answer.getInt(answer.limit() - 8);
            status = answer.getInt(answer.limit() - 4);
            assertEquals(status == 234 ? seen : 0, resume);
            rounds++;
        } while (status == 234);
        assertEquals(0, status);
        assertEquals(1000, seen);
        assertEquals(true, rounds > 5);
    }

    @Test
    void aResumeHandleBehindTheEndGivesNothing() {
        assertEquals(
                Hex.plain("01000000 01000000 00000200 00000000 00000000 00000000 04000200 00000000 00000000"),
                call(ENUM, NO_SERVER + "01000000 01000000 04000200 00000000 00000000 ffffffff 08000200 ffffffff"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00000200 ffffffff 00000000 ffffffff 6100", // a string of 8 GiB
                "00000200 02000000 00000000 03000000 61006200 0000", // longer than its array
                "00000200 02000000 01000000 02000000 61000000", // that does not begin at its beginning
                "00000200 02000000 00000000 02000000 61006200", // without a terminator
                "00000200 00000000 00000000 00000000", // without even that
                "00000000 01000000 02000000 00000000 ffffffff 00000000", // a union of another level
                "00000000 01000000 01000000 04000200 05000000 00000000 ffffffff 00000000",
                "00000000 01000000 01000000 04000200 00000000 04000200 ffffffff ffffffff 00000000",
            })
    void argumentsThatLieAreBadStubData(String arguments) {
        assertSame(RpcFault.BAD_STUB_DATA, assertThrows(RpcFault.class, () -> call(ENUM, arguments)));
    }

    @Test
    void everyTruncationIsBadStubData() {
        String whole = Hex.plain(
                "00000200" + wide("srv") + "01000000 01000000 04000200 00000000 00000000 ffffffff 08000200 00000000");
        for (int length = 0; length < whole.length() / 2; length++) {
            String cut = whole.substring(0, 2 * length);
            assertSame(RpcFault.BAD_STUB_DATA, assertThrows(RpcFault.class, () -> call(ENUM, cut)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 20, 22, 130, 65535})
    void anUnknownOperationIsOutOfRange(int opnum) {
        assertSame(RpcFault.OPERATION_RANGE, assertThrows(RpcFault.class, () -> call(opnum, NO_SERVER)));
    }

    private String call(int opnum, String arguments) {
        NdrWriter out = new NdrWriter();
        ByteBuffer stub = ByteBuffer.wrap(HexFormat.of().parseHex(Hex.plain(arguments)));
        srvsvc.call(opnum, new NdrReader(stub.order(ByteOrder.LITTLE_ENDIAN)), out, new HandleTable());
        return HexFormat.of().formatHex(out.toByteArray());
    }

    /** Counts and characters with the terminator; an odd number of them is padded by the caller. */
    private static String wide(String text) {
        String count = String.format("%02x000000", text.length() + 1);
        return count + "00000000" + count + Hex.utf16(text + "\0");
    }
}

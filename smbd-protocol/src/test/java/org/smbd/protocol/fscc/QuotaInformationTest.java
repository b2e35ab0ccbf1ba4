package org.smbd.protocol.fscc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.smbd.core.type.Sid;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/** Lists of quotas, of the users they are asked for, and the control information of a volume. */
class QuotaInformationTest {
    private static final Sid ADMINISTRATORS = Sid.BUILTIN_ADMINISTRATORS;
    private static final Sid UNIX = Sid.unixUser(1000);
    private static final QuotaInformation ONE = new QuotaInformation(0x1122, 0x1000, -1, -1, ADMINISTRATORS);
    private static final QuotaInformation TWO = new QuotaInformation(0, 0, 0x400, 0x800, UNIX);
    private static final String ADMINISTRATORS_HEX = "01 02 000000000005 20000000 20020000";
    private static final String UNIX_HEX = "01 02 000000000016 01000000 e8030000";
    private static final String ONE_HEX =
            "10000000 2211000000000000 0010000000000000 ffffffffffffffff ffffffffffffffff " + ADMINISTRATORS_HEX;
    private static final String TWO_HEX =
            "10000000 0000000000000000 0000000000000000 0004000000000000 0008000000000000 " + UNIX_HEX;
    private static final String BOTH_HEX = "38000000" + ONE_HEX + "00000000" + TWO_HEX;
    private static final String USERS_HEX = "18000000 10000000" + ADMINISTRATORS_HEX + "00000000 10000000" + UNIX_HEX;
    private static final String CONTROL_HEX = "0100000000000000 0200000000000000 0300000000000000"
            + "ffffffffffffffff 0000100000000000 02000000 00000000";

    private static void assertMalformed(String hex) {
        assertThrows(MalformedMessage.class, () -> QuotaInformation.decodeList(Hex.reader(hex)), hex);
    }

    private static void assertMalformedUsers(String hex) {
        assertThrows(MalformedMessage.class, () -> GetQuotaList.decode(Hex.reader(hex)), hex);
    }

    @Test
    void aListIsWrittenAndReadAlike() {
        ByteBuf out = Unpooled.buffer();
        QuotaWriter writer = new QuotaWriter(1000, new WireWriter(out));
        assertTrue(writer.isEmpty());
        assertTrue(writer.append(ONE));
        assertTrue(writer.append(TWO));
        assertFalse(writer.isEmpty());
        assertEquals(Hex.plain(BOTH_HEX), Hex.of(out));
        assertEquals(List.of(ONE, TWO), QuotaInformation.decodeList(Hex.reader(BOTH_HEX)));
    }

    @Test
    void entriesBeginAtMultiplesOfEight() {
        ByteBuf out = Unpooled.buffer();
        QuotaWriter writer = new QuotaWriter(1000, new WireWriter(out));
        writer.append(new QuotaInformation(0, 0, 0, 0, Sid.EVERYONE)); // 52 bytes
        writer.append(TWO);
        assertEquals(56, out.getIntLE(0));
        assertEquals(56 + 56, out.readableBytes());
    }

    @Test
    void onlyWholeEntriesAreWritten() {
        ByteBuf out = Unpooled.buffer();
        QuotaWriter writer = new QuotaWriter(111, new WireWriter(out));
        assertTrue(writer.append(ONE));
        assertFalse(writer.append(TWO));
        assertEquals(56, out.readableBytes());
        assertEquals(0, out.getIntLE(0));
        assertFalse(new QuotaWriter(55, new WireWriter(Unpooled.buffer())).append(ONE));
    }

    @Test
    void everyTruncationIsRefused() {
        String plain = Hex.plain(BOTH_HEX);
        for (int length = 0; length < plain.length(); length += 2) {
            assertMalformed(plain.substring(0, length));
        }
        String users = Hex.plain(USERS_HEX);
        for (int length = 0; length < users.length(); length += 2) {
            assertMalformedUsers(users.substring(0, length));
        }
        String control = Hex.plain(CONTROL_HEX);
        for (int length = 0; length < control.length(); length += 2) {
            WireReader cut = Hex.reader(control.substring(0, length));
            assertThrows(MalformedMessage.class, () -> FsControlInformation.decode(cut));
        }
    }

    @Test
    void offsetsThatGoBackOrNowhereAreRefused() {
        for (String next : List.of("08000000", "30000000", "3c000000", "f8ffffff", "00010000")) {
            assertMalformed(next + ONE_HEX + "00000000" + TWO_HEX);
        }
        for (String next : List.of("04000000", "14000000", "1a000000", "fcffffff", "00010000")) {
            assertMalformedUsers(next + USERS_HEX.substring(8));
        }
        assertMalformed("00000000 ffffffff" + ONE_HEX.substring(8)); // a SID of 4 GiB
        assertMalformedUsers("00000000 ffffffff" + ADMINISTRATORS_HEX);
    }

    @Test
    void usersThatAreAskedForAreRead() {
        assertEquals(List.of(ADMINISTRATORS, UNIX), GetQuotaList.decode(Hex.reader(USERS_HEX)));
    }

    @Test
    void theControlInformationOfAVolumeIsWrittenAndReadAlike() {
        FsControlInformation information =
                new FsControlInformation(1, 2, 3, -1, 0x100000, FsControlInformation.QUOTA_ENFORCE);
        ByteBuf out = Unpooled.buffer();
        information.encode(new WireWriter(out));
        assertEquals(FsControlInformation.SIZE_BYTES, out.readableBytes());
        assertEquals(Hex.plain(CONTROL_HEX), Hex.of(out));
        assertEquals(information, FsControlInformation.decode(Hex.reader(CONTROL_HEX)));
    }
}

package org.smbd.protocol.fscc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/** Lists of extended attributes and of their names. */
class FullEaTest {
    private static final FullEaEntry ONE = new FullEaEntry(0, "one", new byte[] {1, 2});
    private static final FullEaEntry TWO = new FullEaEntry(FullEaEntry.FILE_NEED_EA, "two", new byte[] {3});
    private static final String BOTH = "10000000" + "00" + "03" + "0200" + "6f6e6500" + "0102" + "0000" // one
            + "00000000" + "80" + "03" + "0100" + "74776f00" + "03"; // two
    private static final String NAMES = "0c000000" + "03" + "6f6e6500" + "000000" + "00000000" + "03" + "74776f00";

    private static WireReader reader(String hex) {
        return new WireReader(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex)));
    }

    private static NtStatus refusal(String hex) {
        return assertThrows(MalformedMessage.class, () -> GetEaEntry.decodeList(reader(hex)))
                .status();
    }

    @Test
    void aListIsWrittenAndReadAlike() {
        ByteBuf out = Unpooled.buffer();
        FullEaWriter writer = new FullEaWriter(1000, new WireWriter(out));
        assertTrue(writer.append(ONE));
        assertTrue(writer.append(TWO));
        assertEquals(BOTH, ByteBufUtil.hexDump(out));
        assertEquals(List.of(ONE, TWO), FullEaEntry.decodeList(reader(BOTH)));
    }

    @Test
    void onlyWholeEntriesAreWritten() {
        ByteBuf out = Unpooled.buffer();
        FullEaWriter writer = new FullEaWriter(BOTH.length() / 2 - 1, new WireWriter(out));
        assertTrue(writer.append(ONE));
        assertFalse(writer.append(TWO));
        assertEquals("00000000" + BOTH.substring(8, 28), ByteBufUtil.hexDump(out));
        assertFalse(new FullEaWriter(13, new WireWriter(Unpooled.buffer())).append(ONE));
        assertTrue(new FullEaWriter(14, new WireWriter(Unpooled.buffer())).append(ONE));
    }

    @Test
    void namesThatAreAskedForAreRead() {
        assertEquals(List.of(new GetEaEntry("one"), new GetEaEntry("two")), GetEaEntry.decodeList(reader(NAMES)));
    }

    @Test
    void everyTruncationIsInconsistent() {
        for (int length = 0; length < NAMES.length(); length += 2) {
            assertEquals(NtStatus.EA_LIST_INCONSISTENT, refusal(NAMES.substring(0, length)));
        }
    }

    @Test
    void offsetsThatGoNowhereAndNamesThatAreNone() {
        assertEquals(NtStatus.EA_LIST_INCONSISTENT, refusal("04000000" + NAMES.substring(8)));
        assertEquals(NtStatus.EA_LIST_INCONSISTENT, refusal("0d000000" + NAMES.substring(8)));
        assertEquals(NtStatus.EA_LIST_INCONSISTENT, refusal("fcffffff" + NAMES.substring(8)));
        assertEquals(NtStatus.EA_LIST_INCONSISTENT, refusal("00000000" + "03" + "6f6e6501"));
        assertEquals(NtStatus.INVALID_EA_NAME, refusal("00000000" + "00" + "00"));
        assertEquals(NtStatus.INVALID_EA_NAME, refusal("00000000" + "01" + "2a00"));
    }
}

package org.smbd.protocol.fscc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class NotifyInfoWriterTest {
    private static final String GOLDEN =
            "14000000 04000000 06000000" + Hex.utf16("abc") + "0000" + "00000000 05000000 06000000" + Hex.utf16("d\\e");

    @Test
    void recordsAreChainedOnFourByteBoundaries() {
        ByteBuf out = Unpooled.buffer();
        NotifyInfoWriter writer = new NotifyInfoWriter(out, 38);
        assertEquals(true, writer.append(NotifyAction.RENAMED_OLD_NAME, "abc"));
        assertEquals(true, writer.append(NotifyAction.RENAMED_NEW_NAME, "d\\e"));
        assertEquals(Hex.plain(GOLDEN), Hex.of(out));
    }

    @Test
    void aRecordThatDoesNotFitLeavesNothingBehind() {
        for (int budget = 0; budget < 38; budget++) {
            ByteBuf out = Unpooled.buffer();
            NotifyInfoWriter writer = new NotifyInfoWriter(out, budget);
            assertEquals(budget >= 18, writer.append(NotifyAction.ADDED, "abc"));
            assertEquals(false, writer.append(NotifyAction.ADDED, "abcd"));
            assertEquals(budget >= 18 ? 18 : 0, out.readableBytes());
            assertEquals(0, budget >= 18 ? out.getIntLE(0) : 0);
        }
    }
}

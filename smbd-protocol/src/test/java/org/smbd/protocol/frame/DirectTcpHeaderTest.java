package org.smbd.protocol.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.smbd.protocol.wire.Malformed.assertConnectionLost;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.smbd.protocol.wire.Hex;

class DirectTcpHeaderTest {
    @Test
    void theLengthIsTwentyFourBitsBigEndian() {
        assertEquals(0x010203, DirectTcpHeader.decode(Hex.bytes("00010203"), 0));
        assertEquals(DirectTcpHeader.LENGTH_MAX, DirectTcpHeader.decode(Hex.bytes("ee00ffffff"), 1));
        ByteBuf buffer = Unpooled.buffer().writeZero(5);
        DirectTcpHeader.encode(buffer, 1, 0x010203);
        assertEquals("0000010203", Hex.digits(buffer));
    }

    @Test
    void anotherFirstByteCostsTheConnection() {
        for (int first = 1; first < 256; first++) {
            ByteBuf header = Hex.bytes("00000004").setByte(0, first);
            assertConnectionLost(() -> DirectTcpHeader.decode(header, 0), "first byte " + first);
        }
    }

    @Test
    void aLengthThatDoesNotFitIsNotWritten() {
        ByteBuf buffer = Unpooled.buffer().writeZero(4);
        assertThrows(IllegalArgumentException.class, () -> DirectTcpHeader.encode(buffer, 0, 0x1000000));
        assertThrows(IllegalArgumentException.class, () -> DirectTcpHeader.encode(buffer, 0, -1));
        assertEquals("00000000", Hex.digits(buffer));
    }
}

package org.smbd.protocol.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.smbd.protocol.wire.Malformed.assertConnectionLost;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.smbd.protocol.wire.Hex;
import org.smbd.protocol.wire.WireReader;

class TransformHeaderTest {
    private static final TransformHeader HEADER = new TransformHeader(4, 0x0102030405060708L);
    private static final String HEADER_HEX =
            "fd534d42 |" + "00".repeat(16) + "|" + "00".repeat(16) + "| 04000000 | 0000 | 0100 | 0807060504030201";
    private static final String MESSAGE_HEX = HEADER_HEX + "| aabbccdd";

    private static TransformHeader decode(ByteBuf message) {
        return TransformHeader.decode(new WireReader(message));
    }

    @Test
    void goldenBytesBothWays() {
        assertEquals(HEADER, decode(Hex.bytes(MESSAGE_HEX)));
        assertEquals(Hex.digits(Hex.bytes(HEADER_HEX)), Hex.written(0, HEADER::encode));
        assertEquals(TransformHeader.SIZE_BYTES, Hex.bytes(HEADER_HEX).readableBytes());
    }

    @Test
    void theReservedFieldIsIgnored() {
        assertEquals(HEADER, decode(Hex.bytes(MESSAGE_HEX).setShortLE(40, 0xFFFF)));
    }

    @Test
    void eachTruncationCostsTheConnection() {
        ByteBuf message = Hex.bytes(MESSAGE_HEX);
        for (int length = 0; length < message.readableBytes(); length++) {
            ByteBuf cut = message.slice(0, length);
            assertConnectionLost(() -> decode(cut), length + " bytes");
        }
    }

    @Test
    void anotherSizeThanTheMessageHasCostsTheConnection() {
        for (int size : new int[] {0, 3, 5, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF}) {
            ByteBuf message = Hex.bytes(MESSAGE_HEX).setIntLE(36, size);
            assertConnectionLost(() -> decode(message), "OriginalMessageSize " + size);
        }
        assertConnectionLost(() -> decode(Hex.bytes(HEADER_HEX).setIntLE(36, 0)), "nothing sealed");
    }

    @Test
    void anotherTransformationCostsTheConnection() {
        for (int flags : new int[] {0, 2, 3, 0x8001, 0xFFFF}) {
            ByteBuf message = Hex.bytes(MESSAGE_HEX).setShortLE(42, flags);
            assertConnectionLost(() -> decode(message), "Flags " + flags);
        }
        assertConnectionLost(() -> decode(Hex.bytes(MESSAGE_HEX).setByte(0, 0xFE)), "plain");
        assertConnectionLost(() -> decode(Hex.bytes(MESSAGE_HEX).setByte(0, 0xFC)), "compressed");
    }

    @Test
    void aSealedMessageIsRecognisedByItsFirstBytes() {
        assertTrue(TransformHeader.startsAt(Hex.bytes("00" + MESSAGE_HEX), 1));
        assertFalse(TransformHeader.startsAt(Hex.bytes("fe534d42"), 0));
        assertFalse(TransformHeader.startsAt(Hex.bytes("fd534d"), 0));
    }
}

package org.smbd.protocol.smb1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.smbd.protocol.wire.Malformed.assertConnectionLost;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.smbd.protocol.wire.Hex;
import org.smbd.protocol.wire.WireReader;

class Smb1NegotiateTest {
    private static final Smb1Header HEADER =
            new Smb1Header(Smb1Header.COM_NEGOTIATE, 0, 0x18, 0xC853, 0x0001FEFF, 0xFFFF, 7, 9);
    private static final String HEADER_HEX =
            "ff534d42 | 72 | 00000000 | 18 | 53c8 | 0100 | 0000000000000000 | 0000" + "| ffff | fffe | 0700 | 0900";
    private static final Smb1NegotiateRequest REQUEST = new Smb1NegotiateRequest(
            HEADER, List.of("NT LM 0.12", Smb1NegotiateRequest.SMB_2_002, Smb1NegotiateRequest.SMB_2_WILDCARD));
    private static final String REQUEST_HEX =
            HEADER_HEX + "| 00 | 2200" + dialect("NT LM 0.12") + dialect("SMB 2.002") + dialect("SMB 2.???");

    private static String dialect(String name) {
        return "02" + ByteBufUtil.hexDump(name.getBytes(StandardCharsets.US_ASCII)) + "00";
    }

    private static Smb1NegotiateRequest decode(ByteBuf message) {
        return Smb1NegotiateRequest.decode(new WireReader(message));
    }

    private static ByteBuf request(String dialectsHex) {
        ByteBuf dialects = Hex.bytes(dialectsHex);
        return Hex.bytes(HEADER_HEX + "| 00 | 0000" + dialectsHex).setShortLE(33, dialects.readableBytes());
    }

    @Test
    void theRequestHasGoldenBytesBothWays() {
        assertEquals(REQUEST, decode(Hex.bytes(REQUEST_HEX)));
        assertEquals(Hex.digits(Hex.bytes(REQUEST_HEX)), Hex.written(0, REQUEST::encode));
    }

    @Test
    void eachTruncationCostsTheConnection() {
        ByteBuf message = Hex.bytes(REQUEST_HEX);
        for (int length = 0; length < message.readableBytes(); length++) {
            ByteBuf cut = message.slice(0, length);
            assertConnectionLost(() -> decode(cut), length + " bytes");
        }
    }

    @Test
    void aMessageThatIsNoNegotiationCostsTheConnection() {
        assertConnectionLost(() -> decode(Hex.bytes(REQUEST_HEX).setByte(0, 0xFE)), "protocol");
        assertConnectionLost(() -> decode(Hex.bytes(REQUEST_HEX).setByte(4, 0x73)), "command");
        assertConnectionLost(() -> decode(Hex.bytes(REQUEST_HEX).setByte(32, 1)), "WordCount");
        assertConnectionLost(() -> decode(Hex.bytes(REQUEST_HEX).setShortLE(33, 0xFFFF)), "ByteCount");
    }

    @Test
    void aDialectWithoutItsFormatByteOrItsEndCostsTheConnection() {
        assertConnectionLost(() -> decode(request("03 6100")), "format byte");
        assertConnectionLost(() -> decode(request("02 6162")), "no end");
        assertConnectionLost(() -> decode(request("02")), "no name");
    }

    @Test
    void theNumberOfDialectsIsBounded() {
        int max = Smb1NegotiateRequest.DIALECT_COUNT_MAX;
        assertEquals(max, decode(request("0200".repeat(max))).dialects().size());
        assertConnectionLost(() -> decode(request("0200".repeat(max + 1))), "too many");
        assertEquals(List.of(), decode(request("")).dialects());
    }

    /** The Linux client with vers=1.0 complains about anything but a whole, well-formed answer. */
    @Test
    void theRefusalHasGoldenBytesBothWays() {
        Smb1NegotiateRefusal refusal = Smb1NegotiateRefusal.of(REQUEST);
        String hex = "ff534d42 | 72 | 00000000 | 98 | 53c8 | 0100 | 0000000000000000 | 0000 | ffff | fffe | 0700 | 0900"
                + "| 01 | ffff | 0000";
        assertEquals(Hex.digits(Hex.bytes(hex)), Hex.written(0, refusal::encode));
        assertEquals(refusal, Smb1NegotiateRefusal.decode(new WireReader(Hex.bytes(hex))));
        ByteBuf message = Hex.bytes(hex);
        for (int length = 0; length < message.readableBytes(); length++) {
            ByteBuf cut = message.slice(0, length);
            assertConnectionLost(() -> Smb1NegotiateRefusal.decode(new WireReader(cut)), length + " bytes");
        }
    }

    @Test
    void theProtocolIsRecognisedByItsFirstBytes() {
        assertTrue(Smb1Header.startsAt(Hex.bytes("00" + REQUEST_HEX), 1));
        assertFalse(Smb1Header.startsAt(Hex.bytes("fe534d42"), 0));
        assertFalse(Smb1Header.startsAt(Hex.bytes("ff534d"), 0));
    }
}

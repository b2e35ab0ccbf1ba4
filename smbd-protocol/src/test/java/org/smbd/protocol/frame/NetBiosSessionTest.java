package org.smbd.protocol.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.smbd.protocol.wire.Malformed.assertConnectionLost;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.smbd.protocol.frame.NetBiosSession.Refusal;
import org.smbd.protocol.wire.Hex;
import org.smbd.protocol.wire.WireReader;

class NetBiosSessionTest {
    /** "*SMBSERVER" with suffix 0x20, called by "CLIENT" with suffix 0. */
    private static final String REQUEST_HEX =
            "20" + encoded("*SMBSERVER     ", 0x20) + "00" + "20" + encoded("CLIENT         ", 0) + "00";

    private static final NetBiosSessionRequest REQUEST =
            new NetBiosSessionRequest(NetBiosName.SMBSERVER, new NetBiosName("CLIENT", 0));

    private static String encoded(String padded, int suffix) {
        StringBuilder hex = new StringBuilder();
        for (char octet : (padded + (char) suffix).toCharArray()) {
            hex.append(String.format("%02x%02x", 'A' + octet / 16, 'A' + octet % 16));
        }
        return hex.toString();
    }

    private static NetBiosSessionRequest decode(ByteBuf bytes) {
        return NetBiosSessionRequest.decode(new WireReader(bytes));
    }

    @Test
    void theHeaderHasGoldenBytesBothWays() {
        ByteBuf buffer = Unpooled.buffer().writeZero(4);
        for (Object[] row : new Object[][] {
            {"00000102", NetBiosSession.Type.SESSION_MESSAGE, 0x0102},
            {"0001ffff", NetBiosSession.Type.SESSION_MESSAGE, NetBiosSession.LENGTH_MAX},
            {"81000044", NetBiosSession.Type.SESSION_REQUEST, 68},
            {"82000000", NetBiosSession.Type.POSITIVE_SESSION_RESPONSE, 0},
            {"83000001", NetBiosSession.Type.NEGATIVE_SESSION_RESPONSE, 1},
            {"84000006", NetBiosSession.Type.RETARGET_SESSION_RESPONSE, 6},
            {"85000000", NetBiosSession.Type.SESSION_KEEP_ALIVE, 0},
        }) {
            NetBiosSession header = new NetBiosSession((NetBiosSession.Type) row[1], (int) row[2]);
            assertEquals(header, NetBiosSession.decode(Hex.bytes((String) row[0]), 0));
            header.encode(buffer, 0);
            assertEquals(row[0], Hex.digits(buffer));
        }
    }

    @Test
    void anUnknownTypeOrAReservedFlagCostsTheConnection() {
        Set<Integer> known = Set.of(0x00, 0x81, 0x82, 0x83, 0x84, 0x85);
        for (int type = 0; type < 256; type++) {
            ByteBuf header = Hex.bytes("00000000").setByte(0, type);
            if (!known.contains(type)) {
                assertConnectionLost(() -> NetBiosSession.decode(header, 0), "type " + type);
            }
        }
        for (int flags : new int[] {2, 3, 0x80, 0xFF}) {
            ByteBuf header = Hex.bytes("00000000").setByte(1, flags);
            assertConnectionLost(() -> NetBiosSession.decode(header, 0), "flags " + flags);
        }
    }

    @Test
    void aLengthThatDoesNotFitIsNotWritten() {
        ByteBuf buffer = Unpooled.buffer().writeZero(4);
        NetBiosSession header = new NetBiosSession(NetBiosSession.Type.SESSION_MESSAGE, 0x20000);
        assertThrows(IllegalArgumentException.class, () -> header.encode(buffer, 0));
    }

    @Test
    void answersHaveGoldenBytes() {
        ByteBuf positive = Unpooled.buffer();
        NetBiosSession.encodePositiveResponse(positive);
        assertEquals("82000000", Hex.digits(positive));
        ByteBuf keepAlive = Unpooled.buffer();
        NetBiosSession.encodeKeepAlive(keepAlive);
        assertEquals("85000000", Hex.digits(keepAlive));
    }

    @ParameterizedTest
    @EnumSource
    void aRefusalCarriesItsCode(Refusal refusal) {
        ByteBuf negative = Unpooled.buffer();
        NetBiosSession.encodeNegativeResponse(refusal, negative);
        assertEquals("83000001" + String.format("%02x", refusal.code()), Hex.digits(negative));
    }

    @Test
    void aSessionRequestHasGoldenBytesBothWays() {
        assertEquals(REQUEST, decode(Hex.bytes(REQUEST_HEX)));
        assertEquals(Hex.digits(Hex.bytes(REQUEST_HEX)), Hex.written(0, REQUEST::encode));
        assertEquals(68, Hex.bytes(REQUEST_HEX).readableBytes());
    }

    @Test
    void theEncodingOfANameIsThatOfTheSpecification() {
        // RFC 1001 14.1: "FRED" padded with blanks is EGFCEFEECACACACACACACACACACACACA
        String fred = "EGFCEFEECACACACACACACACACACACACA";
        StringBuilder hex = new StringBuilder("20");
        fred.chars().forEach(letter -> hex.append(String.format("%02x", letter)));
        NetBiosName name = NetBiosName.decode(new WireReader(Hex.bytes(hex + "00")));
        assertEquals(new NetBiosName("FRED", ' '), name);
    }

    @Test
    void aScopeIsPassedOver() {
        String called = "20" + encoded("*SMBSERVER     ", 0x20) + "03 61 62 63 | 02 64 65 | 00";
        String calling = "20" + encoded("CLIENT         ", 0) + "00";
        assertEquals(REQUEST, decode(Hex.bytes(called + calling)));
    }

    @Test
    void eachTruncationCostsTheConnection() {
        ByteBuf request = Hex.bytes(REQUEST_HEX);
        for (int length = 0; length < request.readableBytes(); length++) {
            ByteBuf cut = request.slice(0, length);
            assertConnectionLost(() -> decode(cut), length + " bytes");
        }
    }

    @Test
    void whatIsNoNameCostsTheConnection() {
        assertConnectionLost(() -> decode(Hex.bytes(REQUEST_HEX).setByte(0, 0x1F)), "label of 31");
        assertConnectionLost(() -> decode(Hex.bytes(REQUEST_HEX).setByte(1, 'Q')), "letter behind P");
        assertConnectionLost(() -> decode(Hex.bytes(REQUEST_HEX).setByte(1, '@')), "letter before A");
        assertConnectionLost(() -> decode(Hex.bytes(REQUEST_HEX + "00")), "trailing byte");
        assertConnectionLost(() -> decode(Hex.bytes(REQUEST_HEX).setByte(33, 0xC0)), "pointer");
        String endlessScope = "20" + encoded("*SMBSERVER     ", 0x20) + ("3f" + "61".repeat(63)).repeat(4) + "00";
        assertConnectionLost(() -> decode(Hex.bytes(endlessScope)), "name of more than 255 bytes");
    }
}

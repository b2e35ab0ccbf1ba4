package org.smbd.protocol.smb2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.smbd.protocol.wire.Malformed.assertInvalidParameter;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.smbd.protocol.wire.Hex;
import org.smbd.protocol.wire.WireReader;

class ValidateNegotiateInfoTest {
    private static final ValidateNegotiateInfoRequest REQUEST =
            new ValidateNegotiateInfoRequest(0x7F, Vector.GUID, 1, List.of(0x0202, 0x0300));
    private static final String REQUEST_HEX = "7f000000 |" + Vector.GUID_HEX + "| 0100 | 0200 | 0202 0003";
    private static final ValidateNegotiateInfoResponse RESPONSE =
            new ValidateNegotiateInfoResponse(0x46, Vector.GUID, 3, 0x0302);
    private static final String RESPONSE_HEX = "46000000 |" + Vector.GUID_HEX + "| 0300 | 0203";

    @Test
    void goldenBytesBothWays() {
        ByteBuf request = Hex.bytes(REQUEST_HEX);
        assertEquals(REQUEST, ValidateNegotiateInfoRequest.decode(new WireReader(request)));
        assertEquals(Hex.digits(request), Hex.written(0, REQUEST::encode));
        ByteBuf response = Hex.bytes(RESPONSE_HEX);
        assertEquals(RESPONSE, ValidateNegotiateInfoResponse.decode(new WireReader(response)));
        assertEquals(Hex.digits(response), Hex.written(0, RESPONSE::encode));
        assertEquals(ValidateNegotiateInfoResponse.SIZE_BYTES, response.readableBytes());
    }

    @Test
    void eachTruncationIsRefused() {
        ByteBuf request = Hex.bytes(REQUEST_HEX);
        for (int length = 0; length < request.readableBytes(); length++) {
            ByteBuf cut = request.slice(0, length);
            assertInvalidParameter(() -> ValidateNegotiateInfoRequest.decode(new WireReader(cut)), length + " bytes");
        }
        ByteBuf response = Hex.bytes(RESPONSE_HEX);
        for (int length = 0; length < response.readableBytes(); length++) {
            ByteBuf cut = response.slice(0, length);
            assertInvalidParameter(() -> ValidateNegotiateInfoResponse.decode(new WireReader(cut)), length + " bytes");
        }
    }

    @Test
    void tooManyDialectsAreRefused() {
        ByteBuf request = Hex.bytes(REQUEST_HEX + "00".repeat(1000)).setShortLE(22, 65);
        assertInvalidParameter(() -> ValidateNegotiateInfoRequest.decode(new WireReader(request)), "65 dialects");
    }
}

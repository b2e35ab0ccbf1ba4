package org.smbd.protocol.smb2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.smbd.protocol.smb2.Vector.behindHeader;
import static org.smbd.protocol.wire.Malformed.assertInvalidParameter;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smbd.protocol.wire.Hex;
import org.smbd.protocol.wire.WireReader;

class NegotiateContextTest {
    private static final int CONTEXT_OFFSET_AT = 28;
    private static final int CONTEXT_COUNT_AT = 32;
    private static final int LIST_OFFSET = 0x68;

    /** A NEGOTIATE of 3.1.1 with so many contexts of an unknown type without data. */
    private static ByteBuf negotiate(int sentContexts, int contextCount) {
        return Hex.bytes("2400 0100 0100 0000 00000000" + Vector.GUID_HEX + "68000000 0000 0000 1103 0000"
                        + "ff00 0000 00000000".repeat(sentContexts))
                .setShortLE(CONTEXT_COUNT_AT, contextCount);
    }

    private static List<NegotiateContext> decode(ByteBuf body) {
        return NegotiateRequest.decode(behindHeader(body)).negotiateContexts();
    }

    static Stream<ContextVectors.Context<NegotiateContext>> contexts() {
        return ContextVectors.negotiateContexts();
    }

    @ParameterizedTest
    @MethodSource("contexts")
    void dataHasGoldenBytesBothWays(ContextVectors.Context<NegotiateContext> context) {
        int type = Integer.parseInt(context.name());
        assertEquals(type, context.value().contextType());
        assertEquals(context.value(), NegotiateContext.decode(type, new WireReader(context.data())));
        assertEquals(Hex.digits(context.data()), Hex.written(0, context.value()::encodeData));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void eachTruncationOfCapabilitiesIsRefused(int type) {
        ByteBuf data = ContextVectors.negotiateContexts()
                .filter(context -> context.value().contextType() == type)
                .findFirst()
                .orElseThrow()
                .data();
        for (int length = 0; length < data.readableBytes(); length++) {
            ByteBuf cut = data.slice(0, length);
            assertInvalidParameter(() -> NegotiateContext.decode(type, new WireReader(cut)), length + " bytes");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void capabilitiesWithoutAnAlgorithmOrWithTooManyAreRefused(int type) {
        for (int count : new int[] {0, 5, 0x7FFF, 0x8000, 0xFFFF}) {
            ByteBuf data = Hex.bytes("0000 0000 0100 0100 0100").setShortLE(0, count);
            assertInvalidParameter(() -> NegotiateContext.decode(type, new WireReader(data)), count + " algorithms");
        }
    }

    @Test
    void aSaltLongerThanTheContextIsRefused() {
        for (int salt : new int[] {3, 0x7FFF, 0xFFFF}) {
            ByteBuf data = Hex.bytes("0100 0000 0100 aabb").setShortLE(2, salt);
            assertInvalidParameter(() -> NegotiateContext.decode(1, new WireReader(data)), "salt " + salt);
        }
    }

    @Test
    void whatIsToBeIgnoredIsNeverRefused() {
        for (int type : new int[] {0, 3, 4, 5, 6, 7, 9, 0x100, 0xFFFF}) {
            for (int length = 0; length < 9; length++) {
                WireReader data = new WireReader(Hex.bytes("ff".repeat(length)));
                assertEquals(type, NegotiateContext.decode(type, data).contextType());
            }
        }
    }

    @Test
    void theCountIsBounded() {
        assertEquals(0, decode(negotiate(2, 0)).size());
        assertEquals(1, decode(negotiate(2, 1)).size());
        assertEquals(
                NegotiateContexts.COUNT_MAX,
                decode(negotiate(64, NegotiateContexts.COUNT_MAX)).size());
        assertInvalidParameter(() -> decode(negotiate(1, 2)), "more than sent");
        assertInvalidParameter(() -> decode(negotiate(100, NegotiateContexts.COUNT_MAX + 1)), "too many");
        assertInvalidParameter(() -> decode(negotiate(1, 0xFFFF)), "65,535");
    }

    @Test
    void theOffsetIsAlignedAndBehindTheDialects() {
        for (long offset : new long[] {
            0,
            1,
            64,
            96,
            LIST_OFFSET - 2,
            LIST_OFFSET + 4,
            LIST_OFFSET + 8,
            0xFFFF,
            0xFFF8,
            0x7FFFFFF8,
            0xFFFFFFF8L,
            0xFFFFFFFFL
        }) {
            ByteBuf body = negotiate(1, 1).setIntLE(CONTEXT_OFFSET_AT, (int) offset);
            assertInvalidParameter(() -> decode(body), "offset " + offset);
        }
    }

    @Test
    void dataEndsWithTheMessage() {
        int dataLengthAt = LIST_OFFSET - Smb2Header.SIZE_BYTES + 2;
        for (int length : new int[] {1, 0x7FFF, 0xFFFF}) {
            ByteBuf body = negotiate(1, 1).setShortLE(dataLengthAt, length);
            assertInvalidParameter(() -> decode(body), "DataLength " + length);
        }
    }

    @Test
    void contextsAreReadOnlyWhere311IsOffered() {
        ByteBuf body = negotiate(1, 0xFFFF).setShortLE(36, 0x0302);
        assertEquals(List.of(), decode(body));
    }

    @Test
    void aDialectCountOfZeroOrBeyondTheMessageIsRefused() {
        for (int count : new int[] {0, 7, 64, 65, 0xFFFF}) {
            ByteBuf body = negotiate(1, 0).setShortLE(2, count);
            assertInvalidParameter(() -> decode(body), count + " dialects");
        }
    }
}

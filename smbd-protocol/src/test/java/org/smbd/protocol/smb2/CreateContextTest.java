package org.smbd.protocol.smb2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.smbd.protocol.wire.Malformed.assertInvalidParameter;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.smbd.protocol.wire.Hex;
import org.smbd.protocol.wire.WireReader;

class CreateContextTest {
    /** Name MxAc without data, and AlSi of 4096. */
    private static final String CHAIN = "18000000 1000 0400 0000 0000 00000000 4d784163 00000000"
            + "00000000 1000 0400 0000 1800 08000000 416c5369 00000000 0010000000000000";

    private static List<CreateContext> decode(ByteBuf chain) {
        return CreateContextChain.decode(new WireReader(chain), CreateContext::decode);
    }

    static Stream<ContextVectors.Context<CreateContext>> requests() {
        return ContextVectors.createContexts();
    }

    static Stream<ContextVectors.Context<CreateContextResponse>> responses() {
        return ContextVectors.createContextResponses();
    }

    @ParameterizedTest
    @MethodSource("requests")
    void dataOfARequestHasGoldenBytesBothWays(ContextVectors.Context<CreateContext> context) {
        assertEquals(context.value(), CreateContext.decode(context.name(), new WireReader(context.data())));
        assertEquals(Hex.digits(context.data()), Hex.written(0, context.value()::encodeData));
        assertEquals(context.name(), context.value().name());
    }

    @ParameterizedTest
    @MethodSource("responses")
    void dataOfAResponseHasGoldenBytesBothWays(ContextVectors.Context<CreateContextResponse> context) {
        assertEquals(context.value(), CreateContextResponse.decode(context.name(), new WireReader(context.data())));
        assertEquals(Hex.digits(context.data()), Hex.written(0, context.value()::encodeData));
        assertEquals(context.name(), context.value().name());
    }

    @ParameterizedTest
    @MethodSource("responses")
    void eachTruncationOfAResponseIsRefused(ContextVectors.Context<CreateContextResponse> context) {
        if (context.value() instanceof CreateContextResponse.Unknown) {
            return; // any length is one
        }
        for (int length = 0; length < context.data().readableBytes(); length++) {
            if (context.value() instanceof CreateContextResponse.LeaseV2 && length >= 32) {
                continue; // a lease of version 1, with bytes behind it
            }
            ByteBuf cut = context.data().slice(0, length);
            assertInvalidParameter(
                    () -> CreateContextResponse.decode(context.name(), new WireReader(cut)), context + " " + length);
        }
    }

    @Test
    void aKnownContextHasItsLengthAndNoOther() {
        record Known(String name, Set<Integer> lengths) {}
        for (Known known : List.of(
                new Known("DHnQ", Set.of(16)),
                new Known("DHnC", Set.of(16)),
                new Known("MxAc", Set.of(0, 8)),
                new Known("AlSi", Set.of(8)),
                new Known("TWrp", Set.of(8)),
                new Known("RqLs", Set.of(32, 52)),
                new Known("QFid", Set.of(0)),
                new Known("DH2Q", Set.of(32)),
                new Known(CreateContext.Posix.NAME, Set.of(4)),
                new Known(CreateContext.AppInstanceId.NAME, Set.of(20)),
                new Known(CreateContext.AppInstanceVersion.NAME, Set.of(24)),
                new Known("DH2C", Set.of(36)))) {
            for (int length = 0; length < 70; length++) {
                WireReader data = new WireReader(Hex.bytes("00".repeat(length)));
                if (known.lengths.contains(length)) {
                    assertEquals(
                            known.name, CreateContext.decode(known.name, data).name());
                } else {
                    assertInvalidParameter(() -> CreateContext.decode(known.name, data), known.name + " " + length);
                }
            }
        }
    }

    @Test
    void theChainIsWalkedInOrder() {
        assertEquals(
                List.of(new CreateContext.QueryMaximalAccess(0), new CreateContext.AllocationSize(4096)),
                decode(Hex.bytes(CHAIN)));
        assertEquals(List.of(), decode(Hex.bytes("")));
    }

    @Test
    void eachTruncationOfTheChainIsRefused() {
        ByteBuf chain = Hex.bytes(CHAIN);
        for (int length = 1; length < chain.readableBytes(); length++) {
            ByteBuf cut = chain.slice(0, length);
            assertInvalidParameter(() -> decode(cut), length + " bytes");
        }
    }

    @Test
    void nextStaysAlignedAndInside() {
        for (long next : new long[] {1, 4, 7, 8, 15, 17, 25, 56, 57, 64, 0x7FFFFFF8, 0xFFFFFFF8L, 0xFFFFFFFFL}) {
            ByteBuf chain = Hex.bytes(CHAIN).setIntLE(0, (int) next);
            assertInvalidParameter(() -> decode(chain), "Next " + next);
        }
    }

    @Test
    void nameAndDataStayInsideTheirContext() {
        record Change(int index, int bytes, long value, String what) {}
        for (Change change : List.of(
                new Change(24 + 4, 2, 0, "name in the fixed part"),
                new Change(24 + 4, 2, 15, "name in the fixed part"),
                new Change(24 + 4, 2, 29, "name past the end"),
                new Change(24 + 4, 2, 0xFFFF, "name far away"),
                new Change(24 + 6, 2, 0, "no name"),
                new Change(24 + 6, 2, 3, "short name"),
                new Change(24 + 6, 2, 17, "name too long"),
                new Change(24 + 6, 2, 0xFFFF, "name too long"),
                new Change(24 + 10, 2, 0, "data in the fixed part"),
                new Change(24 + 10, 2, 25, "data past the end"),
                new Change(24 + 10, 2, 0xFFFF, "data far away"),
                new Change(24 + 12, 4, 9, "data too long"),
                new Change(24 + 12, 4, 0x7FFFFFFF, "data too long"),
                new Change(24 + 12, 4, 0xFFFFFFFFL, "data too long"),
                new Change(4, 2, 21, "name of the first reaches into the second"))) {
            ByteBuf chain = Hex.bytes(CHAIN);
            if (change.bytes == 2) {
                chain.setShortLE(change.index, (int) change.value);
            } else {
                chain.setIntLE(change.index, (int) change.value);
            }
            assertInvalidParameter(() -> decode(chain), change.what + " " + change.value);
        }
    }

    @Test
    void theDataOffsetOfNoDataIsIgnored() {
        ByteBuf chain = Hex.bytes(CHAIN).setShortLE(10, 0xFFFF);
        assertEquals(2, decode(chain).size());
    }

    @Test
    void theNumberOfContextsIsBounded() {
        assertEquals(
                CreateContextChain.COUNT_MAX,
                decode(Hex.bytes(chainOf(CreateContextChain.COUNT_MAX))).size());
        for (int count : new int[] {CreateContextChain.COUNT_MAX + 1, 1000}) {
            ByteBuf chain = Hex.bytes(chainOf(count));
            assertInvalidParameter(() -> decode(chain), count + " contexts");
        }
    }

    private static String chainOf(int count) {
        String one = "1000 0400 0000 0000 00000000 51466964 00000000";
        return ("18000000" + one).repeat(count - 1) + "00000000" + one;
    }

    @Test
    void aNameOfSixteenOctetsSurvives() {
        String sharedDisk = "9ccbcf9e04c1e643980e158da1f6ec83";
        ByteBuf chain = Hex.bytes("00000000 1000 1000 0000 2000 02000000" + sharedDisk + "aabb");
        CreateContext context = decode(chain).get(0);
        CreateContext.Unknown unknown = (CreateContext.Unknown) context;
        assertEquals(Hex.bytes("aabb"), unknown.data());
        assertEquals(16, unknown.name().length());
        String written = Hex.written(64, out -> {
            out.i64(0);
            CreateContextChain.encode(List.of(unknown), out.position() - 8, out);
        });
        assertEquals("48000000" + "22000000" + Hex.digits(chain), written);
    }

    @Test
    void anInstanceOfAnApplicationHasAnIdAndAVersion() {
        String id = "00000000 1000 1000 0000 2000 14000000 45bca66aefa7f74a9008fa462e144d74"
                + "1400 0000 00112233445566778899aabbccddeeff";
        String version = "00000000 1000 1000 0000 2000 18000000 b982d0b73b56074fa07b524a8116a010"
                + "1800 0000 00000000 0100000000000000 ffffffffffffffff";
        for (String chain : List.of(id, version)) {
            List<CreateContext> contexts = decode(Hex.bytes(chain));
            CreateContext expected = chain.equals(id)
                    ? new CreateContext.AppInstanceId(
                            new WireReader(Hex.bytes("00112233445566778899aabbccddeeff")).guid())
                    : new CreateContext.AppInstanceVersion(1, -1);
            assertEquals(List.of(expected), contexts);
            String written = Hex.written(128, out -> {
                out.i64(0);
                CreateContextChain.encode(contexts, out.position() - 8, out);
            });
            assertEquals(Hex.digits(Hex.bytes(chain)), written.substring(16));
        }
    }
}

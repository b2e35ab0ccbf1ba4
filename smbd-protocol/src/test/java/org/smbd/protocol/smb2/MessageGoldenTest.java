package org.smbd.protocol.smb2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.smbd.protocol.smb2.Vector.behindHeader;
import static org.smbd.protocol.wire.Malformed.assertInvalidParameter;

import io.netty.buffer.ByteBuf;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.smbd.protocol.wire.Hex;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;

/** What holds for each message: golden bytes both ways, and the refusal of all that is shorter or of another size. */
class MessageGoldenTest {
    static Stream<Vector<Smb2Request>> requests() {
        return RequestVectors.all();
    }

    static Stream<Vector<Smb2Response>> responses() {
        return ResponseVectors.all();
    }

    @ParameterizedTest
    @MethodSource("requests")
    void requestIsDecodedFromItsBytes(Vector<Smb2Request> vector) {
        assertEquals(vector.message(), Smb2Request.decode(vector.command(), behindHeader(vector.body())));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void requestIsEncodedToItsBytes(Vector<Smb2Request> vector) {
        assertEquals(vector.encoded(), Hex.written(Smb2Header.SIZE_BYTES, vector.message()::encode));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void eachTruncationOfARequestIsRefused(Vector<Smb2Request> vector) {
        assertTruncationsRefused(vector, Smb2Request::decode);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aRequestOfAnotherStructureSizeIsRefused(Vector<Smb2Request> vector) {
        assertOtherSizesRefused(vector, Smb2Request::decode);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aBrokenByteOfARequestNeverDoesMoreThanRefuseIt(Vector<Smb2Request> vector) {
        assertBrokenBytesHarmless(vector, Smb2Request::decode);
    }

    @ParameterizedTest
    @MethodSource("responses")
    void responseIsDecodedFromItsBytes(Vector<Smb2Response> vector) {
        assertEquals(vector.message(), Smb2Response.decode(vector.command(), behindHeader(vector.body())));
    }

    @ParameterizedTest
    @MethodSource("responses")
    void responseIsEncodedToItsBytes(Vector<Smb2Response> vector) {
        assertEquals(vector.encoded(), Hex.written(Smb2Header.SIZE_BYTES, vector.message()::encode));
    }

    @ParameterizedTest
    @MethodSource("responses")
    void eachTruncationOfAResponseIsRefused(Vector<Smb2Response> vector) {
        assertTruncationsRefused(vector, Smb2Response::decode);
    }

    @ParameterizedTest
    @MethodSource("responses")
    void aResponseOfAnotherStructureSizeIsRefused(Vector<Smb2Response> vector) {
        assertOtherSizesRefused(vector, Smb2Response::decode);
    }

    @ParameterizedTest
    @MethodSource("responses")
    void aBrokenByteOfAResponseNeverDoesMoreThanRefuseIt(Vector<Smb2Response> vector) {
        assertBrokenBytesHarmless(vector, Smb2Response::decode);
    }

    private static void assertTruncationsRefused(Vector<?> vector, BiFunction<Smb2Command, WireReader, Object> decode) {
        for (int length = 0; length < vector.neededBytes(); length++) {
            ByteBuf cut = vector.body().slice(0, length);
            assertInvalidParameter(
                    () -> decode.apply(vector.command(), behindHeader(cut)), length + " bytes of " + vector);
        }
        ByteBuf whole = vector.body().slice(0, vector.neededBytes());
        assertEquals(vector.message(), decode.apply(vector.command(), behindHeader(whole)));
    }

    private static void assertOtherSizesRefused(Vector<?> vector, BiFunction<Smb2Command, WireReader, Object> decode) {
        int structureSize = vector.body().getUnsignedShortLE(0);
        for (int other : new int[] {0, 1, structureSize - 1, structureSize + 1, structureSize | 0x100, 0xFFFF}) {
            ByteBuf body = vector.body().setShortLE(0, other);
            assertInvalidParameter(() -> decode.apply(vector.command(), behindHeader(body)), "StructureSize " + other);
        }
    }

    /** A reserved byte changes nothing, another is seen or refused; none leads to another exception. */
    private static void assertBrokenBytesHarmless(
            Vector<?> vector, BiFunction<Smb2Command, WireReader, Object> decode) {
        for (int index = 0; index < vector.body().readableBytes(); index++) {
            for (int bits : new int[] {0x01, 0x80, 0xFF}) {
                ByteBuf body = vector.body();
                body.setByte(index, body.getByte(index) ^ bits);
                try {
                    Object decoded = decode.apply(vector.command(), behindHeader(body));
                    assertEquals(vector.message().getClass(), decoded.getClass());
                } catch (MalformedMessage refused) {
                    assertEquals(MalformedMessage.Scope.MESSAGE, refused.scope());
                }
            }
        }
    }
}

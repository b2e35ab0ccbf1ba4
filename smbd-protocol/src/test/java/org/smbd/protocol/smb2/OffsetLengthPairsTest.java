package org.smbd.protocol.smb2;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.smbd.protocol.smb2.Vector.behindHeader;
import static org.smbd.protocol.wire.Malformed.assertInvalidParameter;

import io.netty.buffer.ByteBuf;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.smbd.protocol.wire.Hex;

/** Each offset and length pair of a request: in the header, in the fixed part, at the end, past it, and wrapping. */
class OffsetLengthPairsTest {
    /**
     * Where a pair stands in the body.
     *
     * @param fixedBytes of the body: what the pair designates begins no earlier
     */
    record Pair(
            String name,
            Smb2Command command,
            int offsetAt,
            int offsetBytes,
            int lengthAt,
            int lengthBytes,
            int fixedBytes) {
        /** A message whose variable part has 64 bytes, all zero. */
        ByteBuf body() {
            return Hex.bytes("00".repeat(fixedBytes + 64)).setShortLE(0, command.structureSize());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Pair> pairs() {
        return Stream.of(
                new Pair("SESSION_SETUP security buffer", Smb2Command.SESSION_SETUP, 12, 2, 14, 2, 24),
                new Pair("TREE_CONNECT path", Smb2Command.TREE_CONNECT, 4, 2, 6, 2, 8),
                new Pair("CREATE name", Smb2Command.CREATE, 44, 2, 46, 2, 56),
                new Pair("WRITE data", Smb2Command.WRITE, 2, 2, 4, 4, 48),
                new Pair("IOCTL input", Smb2Command.IOCTL, 24, 4, 28, 4, 56),
                new Pair("QUERY_DIRECTORY pattern", Smb2Command.QUERY_DIRECTORY, 24, 2, 26, 2, 32),
                new Pair("QUERY_INFO input", Smb2Command.QUERY_INFO, 8, 2, 12, 4, 40),
                new Pair("SET_INFO buffer", Smb2Command.SET_INFO, 8, 2, 4, 4, 32));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aPairIsAcceptedOnlyWithinTheVariablePart(Pair pair) {
        long fixedEnd = Smb2Header.SIZE_BYTES + (long) pair.fixedBytes();
        long end = fixedEnd + 64;
        long[] offsets = {
            0,
            1,
            63,
            64,
            fixedEnd - 1,
            fixedEnd,
            fixedEnd + 8,
            end - 8,
            end - 2,
            end,
            end + 1,
            0xFFF8,
            0xFFFF,
            0xFFFFFFF8L,
            0xFFFFFFFFL
        };
        long[] lengths = {1, 2, 8, 64, 65, 66, end, 0xFFFE, 0xFFFF, 0xFFFFFFFEL, 0xFFFFFFFFL};
        for (long offset : offsets) {
            for (long length : lengths) {
                long sentOffset = offset & mask(pair.offsetBytes());
                long sentLength = length & mask(pair.lengthBytes());
                ByteBuf body = pair.body();
                set(body, pair.offsetAt(), pair.offsetBytes(), sentOffset);
                set(body, pair.lengthAt(), pair.lengthBytes(), sentLength);
                boolean within = sentOffset >= fixedEnd && sentOffset <= end && sentLength <= end - sentOffset;
                String what = pair + " " + sentOffset + "+" + sentLength;
                if (within && fits(pair, sentOffset, sentLength)) {
                    assertDoesNotThrow(() -> Smb2Request.decode(pair.command(), behindHeader(body)), what);
                } else {
                    assertInvalidParameter(() -> Smb2Request.decode(pair.command(), behindHeader(body)), what);
                }
            }
        }
    }

    /** What single structures demand beyond. */
    private static boolean fits(Pair pair, long offset, long length) {
        return switch (pair.command()) {
            case TREE_CONNECT, CREATE, QUERY_DIRECTORY -> length % 2 == 0;
            case IOCTL -> offset % 8 == 0;
            default -> true;
        };
    }

    /** Windows and Samba clients leave anything in the offset of what is not there. */
    @ParameterizedTest
    @MethodSource("pairs")
    void theOffsetOfNothingIsIgnored(Pair pair) {
        for (long offset : new long[] {0, 1, 64, 0xFF}) {
            ByteBuf body = pair.body();
            set(body, pair.offsetAt(), pair.offsetBytes(), offset);
            assertDoesNotThrow(() -> Smb2Request.decode(pair.command(), behindHeader(body)), pair + " " + offset);
        }
        if (pair.command() != Smb2Command.WRITE) {
            ByteBuf body = pair.body();
            set(body, pair.offsetAt(), pair.offsetBytes(), mask(pair.offsetBytes()));
            assertDoesNotThrow(() -> Smb2Request.decode(pair.command(), behindHeader(body)), pair + " max");
        }
    }

    @Test
    void writeDataBeginsWithinTheFirst256Bytes() {
        ByteBuf body = Hex.bytes("00".repeat(48 + 512)).setShortLE(0, 49);
        body.setShortLE(2, 0x100).setIntLE(4, 8);
        WriteRequest request = WriteRequest.decode(behindHeader(body));
        assertEquals(8, request.data().readableBytes());
        assertInvalidParameter(() -> WriteRequest.decode(behindHeader(body.setShortLE(2, 0x101))), "0x101");
        body.setIntLE(4, 0);
        assertInvalidParameter(() -> WriteRequest.decode(behindHeader(body)), "0x101 without data");
    }

    @Test
    void writeDataIsASliceOfTheFrame() {
        ByteBuf body = Hex.bytes("00".repeat(48 + 8))
                .setShortLE(0, 49)
                .setShortLE(2, 112)
                .setIntLE(4, 8);
        WriteRequest request = WriteRequest.decode(behindHeader(body));
        body.setByte(48, 0x5A);
        assertEquals(0x5A, request.data().getByte(0));
    }

    @Test
    void aPayloadOfAResponseOutsideTheMessageIsRefused() {
        assertInvalidParameter(
                () -> ReadResponse.decode(behindHeader(Hex.bytes("1100 50 00 04000000 00000000 00000000 616263"))),
                "READ");
        assertInvalidParameter(
                () -> QueryInfoResponse.decode(behindHeader(Hex.bytes("0900 4800 ffffffff aabb"))), "QUERY_INFO");
        assertInvalidParameter(
                () -> QueryDirectoryResponse.decode(behindHeader(Hex.bytes("0900 4000 02000000 aabb"))), "header");
    }

    @Test
    void aLockCountBeyondTheMessageIsRefused() {
        for (int count : new int[] {0, 3, 0xFFFF}) {
            ByteBuf body = Hex.bytes("00".repeat(24 + 2 * 24)).setShortLE(0, 48).setShortLE(2, count);
            assertInvalidParameter(() -> LockRequest.decode(behindHeader(body)), "LockCount " + count);
        }
    }

    private static long mask(int bytes) {
        return bytes == 2 ? 0xFFFFL : 0xFFFFFFFFL;
    }

    private static void set(ByteBuf body, int index, int bytes, long value) {
        if (bytes == 2) {
            body.setShortLE(index, (int) value);
        } else {
            body.setIntLE(index, (int) value);
        }
    }
}

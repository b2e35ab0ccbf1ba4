package org.smbd.protocol.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.smbd.protocol.wire.Malformed.assertInvalidParameter;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.smbd.core.type.Guid;

class WireReaderTest {
    private static WireReader reader(String hex) {
        return new WireReader(Hex.bytes(hex));
    }

    @Test
    void numbersAreLittleEndianAndUnsignedWhereTheNameSaysSo() {
        WireReader in = reader("ff | feff | fdffffff | fcffffff | fbffffffffffffff");
        assertEquals(0xFF, in.u8());
        assertEquals(0xFFFE, in.u16());
        assertEquals(0xFFFFFFFDL, in.u32());
        assertEquals(-4, in.i32());
        assertEquals(-5L, in.i64());
        assertEquals(0, in.remaining());
    }

    @Test
    void guidIsThePacketRepresentation() {
        Guid guid = reader("33221100 5544 7766 8899aabbccddeeff").guid();
        assertEquals("00112233-4455-6677-8899-aabbccddeeff", guid.toString());
    }

    @Test
    void readingStopsAtTheBoundEvenIfTheBufferGoesOn() {
        WireReader in = reader("0102030405060708090a0b0c0d0e0f1011").subReader(3);
        List<Consumer<WireReader>> reads = List.of(
                WireReader::i32,
                WireReader::u32,
                WireReader::i64,
                WireReader::guid,
                r -> r.bytes(4),
                r -> r.slice(4),
                r -> r.utf16(4),
                r -> r.skip(4),
                r -> r.subReader(4));
        for (Consumer<WireReader> read : reads) {
            assertInvalidParameter(() -> read.accept(in), "4 of 3 bytes");
        }
        in.skip(3);
        assertInvalidParameter(in::u8, "none left");
        assertInvalidParameter(in::u16, "none left");
    }

    @Test
    void theBuffersOwnIndicesStay() {
        ByteBuf buffer = Hex.bytes("0102030405");
        new WireReader(buffer.skipBytes(1)).i32();
        assertEquals(1, buffer.readerIndex());
    }

    @Test
    void countsThatAreNegativeOrOverflowAreRefused() {
        WireReader in = reader("0102030405");
        in.skip(2);
        for (long count : new long[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 0xFFFFFFFFL, Long.MAX_VALUE, 4}) {
            assertInvalidParameter(() -> in.bytes(count), "bytes " + count);
            assertInvalidParameter(() -> in.slice(count), "slice " + count);
            assertInvalidParameter(() -> in.subReader(count), "subReader " + count);
        }
        assertArrayEquals(new byte[] {3, 4, 5}, in.bytes(3));
    }

    @Test
    void textKeepsUnpairedSurrogatesAndNuls() {
        assertEquals("a\ud800\0", reader("6100 00d8 0000").utf16(6));
    }

    @Test
    void textOfAnOddLengthIsRefused() {
        assertInvalidParameter(() -> reader("610062").utf16(3), "3 bytes");
    }

    @Test
    void aRegionLiesBetweenTheCursorAndTheBound() {
        WireReader in = reader("00010203 04050607");
        in.skip(4);
        assertEquals("04050607", Hex.digits(in.region(4, 4).rest()));
        assertEquals("07", Hex.digits(in.region(7, 1).rest()));
        for (long[] pair : new long[][] {
            {3, 1},
            {0, 8},
            {4, 5},
            {8, 1},
            {9, 1},
            {7, 2},
            {5, 0xFFFFFFFFL},
            {0xFFFFFFFFL, 5},
            {0xFFFFFFFFL, 0xFFFFFFFFL}
        }) {
            assertInvalidParameter(() -> in.region(pair[0], pair[1]), pair[0] + "+" + pair[1]);
        }
        assertEquals(4, in.position());
    }

    @Test
    void aRegionOfLengthZeroMayLieAnywhere() {
        WireReader in = reader("00010203");
        for (long offset : new long[] {0, 4, 5, 0xFFFF, 0xFFFFFFFFL}) {
            assertEquals(0, in.region(offset, 0).remaining());
        }
    }

    @Test
    void aRegionHasItsOwnOrigin() {
        WireReader region = reader("00010203 04050607").region(4, 4);
        assertEquals(0, region.position());
        region.skip(1);
        assertEquals(5, region.u8());
        region.seek(0);
        assertEquals(4, region.u8());
    }

    @Test
    void alignmentCountsFromTheOriginAndStaysWithinTheBound() {
        WireReader in = reader("ffff 0000000000000000").subReader(10);
        in.align(8);
        assertEquals(0, in.position());
        in.skip(1);
        in.align(8);
        assertEquals(8, in.position());
        in.skip(1);
        assertInvalidParameter(() -> in.align(8), "past the end");
    }

    @Test
    void seekIsBounded() {
        WireReader in = reader("0001");
        in.seek(2);
        assertEquals(0, in.remaining());
        assertInvalidParameter(() -> in.seek(3), "behind the end");
        assertInvalidParameter(() -> in.seek(-1), "before the origin");
    }

    @Test
    void anotherStructureSizeIsRefused() {
        reader("3100").structureSize(49);
        assertInvalidParameter(() -> reader("3100").structureSize(48), "48");
        assertInvalidParameter(() -> reader("31").structureSize(49), "cut");
    }
}

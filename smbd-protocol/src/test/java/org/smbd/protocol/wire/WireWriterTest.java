package org.smbd.protocol.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.smbd.core.type.Guid;

class WireWriterTest {
    private final ByteBuf buffer = Unpooled.buffer().writeByte(0xEE);
    private final WireWriter out = new WireWriter(buffer);

    @Test
    void numbersAreLittleEndian() {
        out.u8(0x01);
        out.u16(0x0203);
        out.i32(0x04050607);
        out.i64(0x08090a0b0c0d0e0fL);
        assertEquals("ee01" + "0302" + "07060504" + "0f0e0d0c0b0a0908", Hex.digits(buffer));
        assertEquals(15, out.position());
    }

    @Test
    void guidIsThePacketRepresentation() {
        out.guid(new Guid(0x7766554400112233L, 0xffeeddccbbaa9988L));
        assertEquals("ee" + "3322110044556677" + "8899aabbccddeeff", Hex.digits(buffer));
    }

    @Test
    void textIsUtf16WithoutTerminator() {
        out.utf16("a\u20ac\ud800");
        assertEquals("ee6100ac2000d8", Hex.digits(buffer));
    }

    @Test
    void paddingIsZerosCountedFromTheOrigin() {
        out.align(8);
        assertEquals(0, out.position());
        out.u8(1);
        out.align(4);
        assertEquals("ee01000000", Hex.digits(buffer));
    }

    @Test
    void fieldsArePatchedAtPositionsFromTheOrigin() {
        out.zeros(8);
        out.patchU16(1, 0xABCD);
        out.patchI32(4, 0x01020304);
        assertEquals("ee00cdab0004030201", Hex.digits(buffer));
    }

    @Test
    void anotherBuffersIndicesStay() {
        ByteBuf source = Hex.bytes("010203").skipBytes(1);
        out.bytes(source);
        assertEquals("ee0203", Hex.digits(buffer));
        assertEquals(2, source.readableBytes());
    }

    @Test
    void theOriginMayLieBeforeTheCursor() {
        buffer.writeZero(63);
        WireWriter behindHeader = new WireWriter(buffer, 0);
        assertEquals(64, behindHeader.position());
        behindHeader.truncate(2);
        assertEquals("ee00", Hex.digits(buffer));
    }
}

package org.smbd.protocol.wire;

import io.netty.buffer.ByteBuf;
import org.smbd.core.type.Guid;

/**
 * A little-endian cursor that appends to a buffer. Positions count from the origin, which for an SMB2 message is the
 * first byte of its header, as the offsets in its structures do.
 *
 * <p>The buffer is borrowed; its writer index is the cursor.
 */
public final class WireWriter {
    private final ByteBuf buffer;
    private final int origin;

    /** Appends to a buffer; its writer index is the origin. */
    public WireWriter(ByteBuf buffer) {
        this(buffer, buffer.writerIndex());
    }

    /** Appends to a buffer whose message began at an earlier index. */
    public WireWriter(ByteBuf buffer, int origin) {
        this.buffer = buffer;
        this.origin = origin;
    }

    /** Bytes from the origin to the cursor. */
    public int position() {
        return buffer.writerIndex() - origin;
    }

    /** The same cursor with its origin here, for a structure whose offsets count from its own first byte. */
    public WireWriter nested() {
        return new WireWriter(buffer);
    }

    public void u8(int value) {
        buffer.writeByte(value);
    }

    public void u16(int value) {
        buffer.writeShortLE(value);
    }

    public void i32(int value) {
        buffer.writeIntLE(value);
    }

    public void i64(long value) {
        buffer.writeLongLE(value);
    }

    /** MS-DTYP 2.3.4.2 GUID--Packet Representation. */
    public void guid(Guid value) {
        buffer.writeLongLE(value.low());
        buffer.writeLongLE(value.high());
    }

    public void bytes(byte[] value) {
        buffer.writeBytes(value);
    }

    /** Copies the readable bytes of another buffer, whose indices stay. */
    public void bytes(ByteBuf value) {
        buffer.writeBytes(value, value.readerIndex(), value.readableBytes());
    }

    /** Text as UTF-16LE, without a terminator. */
    public void utf16(String value) {
        for (int i = 0; i < value.length(); i++) {
            buffer.writeShortLE(value.charAt(i));
        }
    }

    public void zeros(int count) {
        buffer.writeZero(count);
    }

    /** Pads with zeros up to the next multiple of a power of two, counted from the origin. */
    public void align(int alignment) {
        buffer.writeZero(-position() & (alignment - 1));
    }

    /** Takes back what was written from a position on. */
    public void truncate(int position) {
        buffer.writerIndex(origin + position);
    }

    /** Back-patches an 8-bit field at a position. */
    public void patchU8(int position, int value) {
        buffer.setByte(origin + position, value);
    }

    /** Back-patches a 16-bit field at a position. */
    public void patchU16(int position, int value) {
        buffer.setShortLE(origin + position, value);
    }

    /** Back-patches a 32-bit field at a position. */
    public void patchI32(int position, int value) {
        buffer.setIntLE(origin + position, value);
    }
}

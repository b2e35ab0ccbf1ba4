package org.smbd.protocol.wire;

import io.netty.buffer.ByteBuf;
import org.smbd.core.type.Guid;

/**
 * A little-endian cursor over one bounded message or part of one. Positions count from the origin, which for an SMB2
 * message is the first byte of its header, as the offsets in its structures do.
 *
 * <p>Each read is checked against the bound and fails with {@link MalformedMessage} only. The buffer is borrowed: its
 * indices are not moved, nothing is retained, and a slice is valid as long as the buffer.
 */
public final class WireReader {
    private final ByteBuf buffer;
    private final int origin;
    private final int length;
    private int position;

    /** Reads the readable bytes of a buffer; its first readable byte is the origin. */
    public WireReader(ByteBuf buffer) {
        this(buffer, buffer.readerIndex(), buffer.readableBytes());
    }

    private WireReader(ByteBuf buffer, int origin, int length) {
        this.buffer = buffer;
        this.origin = origin;
        this.length = length;
    }

    /** Bytes from the origin to the cursor. */
    public int position() {
        return position;
    }

    /** Bytes from the origin to the bound. */
    public int length() {
        return length;
    }

    /** Bytes from the cursor to the bound. */
    public int remaining() {
        return length - position;
    }

    /** Moves the cursor to a position counted from the origin. */
    public void seek(long target) {
        if (target < 0 || target > length) {
            throw MalformedMessage.invalidParameter();
        }
        position = (int) target;
    }

    /** Passes over bytes that a receiver ignores. */
    public void skip(int bytes) {
        advance(bytes);
    }

    /** Passes over padding up to the next multiple of a power of two, counted from the origin. */
    public void align(int alignment) {
        seek(((long) position + alignment - 1) & -(long) alignment);
    }

    public int u8() {
        return buffer.getUnsignedByte(advance(1));
    }

    public int u16() {
        return buffer.getUnsignedShortLE(advance(2));
    }

    public long u32() {
        return buffer.getUnsignedIntLE(advance(4));
    }

    public int i32() {
        return buffer.getIntLE(advance(4));
    }

    public long i64() {
        return buffer.getLongLE(advance(8));
    }

    /** MS-DTYP 2.3.4.2 GUID--Packet Representation. */
    public Guid guid() {
        int index = advance(Guid.SIZE_BYTES);
        return new Guid(buffer.getLongLE(index), buffer.getLongLE(index + 8));
    }

    /** A copy of the next bytes, for short values that outlive the message. */
    public byte[] bytes(long count) {
        int index = advance(count);
        byte[] copy = new byte[(int) count];
        buffer.getBytes(index, copy);
        return copy;
    }

    /** The next bytes, borrowed. */
    public ByteBuf slice(long count) {
        return buffer.slice(advance(count), (int) count);
    }

    /** The bytes up to the bound, borrowed. */
    public ByteBuf rest() {
        return slice(remaining());
    }

    /**
     * The next bytes as UTF-16LE text. Unpaired surrogates and NULs pass unchanged: whether a name may hold them is the
     * caller's decision. An odd count is malformed.
     */
    public String utf16(long bytes) {
        if ((bytes & 1) != 0) {
            throw MalformedMessage.invalidParameter();
        }
        int index = advance(bytes);
        char[] chars = new char[(int) bytes / 2];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) buffer.getShortLE(index + 2 * i);
        }
        return new String(chars);
    }

    /**
     * Reads a structure's first field, which names its size: MS-SMB2 3.3.5.2.6 Handling Incorrectly Formatted Requests.
     */
    public void structureSize(int expected) {
        if (u16() != expected) {
            throw MalformedMessage.invalidParameter();
        }
    }

    /** The next bytes as a reader of their own, with its origin at the first of them. */
    public WireReader subReader(long count) {
        return new WireReader(buffer, advance(count), (int) count);
    }

    /**
     * What an offset and length pair of the fixed part designates, as a reader with its own origin. Called when the
     * fixed part has been read: the bytes must begin at or behind the cursor, and end within the bound. A length of
     * zero designates nothing, whatever the offset says. The cursor does not move.
     */
    public WireReader region(long offset, long count) {
        if (count == 0) {
            return new WireReader(buffer, origin + length, 0);
        }
        if (offset < position || count < 0 || offset > length || count > length - offset) {
            throw MalformedMessage.invalidParameter();
        }
        return new WireReader(buffer, origin + (int) offset, (int) count);
    }

    private int advance(long bytes) {
        if (bytes < 0 || bytes > length - position) {
            throw MalformedMessage.invalidParameter();
        }
        int index = origin + position;
        position += (int) bytes;
        return index;
    }
}

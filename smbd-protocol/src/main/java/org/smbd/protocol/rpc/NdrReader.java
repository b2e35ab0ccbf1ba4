package org.smbd.protocol.rpc;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.smbd.core.type.Sid;

/**
 * Unmarshals arguments, in the byte order of their sender. C706 14 Transfer Syntax NDR. Each read is aligned, counted
 * from the first byte, and checked; what does not fit is {@link RpcFault#BAD_STUB_DATA}.
 */
public final class NdrReader {
    private static final int SID_REVISION = 1;

    private final ByteBuffer stub;

    /** Reads the remaining bytes of a buffer, in its byte order. */
    public NdrReader(ByteBuffer stub) {
        this.stub = stub.slice().order(stub.order());
    }

    /**
     * The fixed part of a counted string, whose characters come later. MS-DTYP 2.3.10 RPC_UNICODE_STRING.
     *
     * @param lengthBytes of the text
     * @param roomBytes that the sender has for a text
     * @param present whether characters follow
     */
    public record StringHeader(int lengthBytes, int roomBytes, boolean present) {}

    /** An 8-bit integer, unsigned. */
    public int i8() {
        return stub.get(advance(1)) & 0xFF;
    }

    /** A 16-bit integer or enumeration, unsigned. */
    public int i16() {
        return stub.getShort(advance(2)) & 0xFFFF;
    }

    /** A 32-bit integer; unsigned ones come as the same bits. */
    public int i32() {
        return stub.getInt(advance(4));
    }

    /** A 64-bit integer. */
    public long i64() {
        return stub.getLong(advance(8));
    }

    /** Bytes as they are, without alignment. */
    public byte[] bytes(int count) {
        if (count < 0 || count > stub.remaining()) {
            throw RpcFault.BAD_STUB_DATA;
        }
        byte[] copy = new byte[count];
        stub.get(copy);
        return copy;
    }

    /** A unique or full pointer: whether something is there. C706 14.3.10 Pointers. */
    public boolean pointer() {
        return i32() != 0;
    }

    /** How many elements an array has: MS-RPCE 2.2.5.3. At most so many as its bytes can be there. */
    public int conformance(int elementBytesMin) {
        long count = i32() & 0xFFFFFFFFL;
        if (count * elementBytesMin > stub.remaining()) {
            throw RpcFault.BAD_STUB_DATA;
        }
        return (int) count;
    }

    /** A handle that a call before this one gave. C706 14.2.16.6 Context handles. */
    public ContextHandle contextHandle() {
        int attributes = i32();
        long low = i32() & 0xFFFFFFFFL | (long) i16() << 32 | (long) i16() << 48; // in the sender's order ...
        long high = 0;
        for (int i = 0; i < 8; i++) {
            high |= (long) i8() << 8 * i; // ... and bytes
        }
        return new ContextHandle(attributes, low, high);
    }

    /**
     * A conformant and varying string of 16-bit characters, without its terminator. C706 14.3.4.2 Conformant and
     * varying strings. The announced size is checked against what is left before anything is allocated.
     */
    public String wideString() {
        char[] chars = characters();
        if (chars.length == 0 || chars[chars.length - 1] != 0) {
            throw RpcFault.BAD_STUB_DATA;
        }
        return new String(chars, 0, chars.length - 1);
    }

    /** A pointer to a {@link #wideString}; empty for a null one, which the callers do not tell apart. */
    public String wideStringPointer() {
        return pointer() ? wideString() : "";
    }

    /** A counted string with its characters at once, as a parameter of its own is. */
    public String countedString() {
        return characters(countedStringHeader());
    }

    /** The fixed part of a counted string that is a member of something. */
    public StringHeader countedStringHeader() {
        advanceAligned(4, 0);
        int lengthBytes = i16(); // Length
        int roomBytes = i16(); // MaximumLength
        return new StringHeader(lengthBytes, roomBytes, pointer()); // Buffer
    }

    /** The characters of a counted string, which has no terminator. */
    public String characters(StringHeader header) {
        if (!header.present) {
            return "";
        }
        char[] chars = characters();
        if (2 * chars.length != header.lengthBytes) {
            throw RpcFault.BAD_STUB_DATA;
        }
        return new String(chars);
    }

    private char[] characters() {
        long maximum = i32() & 0xFFFFFFFFL; // maximum count
        int offset = i32(); // offset
        long actual = i32() & 0xFFFFFFFFL; // actual count
        if (offset != 0 || actual > maximum || 2 * actual > stub.remaining()) {
            throw RpcFault.BAD_STUB_DATA;
        }
        char[] chars = new char[(int) actual];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = stub.getChar();
        }
        return chars;
    }

    /** A SID: MS-DTYP 2.4.2.3 RPC_SID, with the count that C706 14.3.7 puts before a conformant structure. */
    public Sid sid() {
        int announced = i32(); // maximum count
        int revision = i8(); // Revision
        int count = i8(); // SubAuthorityCount
        if (revision != SID_REVISION || count != announced || count > Sid.SUB_AUTHORITIES_MAX) {
            throw RpcFault.BAD_STUB_DATA;
        }
        long authority = 0;
        for (int i = 0; i < 6; i++) {
            authority = authority << 8 | i8(); // IdentifierAuthority
        }
        List<Integer> subAuthorities = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            subAuthorities.add(i32()); // SubAuthority
        }
        return new Sid(authority, subAuthorities);
    }

    private int advance(int bytes) {
        return advanceAligned(bytes, bytes);
    }

    private int advanceAligned(int alignment, int bytes) {
        int begin = (stub.position() + alignment - 1) & -alignment;
        if (begin + bytes > stub.limit()) {
            throw RpcFault.BAD_STUB_DATA;
        }
        stub.position(begin + bytes);
        return begin;
    }
}

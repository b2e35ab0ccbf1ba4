package org.smbd.protocol.rpc;

import java.nio.ByteBuffer;

/**
 * Unmarshals arguments, in the byte order of their sender. C706 14 Transfer Syntax NDR. Each read is aligned, counted
 * from the first byte, and checked; what does not fit is {@link RpcFault#BAD_STUB_DATA}.
 */
public final class NdrReader {
    private final ByteBuffer stub;

    /** Reads the remaining bytes of a buffer, in its byte order. */
    public NdrReader(ByteBuffer stub) {
        this.stub = stub.slice().order(stub.order());
    }

    /** A 32-bit integer; unsigned ones come as the same bits. */
    public int i32() {
        return stub.getInt(advance());
    }

    /** A unique or full pointer: whether something is there. C706 14.3.10 Pointers. */
    public boolean pointer() {
        return i32() != 0;
    }

    /**
     * A conformant and varying string of 16-bit characters, without its terminator. C706 14.3.4.2 Conformant and
     * varying strings. The announced size is checked against what is left before anything is allocated.
     */
    public String wideString() {
        long maximum = i32() & 0xFFFFFFFFL; // maximum count
        int offset = i32(); // offset
        long actual = i32() & 0xFFFFFFFFL; // actual count
        if (offset != 0 || actual == 0 || actual > maximum || 2 * actual > stub.remaining()) {
            throw RpcFault.BAD_STUB_DATA;
        }
        char[] chars = new char[(int) actual - 1];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = stub.getChar();
        }
        if (stub.getChar() != 0) {
            throw RpcFault.BAD_STUB_DATA;
        }
        return new String(chars);
    }

    /** A pointer to a {@link #wideString}; empty for a null one, which the callers do not tell apart. */
    public String wideStringPointer() {
        return pointer() ? wideString() : "";
    }

    private int advance() {
        int begin = (stub.position() + 3) & -4;
        if (begin + 4 > stub.limit()) {
            throw RpcFault.BAD_STUB_DATA;
        }
        stub.position(begin + 4);
        return begin;
    }
}

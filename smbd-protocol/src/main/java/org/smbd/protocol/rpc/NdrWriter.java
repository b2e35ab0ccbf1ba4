package org.smbd.protocol.rpc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Marshals results, little-endian. C706 14 Transfer Syntax NDR. What embedded pointers point to is written behind the
 * structure or array that holds them: {@link #stringPointer} keeps it until {@link #deferred}.
 */
public final class NdrWriter {
    /** C706 14.3.10: any value but zero that occurs once; this is where others begin. */
    private static final int FIRST_REFERENT = 0x00020000;

    private ByteBuffer stub = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
    private final List<String> deferred = new ArrayList<>();
    private int nextReferent = FIRST_REFERENT;

    public void i32(int value) {
        reserve(4);
        stub.putInt(value);
    }

    /** A pointer to something that the caller writes. */
    public void pointer() {
        i32(nextReferent);
        nextReferent += 4;
    }

    /** A pointer to nothing. */
    public void nullPointer() {
        i32(0);
    }

    /** A pointer embedded in a structure; the string follows with {@link #deferred}. */
    public void stringPointer(String text) {
        pointer();
        deferred.add(text);
    }

    /** Writes what the embedded pointers since the last call point to, in their order. */
    public void deferred() {
        deferred.forEach(this::wideString);
        deferred.clear();
    }

    /** A conformant and varying string with its terminator. C706 14.3.4.2. */
    public void wideString(String text) {
        int count = text.length() + 1;
        i32(count); // maximum count
        i32(0); // offset
        i32(count); // actual count
        reserve(2 * count);
        for (int i = 0; i < text.length(); i++) {
            stub.putChar(text.charAt(i));
        }
        stub.putChar('\0');
    }

    /** The marshalled results. */
    public byte[] toByteArray() {
        byte[] copy = new byte[stub.position()];
        stub.get(0, copy);
        return copy;
    }

    /** Makes room at the next multiple of 4: what begins behind a string does so, and characters follow a count. */
    private void reserve(int bytes) {
        int begin = (stub.position() + 3) & -4;
        if (begin + bytes > stub.capacity()) {
            int capacity = Math.max(2 * stub.capacity(), begin + bytes);
            ByteBuffer larger = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
            stub = larger.put(stub.flip());
        }
        while (stub.position() < begin) {
            stub.put((byte) 0);
        }
    }
}

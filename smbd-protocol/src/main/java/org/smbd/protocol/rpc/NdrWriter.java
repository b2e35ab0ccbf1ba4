package org.smbd.protocol.rpc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.smbd.core.type.Sid;

/**
 * Marshals results, little-endian. C706 14 Transfer Syntax NDR. What embedded pointers point to is written behind the
 * structure or array that holds them: {@link #pointer(Runnable)} keeps it until {@link #deferred}.
 */
public final class NdrWriter {
    /** C706 14.3.10: any value but zero that occurs once; this is where others begin. */
    private static final int FIRST_REFERENT = 0x00020000;

    private ByteBuffer stub = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
    private final List<Runnable> deferred = new ArrayList<>();
    private int nextReferent = FIRST_REFERENT;

    public void i8(int value) {
        reserve(1, 1);
        stub.put((byte) value);
    }

    public void i16(int value) {
        reserve(2, 2);
        stub.putShort((short) value);
    }

    public void i32(int value) {
        reserve(4, 4);
        stub.putInt(value);
    }

    public void i64(long value) {
        reserve(8, 8);
        stub.putLong(value);
    }

    /** Pads to where a structure begins whose largest member wants it. C706 14.2.2 Alignment of primitive types. */
    public void align(int alignment) {
        reserve(alignment, 0);
    }

    /** Bytes as they are, without alignment. */
    public void bytes(byte[] values) {
        reserve(1, values.length);
        stub.put(values);
    }

    /** A pointer to something that the caller writes. */
    public void pointer() {
        i32(nextReferent);
        nextReferent += 4;
    }

    /** A pointer embedded in a structure; what it points to follows with {@link #deferred}. */
    public void pointer(Runnable pointee) {
        pointer();
        deferred.add(pointee);
    }

    /** A pointer to nothing. */
    public void nullPointer() {
        i32(0);
    }

    /** A pointer embedded in a structure; the string follows with {@link #deferred}. */
    public void stringPointer(String text) {
        pointer(() -> wideString(text));
    }

    /**
     * Writes what the embedded pointers since the last call point to, in their order; what these point to themselves
     * follows each of them.
     */
    public void deferred() {
        List<Runnable> pointees = List.copyOf(deferred);
        deferred.clear();
        for (Runnable pointee : pointees) {
            pointee.run();
            deferred();
        }
    }

    /** A conformant and varying string with its terminator. C706 14.3.4.2. */
    public void wideString(String text) {
        int count = text.length() + 1;
        i32(count); // maximum count
        i32(0); // offset
        i32(count); // actual count
        characters(text);
        reserve(2, 2);
        stub.putChar('\0');
    }

    /** The fixed part of a counted string; its characters follow with {@link #deferred}. MS-DTYP 2.3.10. */
    public void countedString(String text) {
        countedString(text, 2 * text.length());
    }

    /** The same for a receiver that has more room than the text needs. */
    public void countedString(String text, int roomBytes) {
        reserve(4, 0);
        i16(2 * text.length()); // Length
        i16(roomBytes); // MaximumLength
        pointer(
                () -> { // Buffer
                    i32(roomBytes / 2); // maximum count
                    i32(0); // offset
                    i32(text.length()); // actual count
                    characters(text);
                });
    }

    private void characters(String text) {
        reserve(2, 2 * text.length());
        for (int i = 0; i < text.length(); i++) {
            stub.putChar(text.charAt(i));
        }
    }

    /** A SID: MS-DTYP 2.4.2.3 RPC_SID, with the count that C706 14.3.7 puts before a conformant structure. */
    public void sid(Sid sid) {
        i32(sid.subAuthorities().size()); // maximum count
        i8(1); // Revision
        i8(sid.subAuthorities().size()); // SubAuthorityCount
        for (int shift = 40; shift >= 0; shift -= 8) {
            i8((int) (sid.authority() >>> shift)); // IdentifierAuthority
        }
        sid.subAuthorities().forEach(this::i32); // SubAuthority
    }

    /** C706 14.2.16.6 Context handles. */
    public void contextHandle(ContextHandle handle) {
        i32(handle.attributes());
        reserve(4, 16);
        stub.putLong(handle.low());
        stub.putLong(handle.high());
    }

    /** The marshalled results. */
    public byte[] toByteArray() {
        byte[] copy = new byte[stub.position()];
        stub.get(0, copy);
        return copy;
    }

    private void reserve(int alignment, int bytes) {
        int begin = (stub.position() + alignment - 1) & -alignment;
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

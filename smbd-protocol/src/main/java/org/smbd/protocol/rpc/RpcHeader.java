package org.smbd.protocol.rpc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The fields that all PDUs begin with. C706 12.6.3.1 Connection-oriented PDU Data Types, MS-RPCE 2.2.2.
 *
 * @param type one of the constants
 * @param flags a set of the PFC constants
 * @param order from the data representation: how the sender writes integers
 * @param fragmentLength bytes of the whole PDU
 * @param authLength bytes of the authentication value at its end
 * @param callId pairs requests with responses
 */
record RpcHeader(
        int majorVersion, int type, int flags, ByteOrder order, int fragmentLength, int authLength, int callId) {
    static final int SIZE_BYTES = 16;
    static final int MAJOR_VERSION = 5;

    static final int REQUEST = 0;
    static final int RESPONSE = 2;
    static final int FAULT = 3;
    static final int BIND = 11;
    static final int BIND_ACK = 12;
    static final int BIND_NAK = 13;
    static final int ALTER_CONTEXT = 14;
    static final int ALTER_CONTEXT_RESPONSE = 15;
    static final int AUTH3 = 16;
    static final int CO_CANCEL = 18;
    static final int ORPHANED = 19;

    static final int PFC_FIRST_FRAG = 0x1;
    static final int PFC_LAST_FRAG = 0x2;
    /** MS-RPCE 2.2.2.3 PFC_SUPPORT_HEADER_SIGN: of binds and their answers. */
    static final int PFC_SUPPORT_HEADER_SIGN = 0x4;

    static final int PFC_DID_NOT_EXECUTE = 0x20;
    static final int PFC_OBJECT_UUID = 0x80;

    /** Offset of frag_length. */
    static final int FRAGMENT_LENGTH = 8;
    /** Offset of auth_length. */
    static final int AUTH_LENGTH = 10;
    /** Offset of pfc_flags. */
    static final int FLAGS = 3;

    /** Offset of the first byte of the data representation, whose high half says the byte order. */
    private static final int DATA_REPRESENTATION = 4;

    private static final int LITTLE_ENDIAN = 0x10;

    /** Reads {@link #SIZE_BYTES} bytes from the buffer's position and leaves the buffer in the sender's byte order. */
    static RpcHeader decode(ByteBuffer in) {
        boolean little = (in.get(in.position() + DATA_REPRESENTATION) & 0xF0) == LITTLE_ENDIAN;
        in.order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int major = in.get() & 0xFF; // rpc_vers
        in.get(); // rpc_vers_minor
        int type = in.get() & 0xFF; // PTYPE
        int flags = in.get() & 0xFF; // pfc_flags
        in.getInt(); // packed_drep
        int fragmentLength = in.getShort() & 0xFFFF; // frag_length
        int authLength = in.getShort() & 0xFFFF; // auth_length
        int callId = in.getInt(); // call_id
        return new RpcHeader(major, type, flags, in.order(), fragmentLength, authLength, callId);
    }

    /** Starts a PDU of ours, without authentication, in a buffer of exactly its length. */
    static ByteBuffer begin(int type, int flags, int callId, int fragmentLength) {
        ByteBuffer out = ByteBuffer.allocate(fragmentLength).order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) MAJOR_VERSION); // rpc_vers
        out.put((byte) 0); // rpc_vers_minor
        out.put((byte) type); // PTYPE
        out.put((byte) flags); // pfc_flags
        out.putInt(LITTLE_ENDIAN); // packed_drep: little-endian, ASCII, IEEE
        out.putShort((short) fragmentLength); // frag_length
        out.putShort((short) 0); // auth_length
        out.putInt(callId); // call_id
        return out;
    }

    boolean isFirst() {
        return (flags & PFC_FIRST_FRAG) != 0;
    }

    boolean isLast() {
        return (flags & PFC_LAST_FRAG) != 0;
    }
}

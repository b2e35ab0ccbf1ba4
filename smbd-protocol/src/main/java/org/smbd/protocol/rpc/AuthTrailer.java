package org.smbd.protocol.rpc;

import java.nio.ByteBuffer;

/**
 * What stands before the authentication value at the end of a PDU. MS-RPCE 2.2.2.11 sec_trailer Structure.
 *
 * @param type the security provider: one of the constants
 * @param level how much is protected: one of the constants
 * @param padLength bytes of padding before it
 * @param contextId which of the client's security contexts
 */
record AuthTrailer(int type, int level, int padLength, int contextId) {
    /** MS-RPCE 2.2.1.1.7 Security Providers. */
    static final int TYPE_SPNEGO = 9;

    static final int TYPE_NTLM = 10;

    /** MS-RPCE 2.2.1.1.8 Authentication Levels: only who calls is proved. */
    static final int LEVEL_CONNECT = 2;
    /** Each PDU is signed, as with the two levels before it, which are raised to this one. */
    static final int LEVEL_INTEGRITY = 5;
    /** Stubs are encrypted as well. */
    static final int LEVEL_PRIVACY = 6;

    static final int SIZE_BYTES = 8;
    static final int ALIGNMENT = 16;

    /** Where the trailer of a PDU begins. */
    static int offset(RpcHeader header) {
        int offset = header.fragmentLength() - header.authLength() - SIZE_BYTES;
        if (offset < RpcHeader.SIZE_BYTES) {
            throw RpcFault.PROTOCOL_ERROR;
        }
        return offset;
    }

    /**
     * Reads the trailer of a PDU.
     *
     * @throws RpcFault PROTOCOL_ERROR where it is none
     */
    static AuthTrailer decode(RpcHeader header, ByteBuffer pdu) {
        int offset = offset(header);
        int padLength = pdu.get(offset + 2) & 0xFF;
        if (padLength > offset - RpcHeader.SIZE_BYTES) {
            throw RpcFault.PROTOCOL_ERROR;
        }
        return new AuthTrailer(pdu.get(offset) & 0xFF, pdu.get(offset + 1) & 0xFF, padLength, pdu.getInt(offset + 4));
    }

    /** The authentication value behind the trailer of a PDU. */
    static byte[] value(RpcHeader header, ByteBuffer pdu) {
        byte[] value = new byte[header.authLength()];
        pdu.get(header.fragmentLength() - value.length, value);
        return value;
    }

    /** A PDU of ours with padding, this trailer, and room for an authentication value. */
    ByteBuffer append(ByteBuffer pdu, int valueBytes) {
        int length = pdu.limit() + padLength + SIZE_BYTES + valueBytes;
        ByteBuffer out = ByteBuffer.allocate(length).order(pdu.order());
        out.put(0, pdu, 0, pdu.limit());
        out.putShort(RpcHeader.FRAGMENT_LENGTH, (short) length);
        out.putShort(RpcHeader.AUTH_LENGTH, (short) valueBytes);
        int offset = pdu.limit() + padLength;
        out.put(offset, (byte) type);
        out.put(offset + 1, (byte) level);
        out.put(offset + 2, (byte) padLength);
        out.putInt(offset + 4, contextId);
        return out;
    }

    AuthTrailer padded(int bytes) {
        return new AuthTrailer(type, level, bytes, contextId);
    }
}

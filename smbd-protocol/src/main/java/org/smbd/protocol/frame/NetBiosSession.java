package org.smbd.protocol.frame;

import io.netty.buffer.ByteBuf;
import org.smbd.protocol.wire.MalformedMessage;

/**
 * The four bytes before each packet of the session service, TCP port 139. RFC 1002 4.3.1 General Format of Session
 * Packets: type, flags, length; the lowest flag is the seventeenth bit of the length, the others are zero.
 *
 * @param type {@link Type}
 * @param length bytes that follow
 */
public record NetBiosSession(Type type, int length) {
    public static final int SIZE_BYTES = 4;
    /** The longest packet that the 17 bits can announce. */
    public static final int LENGTH_MAX = 0x1FFFF;

    private static final int EXTENSION_FLAG = 0x01;

    /** RFC 1002 4.3.1 General Format of Session Packets, TYPE. */
    public enum Type {
        SESSION_MESSAGE(0x00),
        SESSION_REQUEST(0x81),
        POSITIVE_SESSION_RESPONSE(0x82),
        NEGATIVE_SESSION_RESPONSE(0x83),
        RETARGET_SESSION_RESPONSE(0x84),
        SESSION_KEEP_ALIVE(0x85);

        private final int code;

        Type(int code) {
            this.code = code;
        }

        private static Type of(int code) {
            return switch (code) {
                case 0x00 -> SESSION_MESSAGE;
                case 0x81 -> SESSION_REQUEST;
                case 0x82 -> POSITIVE_SESSION_RESPONSE;
                case 0x83 -> NEGATIVE_SESSION_RESPONSE;
                case 0x84 -> RETARGET_SESSION_RESPONSE;
                case 0x85 -> SESSION_KEEP_ALIVE;
                default -> throw MalformedMessage.connection();
            };
        }
    }

    /** Why a session request is refused. RFC 1002 4.3.4 Negative Session Response Packet, ERROR_CODE. */
    public enum Refusal {
        NOT_LISTENING_ON_CALLED_NAME(0x80),
        NOT_LISTENING_FOR_CALLING_NAME(0x81),
        CALLED_NAME_NOT_PRESENT(0x82),
        INSUFFICIENT_RESOURCES(0x83),
        UNSPECIFIED_ERROR(0x8F);

        private final int code;

        Refusal(int code) {
            this.code = code;
        }

        /** The byte on the wire. */
        public int code() {
            return code;
        }
    }

    /** Reads a header; a type that does not exist, or a reserved flag, costs the connection. */
    public static NetBiosSession decode(ByteBuf buffer, int index) {
        Type type = Type.of(buffer.getUnsignedByte(index));
        int flags = buffer.getUnsignedByte(index + 1);
        if (flags > EXTENSION_FLAG) {
            throw MalformedMessage.connection();
        }
        return new NetBiosSession(type, flags << 16 | buffer.getUnsignedShort(index + 2));
    }

    /** Sets the four bytes at an index. */
    public void encode(ByteBuf buffer, int index) {
        if (length < 0 || length > LENGTH_MAX) {
            throw new IllegalArgumentException("packet of " + length + " bytes");
        }
        buffer.setInt(index, type.code << 24 | length);
    }

    /** Appends a positive session response. RFC 1002 4.3.3 Positive Session Response Packet. */
    public static void encodePositiveResponse(ByteBuf out) {
        append(new NetBiosSession(Type.POSITIVE_SESSION_RESPONSE, 0), out);
    }

    /** Appends a negative session response. RFC 1002 4.3.4 Negative Session Response Packet. */
    public static void encodeNegativeResponse(Refusal refusal, ByteBuf out) {
        append(new NetBiosSession(Type.NEGATIVE_SESSION_RESPONSE, 1), out);
        out.writeByte(refusal.code);
    }

    /** Appends a keepalive. RFC 1002 4.3.7 Session Keep Alive Packet. */
    public static void encodeKeepAlive(ByteBuf out) {
        append(new NetBiosSession(Type.SESSION_KEEP_ALIVE, 0), out);
    }

    private static void append(NetBiosSession header, ByteBuf out) {
        int index = out.writerIndex();
        out.writeZero(SIZE_BYTES);
        header.encode(out, index);
    }
}

package org.smbd.protocol.smb2;

import io.netty.buffer.ByteBuf;
import org.smbd.core.type.Guid;
import org.smbd.protocol.wire.Hex;
import org.smbd.protocol.wire.WireReader;

/**
 * A message and the bytes of its body.
 *
 * @param tailBytes bytes at the end that encoding writes and decoding does not need
 * @param payloadBytes bytes at the end that decoding needs and encoding leaves to others
 */
record Vector<T>(Smb2Command command, T message, String hex, int tailBytes, int payloadBytes) {
    static final FileId FILE_ID = new FileId(0x0102030405060708L, 0x1112131415161718L);
    static final String FILE_ID_HEX = "0807060504030201 1817161514131211";
    static final Guid GUID = new Guid(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);
    static final String GUID_HEX = "000102030405060708090a0b0c0d0e0f";

    static <T> Vector<T> vector(Smb2Command command, T message, String hex) {
        return new Vector<>(command, message, hex, 0, 0);
    }

    static <T> Vector<T> withTail(int tailBytes, Smb2Command command, T message, String hex) {
        return new Vector<>(command, message, hex, tailBytes, 0);
    }

    static <T> Vector<T> withPayload(int payloadBytes, Smb2Command command, T message, String hex) {
        return new Vector<>(command, message, hex, 0, payloadBytes);
    }

    ByteBuf body() {
        return Hex.bytes(hex);
    }

    /** The bytes that encoding writes. */
    String encoded() {
        ByteBuf body = body();
        return Hex.digits(body.slice(0, body.readableBytes() - payloadBytes));
    }

    /** The shortest body that is a whole message. */
    int neededBytes() {
        return body().readableBytes() - tailBytes;
    }

    /** A reader behind the header of a message with a body. */
    static WireReader behindHeader(ByteBuf body) {
        return Hex.reader(Smb2Header.SIZE_BYTES, body);
    }

    @Override
    public String toString() {
        return message.getClass().getSimpleName() + " " + hex.substring(0, Math.min(hex.length(), 30));
    }
}

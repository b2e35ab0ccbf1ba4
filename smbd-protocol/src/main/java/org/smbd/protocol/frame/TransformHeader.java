package org.smbd.protocol.frame;

import io.netty.buffer.ByteBuf;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * What stands before an encrypted message. MS-SMB2 2.2.41 SMB2 TRANSFORM_HEADER.
 *
 * <p>Signature and nonce are no components: the cipher reads and writes them in place, at {@link #SIGNATURE_OFFSET} and
 * {@link #NONCE_OFFSET}; they are encoded as zeros. The bytes from the nonce to the end are the additional
 * authenticated data.
 *
 * @param originalMessageSize bytes of the message that follows
 * @param sessionId whose keys seal the message
 */
public record TransformHeader(int originalMessageSize, long sessionId) {
    public static final int SIZE_BYTES = 52;
    /** {@code FD 'S' 'M' 'B'}, read little-endian. */
    public static final int PROTOCOL_ID = 0x424D53FD;

    public static final int SIGNATURE_OFFSET = 4;
    public static final int SIGNATURE_BYTES = 16;
    public static final int NONCE_OFFSET = 20;
    public static final int NONCE_BYTES = 16;

    /** Flags/EncryptionAlgorithm: the only value there is, in all dialects. */
    private static final int ENCRYPTED = 0x0001;

    /**
     * Reads the header of a message that fills the reader. A message that is too short, is announced with another size
     * or names another transformation costs the connection: MS-SMB2 3.3.5.2.1.1 Decrypting the Message.
     */
    public static TransformHeader decode(WireReader in) {
        if (in.remaining() <= SIZE_BYTES || in.i32() != PROTOCOL_ID) {
            throw MalformedMessage.connection();
        }
        in.skip(SIGNATURE_BYTES);
        in.skip(NONCE_BYTES);
        long originalMessageSize = in.u32();
        in.skip(2); // Reserved
        int flags = in.u16();
        long sessionId = in.i64();
        if (flags != ENCRYPTED || originalMessageSize != in.remaining()) {
            throw MalformedMessage.connection();
        }
        return new TransformHeader((int) originalMessageSize, sessionId);
    }

    public void encode(WireWriter out) {
        out.i32(PROTOCOL_ID);
        out.zeros(SIGNATURE_BYTES);
        out.zeros(NONCE_BYTES);
        out.i32(originalMessageSize);
        out.u16(0); // Reserved
        out.u16(ENCRYPTED);
        out.i64(sessionId);
    }

    /** Whether the message at an index is sealed, and not a plain one. */
    public static boolean startsAt(ByteBuf buffer, int index) {
        return buffer.writerIndex() - index >= 4 && buffer.getIntLE(index) == PROTOCOL_ID;
    }
}

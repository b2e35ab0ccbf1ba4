package org.smbd.protocol.crypto;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * PreauthIntegrityHashValue: a chain of SHA-512 over the messages before authentication. MS-SMB2 3.3.5.4, 3.3.5.5.
 * Immutable, so a session's chain starts as the connection's.
 */
public final class PreauthHash {
    /** The value before the first message: zeros. */
    public static final PreauthHash START = new PreauthHash(new byte[64]);

    private final byte[] value;

    private PreauthHash(byte[] value) {
        this.value = value;
    }

    /** A chain that has the given value. */
    static PreauthHash of(byte[] value) {
        return new PreauthHash(value.clone());
    }

    /** The value behind one more message: SHA-512(this value || message), from the SMB2 header to the message's end. */
    public PreauthHash with(ByteBuf message, int index, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-512");
            digest.update(value);
            for (ByteBuffer part : message.nioBuffers(index, length)) {
                digest.update(part);
            }
            return new PreauthHash(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-512", e);
        }
    }

    /** The 64 bytes; a copy. */
    public byte[] bytes() {
        return value.clone();
    }
}

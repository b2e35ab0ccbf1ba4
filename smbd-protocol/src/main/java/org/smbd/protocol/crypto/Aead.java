package org.smbd.protocol.crypto;

import io.netty.buffer.ByteBuf;
import java.security.GeneralSecurityException;

/** One keyed authenticated cipher that works in place. Safe for many threads at once. */
interface Aead {
    /** Length of the tag in bytes. */
    int TAG_BYTES = 16;

    /** Encrypts {@code length} bytes at {@code index} and returns the tag. */
    byte[] seal(byte[] nonce, byte[] associated, ByteBuf buffer, int index, int length) throws GeneralSecurityException;

    /**
     * Decrypts {@code length} bytes at {@code index}.
     *
     * @return whether the tag is right; if not, the bytes are of no use and may be anything
     */
    boolean open(byte[] nonce, byte[] associated, byte[] tag, ByteBuf buffer, int index, int length)
            throws GeneralSecurityException;
}

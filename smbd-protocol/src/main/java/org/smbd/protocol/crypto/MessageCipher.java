package org.smbd.protocol.crypto;

import io.netty.buffer.ByteBuf;
import java.security.GeneralSecurityException;

/**
 * Encrypts or decrypts messages in place with one key. MS-SMB2 3.1.4.3 Encrypting the Message, 3.3.5.2.1.1 Decrypting
 * the Message. Safe for many threads at once.
 *
 * <p>The buffer holds a TRANSFORM_HEADER (MS-SMB2 2.2.41) and the message right behind it:
 *
 * <pre>
 * index   +4          +20     +36                                     +52
 *  | id    | Signature | Nonce | size, reserved, flags, SessionId      | message ...  | 16 bytes of room |
 *                      '---------- authenticated: 32 bytes -----------'
 * </pre>
 *
 * <p>It is fastest where the buffer's capacity has {@link #ROOM_BYTES} behind the message; their content is kept.
 *
 * <p>A key seals through one instance only, for the nonces are counted here.
 */
public final class MessageCipher {
    /** Length of the TRANSFORM_HEADER. */
    public static final int TRANSFORM_HEADER_BYTES = 52;
    /** Capacity behind the message with which nothing is copied. */
    public static final int ROOM_BYTES = Aead.TAG_BYTES;

    private static final int SIGNATURE_OFFSET = 4;
    private static final int NONCE_OFFSET = 20;
    private static final int NONCE_FIELD_BYTES = 16;
    private static final int ASSOCIATED_BYTES = TRANSFORM_HEADER_BYTES - NONCE_OFFSET;

    private final EncryptionAlgorithm algorithm;
    private final Aead aead;
    private final NonceCounter nonces;

    MessageCipher(EncryptionAlgorithm algorithm, Aead aead, NonceCounter nonces) {
        this.algorithm = algorithm;
        this.aead = aead;
        this.nonces = nonces;
    }

    public EncryptionAlgorithm algorithm() {
        return algorithm;
    }

    /**
     * Encrypts the message and fills in Nonce and Signature; the other header fields are already there.
     *
     * @param index where the TRANSFORM_HEADER starts
     * @param messageLength bytes behind the header
     * @throws IllegalStateException if this key has no nonce left
     */
    public void seal(ByteBuf buffer, int index, int messageLength) {
        buffer.setZero(index + NONCE_OFFSET, NONCE_FIELD_BYTES);
        buffer.setLongLE(index + NONCE_OFFSET, nonces.next());
        try {
            byte[] tag = aead.seal(
                    bytes(buffer, index + NONCE_OFFSET, algorithm.nonceBytes()),
                    bytes(buffer, index + NONCE_OFFSET, ASSOCIATED_BYTES),
                    buffer,
                    index + TRANSFORM_HEADER_BYTES,
                    messageLength);
            buffer.setBytes(index + SIGNATURE_OFFSET, tag);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot seal with " + algorithm, e);
        }
    }

    /**
     * Decrypts the message.
     *
     * @param index where the TRANSFORM_HEADER starts
     * @param messageLength bytes behind the header
     * @return whether header and message are as they were sealed; if not, the message is zeros now
     */
    public boolean open(ByteBuf buffer, int index, int messageLength) {
        boolean authentic;
        try {
            authentic = aead.open(
                    bytes(buffer, index + NONCE_OFFSET, algorithm.nonceBytes()),
                    bytes(buffer, index + NONCE_OFFSET, ASSOCIATED_BYTES),
                    bytes(buffer, index + SIGNATURE_OFFSET, Aead.TAG_BYTES),
                    buffer,
                    index + TRANSFORM_HEADER_BYTES,
                    messageLength);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot open with " + algorithm, e);
        }
        if (!authentic) {
            buffer.setZero(index + TRANSFORM_HEADER_BYTES, messageLength);
        }
        return authentic;
    }

    private static byte[] bytes(ByteBuf buffer, int index, int length) {
        byte[] copy = new byte[length];
        buffer.getBytes(index, copy);
        return copy;
    }
}

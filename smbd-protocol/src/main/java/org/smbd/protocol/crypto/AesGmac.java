package org.smbd.protocol.crypto;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-128-GMAC over a message. RFC 4543, with the nonce of MS-SMB2 3.1.4.1.
 *
 * <p>The message is the additional data of an empty GCM encryption. It is given in one call, because both providers
 * gather it in an array of their own and a second call makes them copy again.
 *
 * <p>That array would bring long messages onto the heap. They are encrypted in place instead, and then once more with
 * the same key and nonce: this restores them, for the key stream is the same, and its tag is that of the message taken
 * as ciphertext, from which {@link GhashLengths} makes that of additional data. Twice through the cipher takes half the
 * time of the copies.
 */
final class AesGmac implements MessageMac {
    private static final int TAG_BITS = 128;
    private static final int NONCE_BYTES = 12;
    /** Offset in the nonce of the four flag bytes behind MessageId. */
    private static final int NONCE_FLAGS_OFFSET = 8;

    private static final int NONCE_FLAG_SERVER = 0x1;
    private static final int NONCE_FLAG_CANCEL = 0x2;
    /** MS-SMB2 2.2.1: Command of SMB2 CANCEL. */
    private static final int COMMAND_CANCEL = 0x000C;

    /** From here on a message is encrypted twice. */
    private static final int LONG_BYTES = 1024;

    private final InstancePool<Cipher> ciphers;
    /** An instance refuses the nonce of its last message, so the second encryption needs another one. */
    private final InstancePool<Cipher> restorers;

    private final SecretKeySpec secret;
    private final GhashLengths lengths;

    AesGmac(byte[] key, InstancePool.Maker<Cipher> gcm) throws GeneralSecurityException {
        secret = new SecretKeySpec(key, "AES");
        ciphers = new InstancePool<>(gcm);
        restorers = new InstancePool<>(gcm);
        lengths = new GhashLengths(secret);
    }

    @Override
    public byte[] compute(ByteBuf message, int index, int length, Sender sender) throws GeneralSecurityException {
        GCMParameterSpec spec = new GCMParameterSpec(TAG_BITS, nonce(message, index, sender));
        byte[] original = new byte[SignedBytes.SIGNATURE_BYTES];
        message.getBytes(index + SignedBytes.SIGNATURE_OFFSET, original);
        message.setZero(index + SignedBytes.SIGNATURE_OFFSET, SignedBytes.SIGNATURE_BYTES);
        boolean twice = length >= LONG_BYTES && GhashLengths.covers(length) && TagRoom.isBehind(message, index, length);
        byte[] tag = twice ? encryptTwice(spec, message, index, length) : authenticate(spec, message, index, length);
        message.setBytes(index + SignedBytes.SIGNATURE_OFFSET, original);
        return tag;
    }

    private byte[] authenticate(GCMParameterSpec spec, ByteBuf message, int index, int length)
            throws GeneralSecurityException {
        Cipher cipher = initialized(ciphers, spec);
        if (message.nioBufferCount() == 1) {
            cipher.updateAAD(message.nioBuffer(index, length));
        } else {
            for (ByteBuffer part : message.nioBuffers(index, length)) {
                cipher.updateAAD(part);
            }
        }
        byte[] tag = cipher.doFinal();
        ciphers.giveBack(cipher);
        return tag;
    }

    private byte[] encryptTwice(GCMParameterSpec spec, ByteBuf message, int index, int length)
            throws GeneralSecurityException {
        Cipher cipher = initialized(ciphers, spec);
        TagRoom.seal(cipher, message, index, length);
        ciphers.giveBack(cipher);
        Cipher restorer = initialized(restorers, spec);
        byte[] tag = TagRoom.seal(restorer, message, index, length);
        restorers.giveBack(restorer);
        lengths.toAdditionalData(tag, length);
        return tag;
    }

    private Cipher initialized(InstancePool<Cipher> pool, GCMParameterSpec spec) throws GeneralSecurityException {
        Cipher cipher = pool.take();
        try {
            cipher.init(Cipher.ENCRYPT_MODE, secret, spec);
        } catch (InvalidAlgorithmParameterException | InvalidKeyException repeatedNonce) {
            // An instance refuses the nonce of its last message. Verifying a replayed message needs just that nonce.
            pool.giveBack(cipher);
            cipher = pool.makeNew();
            cipher.init(Cipher.ENCRYPT_MODE, secret, spec);
        }
        return cipher;
    }

    private static byte[] nonce(ByteBuf message, int index, Sender sender) {
        byte[] nonce = new byte[NONCE_BYTES];
        message.getBytes(index + SignedBytes.MESSAGE_ID_OFFSET, nonce, 0, Long.BYTES);
        int flags = sender == Sender.SERVER ? NONCE_FLAG_SERVER : 0;
        if (message.getUnsignedShortLE(index + SignedBytes.COMMAND_OFFSET) == COMMAND_CANCEL) {
            flags |= NONCE_FLAG_CANCEL;
        }
        nonce[NONCE_FLAGS_OFFSET] = (byte) flags;
        return nonce;
    }
}

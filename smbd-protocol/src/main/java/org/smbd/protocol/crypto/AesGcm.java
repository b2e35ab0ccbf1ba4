package org.smbd.protocol.crypto;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-GCM with a tag of 16 bytes. NIST SP 800-38D.
 *
 * <p>{@code javax.crypto} puts the tag behind the data, MS-SMB2 before it. Where the buffer has room for the tag behind
 * the data, all happens in place; where it has not, or is composite, the data passes through a buffer that has.
 */
final class AesGcm implements Aead {
    private static final int TAG_BITS = 8 * TAG_BYTES;

    private final InstancePool<Cipher> sealers;
    private final InstancePool<Cipher> openers;
    private final SecretKeySpec secret;

    AesGcm(byte[] key, InstancePool.Maker<Cipher> gcm) {
        secret = new SecretKeySpec(key, "AES");
        sealers = new InstancePool<>(gcm);
        openers = new InstancePool<>(gcm);
    }

    @Override
    public byte[] seal(byte[] nonce, byte[] associated, ByteBuf buffer, int index, int length)
            throws GeneralSecurityException {
        if (!TagRoom.isBehind(buffer, index, length)) {
            ByteBuf roomy = roomyCopy(buffer, index, length);
            try {
                byte[] tag = seal(nonce, associated, roomy, 0, length);
                buffer.setBytes(index, roomy, 0, length);
                return tag;
            } finally {
                roomy.release();
            }
        }
        Cipher cipher = sealers.take();
        cipher.init(Cipher.ENCRYPT_MODE, secret, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(associated);
        byte[] tag = TagRoom.seal(cipher, buffer, index, length);
        sealers.giveBack(cipher);
        return tag;
    }

    @Override
    public boolean open(byte[] nonce, byte[] associated, byte[] tag, ByteBuf buffer, int index, int length)
            throws GeneralSecurityException {
        if (!TagRoom.isBehind(buffer, index, length)) {
            ByteBuf roomy = roomyCopy(buffer, index, length);
            try {
                boolean right = open(nonce, associated, tag, roomy, 0, length);
                buffer.setBytes(index, roomy, 0, length);
                return right;
            } finally {
                roomy.release();
            }
        }
        byte[] behind = new byte[TAG_BYTES];
        buffer.getBytes(index + length, behind);
        buffer.setBytes(index + length, tag);
        Cipher cipher = openers.take();
        cipher.init(Cipher.DECRYPT_MODE, secret, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(associated);
        try {
            ByteBuffer plain = buffer.nioBuffer(index, length);
            cipher.doFinal(buffer.nioBuffer(index, length + TAG_BYTES), plain);
        } catch (AEADBadTagException e) {
            return false;
        } finally {
            buffer.setBytes(index + length, behind);
        }
        openers.giveBack(cipher);
        return true;
    }

    private static ByteBuf roomyCopy(ByteBuf buffer, int index, int length) {
        return buffer.alloc()
                .directBuffer(length + TAG_BYTES, length + TAG_BYTES)
                .setBytes(0, buffer, index, length);
    }
}

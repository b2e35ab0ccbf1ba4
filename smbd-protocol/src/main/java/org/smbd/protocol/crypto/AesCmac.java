package org.smbd.protocol.crypto;

import io.netty.buffer.ByteBuf;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-128-CMAC over a message. RFC 4493.
 *
 * <p>The JDK has no CMAC; this is its AES-CBC, whose last block is the chain value, with the subkeys of RFC 4493
 * section 2.3.
 */
final class AesCmac implements MessageMac {
    private static final int BLOCK_BYTES = 16;
    /** RFC 4493 2.3: the constant of the field GF(2^128). */
    private static final int REDUCTION = 0x87;

    private final InstancePool<Cipher> ciphers;
    private final byte[] wholeBlockKey;
    private final byte[] partialBlockKey;

    AesCmac(byte[] key) throws GeneralSecurityException {
        SecretKeySpec secret = new SecretKeySpec(key, "AES");
        ciphers = new InstancePool<>(() -> {
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, secret, new IvParameterSpec(new byte[BLOCK_BYTES]));
            return cipher;
        });
        Cipher cipher = ciphers.take();
        byte[] zeroEncrypted = cipher.doFinal(new byte[BLOCK_BYTES]);
        ciphers.giveBack(cipher);
        wholeBlockKey = doubled(zeroEncrypted);
        partialBlockKey = doubled(wholeBlockKey);
    }

    @Override
    public byte[] compute(ByteBuf message, int index, int length, Sender sender) throws GeneralSecurityException {
        Cipher cipher = ciphers.take();
        Scratch scratch = Scratch.current();
        int lastBlock = (length - 1) / BLOCK_BYTES * BLOCK_BYTES;
        for (int offset = 0; offset < lastBlock; offset += Scratch.STEP_BYTES) {
            int count = Math.min(Scratch.STEP_BYTES, lastBlock - offset);
            SignedBytes.copy(message, index, offset, count, scratch.in);
            cipher.update(scratch.in, 0, count, scratch.out);
        }
        byte[] last = new byte[BLOCK_BYTES];
        SignedBytes.copy(message, index, lastBlock, length - lastBlock, last);
        maskLast(last, length - lastBlock);
        byte[] signature = cipher.doFinal(last);
        ciphers.giveBack(cipher);
        return signature;
    }

    /** RFC 4493 2.4, steps 3 and 4. */
    private void maskLast(byte[] block, int used) {
        byte[] subkey = wholeBlockKey;
        if (used < BLOCK_BYTES) {
            block[used] = (byte) 0x80;
            subkey = partialBlockKey;
        }
        for (int i = 0; i < BLOCK_BYTES; i++) {
            block[i] ^= subkey[i];
        }
    }

    /** Multiplies by x in GF(2^128), most significant bit first. */
    private static byte[] doubled(byte[] value) {
        byte[] result = Arrays.copyOf(value, BLOCK_BYTES);
        int carry = 0;
        for (int i = BLOCK_BYTES - 1; i >= 0; i--) {
            int shifted = (value[i] & 0xFF) << 1 | carry;
            result[i] = (byte) shifted;
            carry = shifted >>> 8;
        }
        // A mask instead of a branch: the value is secret.
        result[BLOCK_BYTES - 1] ^= (byte) (REDUCTION & -carry);
        return result;
    }
}

package org.smbd.protocol.crypto;

import io.netty.buffer.ByteBuf;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-CCM with a tag of 16 bytes and an 11-byte nonce. RFC 3610.
 *
 * <p>The JDK has no CCM; this is its AES-CTR for the data and its AES-CBC for the CBC-MAC, a step at a time so that the
 * data is touched once while it is in the cache.
 */
final class AesCcm implements Aead {
    private static final int BLOCK_BYTES = 16;
    /** RFC 3610 2.2: L, bytes of the message length; 15 - L bytes are left for the nonce. */
    private static final int LENGTH_BYTES = 4;
    /** RFC 3610 2.2: Adata = 1, M = 16 as (M - 2) / 2, L as L - 1. */
    private static final int FLAGS = 0x40 | (((TAG_BYTES - 2) / 2) << 3) | (LENGTH_BYTES - 1);

    private final InstancePool<Pair> pairs;
    private final SecretKeySpec secret;

    /** The two modes of one key. */
    private record Pair(Cipher counter, Cipher chain) {}

    AesCcm(byte[] key) {
        secret = new SecretKeySpec(key, "AES");
        pairs = new InstancePool<>(() -> {
            Cipher chain = Cipher.getInstance("AES/CBC/NoPadding");
            chain.init(Cipher.ENCRYPT_MODE, secret, new IvParameterSpec(new byte[BLOCK_BYTES]));
            return new Pair(Cipher.getInstance("AES/CTR/NoPadding"), chain);
        });
    }

    @Override
    public byte[] seal(byte[] nonce, byte[] associated, ByteBuf buffer, int index, int length)
            throws GeneralSecurityException {
        return run(true, nonce, associated, buffer, index, length);
    }

    @Override
    public boolean open(byte[] nonce, byte[] associated, byte[] tag, ByteBuf buffer, int index, int length)
            throws GeneralSecurityException {
        return MessageDigest.isEqual(run(false, nonce, associated, buffer, index, length), tag);
    }

    private byte[] run(boolean sealing, byte[] nonce, byte[] associated, ByteBuf buffer, int index, int length)
            throws GeneralSecurityException {
        Pair pair = pairs.take();
        byte[] mask = startCounter(pair.counter, nonce);
        Scratch scratch = Scratch.current();
        byte[] chainValue = startChain(pair.chain, nonce, associated, length);
        for (int offset = 0; offset < length; offset += Scratch.STEP_BYTES) {
            int count = Math.min(Scratch.STEP_BYTES, length - offset);
            buffer.getBytes(index + offset, scratch.in, 0, count);
            pair.counter.update(scratch.in, 0, count, scratch.out);
            buffer.setBytes(index + offset, scratch.out, 0, count);
            // The array that is not the plain text takes the chain's output, which is of no other use.
            byte[] plain = sealing ? scratch.in : scratch.out;
            byte[] spent = sealing ? scratch.out : scratch.in;
            chain(pair.chain, plain, count, spent, chainValue);
        }
        pair.chain.doFinal();
        pairs.giveBack(pair);
        for (int i = 0; i < TAG_BYTES; i++) {
            chainValue[i] ^= mask[i];
        }
        return chainValue;
    }

    /** RFC 3610 2.3: starts the key stream and returns S_0, which hides the tag. */
    private byte[] startCounter(Cipher counter, byte[] nonce) throws GeneralSecurityException {
        byte[] start = new byte[BLOCK_BYTES];
        start[0] = LENGTH_BYTES - 1;
        System.arraycopy(nonce, 0, start, 1, nonce.length);
        counter.init(Cipher.ENCRYPT_MODE, secret, new IvParameterSpec(start));
        return counter.update(new byte[BLOCK_BYTES]);
    }

    /** RFC 3610 2.2: B_0 and the associated data with its two length bytes, zero-padded. */
    private static byte[] startChain(Cipher chain, byte[] nonce, byte[] associated, int length) {
        int associatedEnd = BLOCK_BYTES + Short.BYTES + associated.length;
        byte[] blocks = new byte[roundUp(associatedEnd)];
        blocks[0] = FLAGS;
        System.arraycopy(nonce, 0, blocks, 1, nonce.length);
        for (int i = 0; i < LENGTH_BYTES; i++) {
            blocks[BLOCK_BYTES - 1 - i] = (byte) (length >>> (8 * i));
        }
        blocks[BLOCK_BYTES] = (byte) (associated.length >>> 8);
        blocks[BLOCK_BYTES + 1] = (byte) associated.length;
        System.arraycopy(associated, 0, blocks, BLOCK_BYTES + Short.BYTES, associated.length);
        byte[] chained = chain.update(blocks);
        return Arrays.copyOfRange(chained, chained.length - BLOCK_BYTES, chained.length);
    }

    /**
     * Feeds a zero-padded step and puts the chain value behind it into {@code value}. {@code plain} has room for the
     * padding.
     */
    private static void chain(Cipher chain, byte[] plain, int count, byte[] output, byte[] value)
            throws GeneralSecurityException {
        int padded = roundUp(count);
        Arrays.fill(plain, count, padded, (byte) 0);
        int written = chain.update(plain, 0, padded, output);
        System.arraycopy(output, written - BLOCK_BYTES, value, 0, BLOCK_BYTES);
    }

    private static int roundUp(int bytes) {
        return (bytes + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
    }
}

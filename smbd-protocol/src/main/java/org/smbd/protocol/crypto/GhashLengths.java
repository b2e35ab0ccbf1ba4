package org.smbd.protocol.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns the tag of a ciphertext into the tag of the same bytes as additional data. NIST SP 800-38D 6.4 GHASH Function,
 * 7.1 Algorithm for the Authenticated Encryption Function.
 *
 * <p>Both are hashed alike, but for the last block: the lengths in bits of additional data and of ciphertext, 64 bits
 * each. The tags so differ by the product of the difference of these blocks and the hash subkey. A length is no secret,
 * so the product is a sum of precomputed multiples, one for each bit that is set in it.
 */
final class GhashLengths {
    /** The reduction polynomial of GF(2^128), its first 64 bits in the order of SP 800-38D 6.3. */
    private static final long REDUCTION = 0xe1L << 56;

    /** A frame's length in bytes has 24 bits. */
    private static final int LENGTH_BITS = 24 + 3;

    private final long[] high = new long[LENGTH_BITS];
    private final long[] low = new long[LENGTH_BITS];

    GhashLengths(SecretKeySpec secret) throws GeneralSecurityException {
        Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
        aes.init(Cipher.ENCRYPT_MODE, secret);
        ByteBuffer subkey = ByteBuffer.wrap(aes.doFinal(new byte[Aead.TAG_BYTES]));
        long h = subkey.getLong();
        long l = subkey.getLong();
        for (int power = 0; power < 2 * Long.SIZE; power++) {
            int bit = Long.SIZE - 1 - power % Long.SIZE; // in the first half of the block, then in the second
            if (bit < LENGTH_BITS) {
                high[bit] ^= h;
                low[bit] ^= l;
            }
            long carry = -(l & 1);
            l = l >>> 1 | h << 63;
            h = h >>> 1 ^ REDUCTION & carry;
        }
    }

    /** Whether messages of this length can be treated. */
    static boolean covers(int length) {
        return length >>> LENGTH_BITS - 3 == 0;
    }

    /** Changes the tag of {@code length} bytes of ciphertext in place. */
    void toAdditionalData(byte[] tag, int length) {
        ByteBuffer value = ByteBuffer.wrap(tag);
        long h = value.getLong(0);
        long l = value.getLong(Long.BYTES);
        int bits = length << 3;
        for (int bit = 3; bit < LENGTH_BITS; bit++) {
            if ((bits >>> bit & 1) != 0) {
                h ^= high[bit];
                l ^= low[bit];
            }
        }
        value.putLong(0, h).putLong(Long.BYTES, l);
    }
}

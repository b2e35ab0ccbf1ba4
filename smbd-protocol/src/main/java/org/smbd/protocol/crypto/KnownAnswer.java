package org.smbd.protocol.crypto;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Whether a provider computes AES-GCM as the specification has it, in place on a direct buffer. The vector is test case
 * 4 of "The Galois/Counter Mode of Operation" (McGrew, Viega).
 */
final class KnownAnswer {
    private static final byte[] KEY = HexFormat.of().parseHex("feffe9928665731c6d6a8f9467308308");
    private static final byte[] NONCE = HexFormat.of().parseHex("cafebabefacedbaddecaf888");
    private static final byte[] ASSOCIATED = HexFormat.of().parseHex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
    private static final byte[] PLAIN = HexFormat.of()
            .parseHex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                    + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
    private static final byte[] SEALED = HexFormat.of()
            .parseHex("42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e"
                    + "21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091");
    private static final byte[] TAG = HexFormat.of().parseHex("5bc94fbc3221a5db94fae95ae7121a47");

    private KnownAnswer() {}

    static boolean passes(CryptoProvider provider) {
        Aead aead = provider.gcm(KEY);
        ByteBuf buffer = UnpooledByteBufAllocator.DEFAULT.directBuffer(PLAIN.length + Aead.TAG_BYTES);
        try {
            buffer.writeBytes(PLAIN).writeZero(Aead.TAG_BYTES);
            byte[] tag = aead.seal(NONCE, ASSOCIATED, buffer, 0, PLAIN.length);
            return Arrays.equals(tag, TAG)
                    && Arrays.equals(content(buffer), SEALED)
                    && aead.open(NONCE, ASSOCIATED, TAG, buffer, 0, PLAIN.length)
                    && Arrays.equals(content(buffer), PLAIN);
        } catch (GeneralSecurityException e) {
            return false;
        } finally {
            buffer.release();
        }
    }

    private static byte[] content(ByteBuf buffer) {
        byte[] copy = new byte[PLAIN.length];
        buffer.getBytes(0, copy);
        return copy;
    }
}

package org.smbd.protocol.crypto;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;

/**
 * Makes the JVM compile its AES-GCM. HotSpot uses the processor's AES instructions only below compiled callers, and
 * compiles after a number of calls, not bytes: until then 1 MiB takes 14 ms instead of a quarter.
 */
final class WarmUp implements Runnable {
    private static final int ROUNDS = 6_000;
    private static final int MESSAGE_BYTES = 64 * 1024;

    private final CryptoProvider provider;
    private final int rounds;

    WarmUp(CryptoProvider provider) {
        this(provider, ROUNDS);
    }

    WarmUp(CryptoProvider provider, int rounds) {
        this.provider = provider;
        this.rounds = rounds;
    }

    @Override
    public void run() {
        EncryptionAlgorithm algorithm = EncryptionAlgorithm.AES_128_GCM;
        MessageCipher cipher = provider.messageCipher(algorithm, new byte[algorithm.keyBytes()]);
        Signer signer = provider.signer(SigningAlgorithm.AES_GMAC, new byte[algorithm.keyBytes()]);
        int start = MessageCipher.TRANSFORM_HEADER_BYTES;
        int capacity = start + MESSAGE_BYTES + MessageCipher.ROOM_BYTES;
        ByteBuf buffer = UnpooledByteBufAllocator.DEFAULT.directBuffer(capacity, capacity);
        try {
            buffer.setZero(0, capacity);
            for (int round = 0; round < rounds; round++) {
                buffer.setLongLE(start + SignedBytes.MESSAGE_ID_OFFSET, round);
                signer.sign(buffer, start, MESSAGE_BYTES, Sender.SERVER);
                cipher.seal(buffer, 0, MESSAGE_BYTES);
                if (!cipher.open(buffer, 0, MESSAGE_BYTES)) {
                    throw new IllegalStateException("what was sealed cannot be opened");
                }
            }
        } finally {
            buffer.release();
        }
    }
}

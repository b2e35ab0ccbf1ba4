package org.smbd.protocol.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.macs.CMac;
import org.bouncycastle.crypto.macs.GMac;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every algorithm of every provider against Bouncy Castle. */
class SignerTest {
    private static final byte[] KEY = HexFormat.of().parseHex("2b7e151628aed2a6abf7158809cf4f3c");
    private static final Random RANDOM = new Random(1);

    static Stream<Arguments> signers() {
        return Stream.of(CryptoProvider.jdk(), CryptoProvider.probe(CryptoProvider.Choice.AUTO))
                .flatMap(provider -> Arrays.stream(SigningAlgorithm.values())
                        .map(algorithm -> Arguments.of(provider.name(), provider.signer(algorithm, KEY))));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("signers")
    void signaturesAreThoseOfTheOracle(String provider, Signer signer) {
        int[] sizes = {64, 65, 79, 80, 81, 4095, 4096, 4097, 4111, 4112, 4113, 65_536, 200_000};
        for (int i = 0; i < 40; i++) {
            int size = i < sizes.length ? sizes[i] : 64 + RANDOM.nextInt(200_000);
            byte[] message = randomMessage(size);
            Sender sender = RANDOM.nextBoolean() ? Sender.CLIENT : Sender.SERVER;
            int behind = i % 2 == 0 ? 9 : 16; // AES-GMAC goes another way where there is room for a tag
            ByteBuf buffer = Unpooled.directBuffer(7 + size + behind, 7 + size + behind)
                    .writeZero(7)
                    .writeBytes(message)
                    .writeZero(behind);
            signer.sign(buffer, 7, size, sender);
            byte[] expected = message.clone();
            System.arraycopy(oracle(signer.algorithm(), message, sender), 0, expected, 48, 16);
            assertArrayEquals(expected, ByteBufUtil.getBytes(buffer, 7, size), "size " + size);
            assertTrue(signer.verify(buffer, 7, size, sender));
            assertArrayEquals(expected, ByteBufUtil.getBytes(buffer, 7, size), "verifying changes nothing");
            assertArrayEquals(new byte[behind], ByteBufUtil.getBytes(buffer, 7 + size, behind), "what is behind stays");
            buffer.release();
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("signers")
    void aCompositeMessageIsSignedAsItsBytes(String provider, Signer signer) {
        byte[] message = randomMessage(10_000);
        for (int cut : new int[] {1, 20, 48, 50, 64, 4096, 9_999}) {
            ByteBuf composite = Unpooled.wrappedBuffer(
                    Unpooled.directBuffer().writeBytes(message, 0, cut),
                    Unpooled.buffer().writeBytes(message, cut, message.length - cut));
            signer.sign(composite, 0, message.length, Sender.SERVER);
            assertArrayEquals(
                    oracle(signer.algorithm(), message, Sender.SERVER), ByteBufUtil.getBytes(composite, 48, 16));
            assertTrue(signer.verify(composite, 0, message.length, Sender.SERVER));
            composite.release();
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("signers")
    void everyChangedBitIsNoticed(String provider, Signer signer) {
        int size = 131;
        ByteBuf buffer = Unpooled.directBuffer().writeBytes(randomMessage(size));
        signer.sign(buffer, 0, size, Sender.CLIENT);
        for (int bit = 0; bit < size * 8; bit++) {
            buffer.setByte(bit / 8, buffer.getByte(bit / 8) ^ 1 << bit % 8);
            assertFalse(signer.verify(buffer, 0, size, Sender.CLIENT), "bit " + bit);
            buffer.setByte(bit / 8, buffer.getByte(bit / 8) ^ 1 << bit % 8);
        }
        assertTrue(signer.verify(buffer, 0, size, Sender.CLIENT));
        assertFalse(signer.verify(buffer, 0, size - 1, Sender.CLIENT));
        buffer.release();
    }

    @Test
    void gmacKnowsTheSenderAndCancel() {
        Signer signer = CryptoProvider.jdk().signer(SigningAlgorithm.AES_GMAC, KEY);
        ByteBuf buffer = Unpooled.directBuffer().writeBytes(randomMessage(64));
        for (int command : new int[] {0x000C, 0x0008}) {
            buffer.setShortLE(12, command);
            byte[] plain = ByteBufUtil.getBytes(buffer, 0, 64);
            signer.sign(buffer, 0, 64, Sender.CLIENT);
            assertArrayEquals(
                    oracle(SigningAlgorithm.AES_GMAC, plain, Sender.CLIENT), ByteBufUtil.getBytes(buffer, 48, 16));
            assertFalse(signer.verify(buffer, 0, 64, Sender.SERVER));
        }
        buffer.release();
    }

    @Test
    void lessThanAHeaderIsNotSigned() {
        Signer signer = CryptoProvider.jdk().signer(SigningAlgorithm.HMAC_SHA256, KEY);
        ByteBuf buffer = Unpooled.buffer().writeZero(64);
        assertThrows(IllegalArgumentException.class, () -> signer.sign(buffer, 0, 63, Sender.SERVER));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("signers")
    void manyThreadsShareOneSigner(String provider, Signer signer) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        List<byte[]> messages = Stream.generate(() -> randomMessage(64 + RANDOM.nextInt(9_000)))
                .limit(64)
                .toList();
        List<Future<Boolean>> results = pool.invokeAll(Stream.iterate(0, i -> i + 1)
                .limit(400)
                .<java.util.concurrent.Callable<Boolean>>map(i -> () -> {
                    byte[] message = messages.get(i % messages.size());
                    ByteBuf buffer = Unpooled.directBuffer().writeBytes(message);
                    signer.sign(buffer, 0, message.length, Sender.SERVER);
                    byte[] signature = ByteBufUtil.getBytes(buffer, 48, 16);
                    buffer.release();
                    return Arrays.equals(oracle(signer.algorithm(), message, Sender.SERVER), signature);
                })
                .toList());
        for (Future<Boolean> result : results) {
            assertTrue(result.get());
        }
        pool.shutdown();
    }

    @Test
    void wireIdsAreThoseOfTheSpecification() {
        assertEquals(Optional.of(SigningAlgorithm.HMAC_SHA256), SigningAlgorithm.of(0));
        assertEquals(Optional.of(SigningAlgorithm.AES_CMAC), SigningAlgorithm.of(1));
        assertEquals(Optional.of(SigningAlgorithm.AES_GMAC), SigningAlgorithm.of(2));
        assertEquals(Optional.empty(), SigningAlgorithm.of(3));
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            assertEquals(Optional.of(algorithm), SigningAlgorithm.of(algorithm.id()));
        }
    }

    private static byte[] randomMessage(int size) {
        byte[] message = new byte[size];
        RANDOM.nextBytes(message);
        return message;
    }

    private static byte[] oracle(SigningAlgorithm algorithm, byte[] message, Sender sender) {
        byte[] zeroed = message.clone();
        Arrays.fill(zeroed, 48, 64, (byte) 0);
        org.bouncycastle.crypto.Mac mac;
        KeyParameter key = new KeyParameter(KEY);
        switch (algorithm) {
            case HMAC_SHA256 -> {
                mac = new HMac(new SHA256Digest());
                mac.init(key);
            }
            case AES_CMAC -> {
                mac = new CMac(AESEngine.newInstance());
                mac.init(key);
            }
            default -> {
                byte[] nonce = Arrays.copyOf(Arrays.copyOfRange(message, 24, 32), 12);
                nonce[8] = (byte) (sender == Sender.SERVER ? 1 : 0);
                if (message[12] == 0x0C && message[13] == 0) {
                    nonce[8] |= 2;
                }
                mac = new GMac(GCMBlockCipher.newInstance(AESEngine.newInstance()));
                mac.init(new ParametersWithIV(key, nonce));
            }
        }
        mac.update(zeroed, 0, zeroed.length);
        byte[] full = new byte[mac.getMacSize()];
        mac.doFinal(full, 0);
        return Arrays.copyOf(full, 16);
    }
}

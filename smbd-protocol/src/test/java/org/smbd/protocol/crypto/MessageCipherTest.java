package org.smbd.protocol.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.AEADBlockCipher;
import org.bouncycastle.crypto.modes.CCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every cipher of every provider against Bouncy Castle and Microsoft's published messages. */
class MessageCipherTest {
    private static final int HEADER = MessageCipher.TRANSFORM_HEADER_BYTES;
    private static final Random RANDOM = new Random(2);

    static Stream<Arguments> ciphers() {
        return Stream.of(CryptoProvider.jdk(), CryptoProvider.probe(CryptoProvider.Choice.AUTO))
                .flatMap(provider -> Arrays.stream(EncryptionAlgorithm.values())
                        .map(algorithm -> Arguments.of(provider.name(), algorithm, provider)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("ciphers")
    void sealedMessagesAreThoseOfTheOracle(String name, EncryptionAlgorithm algorithm, CryptoProvider provider)
            throws Exception {
        byte[] key = random(algorithm.keyBytes());
        MessageCipher cipher = provider.messageCipher(algorithm, key);
        int[] sizes = {1, 15, 16, 17, 64, 4095, 4096, 4097, 65_536, 200_000};
        for (int i = 0; i < 30; i++) {
            int size = i < sizes.length ? sizes[i] : 1 + RANDOM.nextInt(200_000);
            byte[] message = random(size);
            byte[] header = header(size);
            for (int room : new int[] {0, MessageCipher.ROOM_BYTES}) {
                ByteBuf buffer = Unpooled.directBuffer(3 + HEADER + size + room, 3 + HEADER + size + room)
                        .writeZero(3)
                        .writeBytes(header)
                        .writeBytes(message);
                byte[] behind = random(room);
                buffer.setBytes(3 + HEADER + size, behind);
                cipher.seal(buffer, 3, size);
                assertArrayEquals(
                        oracle(algorithm, key, ByteBufUtil.getBytes(buffer, 3, HEADER), message),
                        ByteBufUtil.getBytes(buffer, 3, HEADER + size),
                        "size " + size);
                assertTrue(cipher.open(buffer, 3, size));
                assertArrayEquals(message, ByteBufUtil.getBytes(buffer, 3 + HEADER, size));
                assertArrayEquals(behind, ByteBufUtil.getBytes(buffer, 3 + HEADER + size, room));
                buffer.release();
            }
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("ciphers")
    void aCompositeBufferIsSealedAsItsBytes(String name, EncryptionAlgorithm algorithm, CryptoProvider provider) {
        MessageCipher cipher = provider.messageCipher(algorithm, random(algorithm.keyBytes()));
        byte[] message = random(9_000);
        ByteBuf composite = Unpooled.wrappedBuffer(
                Unpooled.directBuffer().writeBytes(header(9_000)),
                Unpooled.directBuffer().writeBytes(message, 0, 100),
                Unpooled.buffer().writeBytes(message, 100, 8_900));
        cipher.seal(composite, 0, 9_000);
        ByteBuf flat = Unpooled.directBuffer().writeBytes(composite, 0, composite.readableBytes());
        assertTrue(cipher.open(flat, 0, 9_000));
        assertTrue(cipher.open(composite, 0, 9_000));
        assertArrayEquals(message, ByteBufUtil.getBytes(composite, HEADER, 9_000));
        assertArrayEquals(message, ByteBufUtil.getBytes(flat, HEADER, 9_000));
        composite.release();
        flat.release();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("ciphers")
    void aChangeAnywhereIsNoticedAndNothingIsReleased(
            String name, EncryptionAlgorithm algorithm, CryptoProvider provider) {
        MessageCipher cipher = provider.messageCipher(algorithm, random(algorithm.keyBytes()));
        int size = 100;
        ByteBuf sealed = Unpooled.directBuffer().writeBytes(header(size)).writeBytes(random(size));
        cipher.seal(sealed, 0, size);
        // The protocol id in front is checked by whoever finds the header.
        for (int at = 4; at < HEADER + size; at++) {
            ByteBuf changed = sealed.copy();
            changed.setByte(at, changed.getByte(at) ^ 0x10);
            assertFalse(cipher.open(changed, 0, size), "byte " + at);
            assertArrayEquals(new byte[size], ByteBufUtil.getBytes(changed, HEADER, size), "byte " + at);
            changed.release();
        }
        assertTrue(cipher.open(sealed, 0, size));
        sealed.release();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("ciphers")
    void manyThreadsNeverUseANonceTwice(String name, EncryptionAlgorithm algorithm, CryptoProvider provider)
            throws Exception {
        byte[] key = random(algorithm.keyBytes());
        MessageCipher cipher = provider.messageCipher(algorithm, key);
        ExecutorService pool = Executors.newFixedThreadPool(8);
        List<Callable<String>> tasks = Stream.<Callable<String>>generate(() -> () -> {
                    byte[] message = new byte[1_000];
                    ByteBuf buffer = Unpooled.directBuffer(2_000)
                            .writeBytes(header(1_000))
                            .writeBytes(message);
                    cipher.seal(buffer, 0, 1_000);
                    byte[] sealed = ByteBufUtil.getBytes(buffer, 0, HEADER + 1_000);
                    assertArrayEquals(oracle(algorithm, key, Arrays.copyOf(sealed, HEADER), message), sealed);
                    assertTrue(cipher.open(buffer, 0, 1_000));
                    assertArrayEquals(message, ByteBufUtil.getBytes(buffer, HEADER, 1_000));
                    buffer.release();
                    return HexFormat.of().formatHex(sealed, 20, 36);
                })
                .limit(500)
                .toList();
        Set<String> nonces = new HashSet<>();
        for (Future<String> nonce : pool.invokeAll(tasks)) {
            assertTrue(nonces.add(nonce.get()));
        }
        pool.shutdown();
    }

    /** "Encryption in SMB 3.0: A protocol perspective", the WRITE request and the READ response. */
    @Test
    void microsoftsMessagesOf30AreOpened() {
        CryptoProvider provider = CryptoProvider.jdk();
        MessageCipher fromClient = provider.messageCipher(
                EncryptionAlgorithm.AES_128_CCM, HexFormat.of().parseHex("261B72350558F2E9DCF613070383EDBF"));
        ByteBuf write = Unpooled.directBuffer()
                .writeBytes(HexFormat.of()
                        .parseHex("FD534D4281A286535415445DAE393921E44FA42E66E69A111892584FB5ED524A"
                                + "744DA3EE87000000000001001100001400E4080025C8FEE16605A437832D1CD5"
                                + "2DA9F4645333482A175FE5384563F45FCDAFAEF38BC62BA4D5C62897996625A4"
                                + "4C29BE5658DE2E6117585779E7B59FFD971278D08580D7FA899E410E910EABF5"
                                + "AA1DB43050B33B49182637759AC15D84BFCDF5B6B238993C0F4CF4D6012023F6"
                                + "C627297075D84B7803912D0A9639634453595EF3E33FFE4E7AC2AB"));
        assertTrue(fromClient.open(write, 0, 0x87));
        assertEquals(
                "fe534d4240000100000000000900400008000000000000000400000000000000"
                        + "fffe0000010000001100001400e4080000000000000000000000000000000000"
                        + "3100700017000000000000000000000015010000390000020100000039020000"
                        + "00000000000000007000000000000000536d623320656e6372797074696f6e20"
                        + "74657374696e67",
                ByteBufUtil.hexDump(write, HEADER, 0x87));
        write.release();

        MessageCipher fromServer = provider.messageCipher(
                EncryptionAlgorithm.AES_128_CCM, HexFormat.of().parseHex("8FE2B57EC34D2DB5B1A9727F526BBDB5"));
        ByteBuf response = Unpooled.directBuffer()
                .writeBytes(HexFormat.of()
                        .parseHex("FD534D42A6015530A18F6D9AFFE22AFAE8E66484860000000000000011000014"
                                + "00E4080050000000000001001100001400E40800DBF46435C5F14169293CE079"
                                + "E344479BF670227E49873F458672C3098DAC467DD5809F369D67409166515787"
                                + "1483E01F7BECD02064EAC3E235F913668BBC2F097980D4B378F1993EFF6E60D1"
                                + "77309E5B"));
        assertTrue(fromServer.open(response, 0, 0x50));
        assertEquals(
                "fe534d4240000100000000000900210009000000000000000400000000000000"
                        + "fffe0000010000001100001400e4080000000000000000000000000000000000"
                        + "11000000170000000000000000000000",
                ByteBufUtil.hexDump(response, HEADER, 0x50));
        response.release();
    }

    @Test
    void theUnusedBytesOfTheNonceFieldAreZero() {
        for (EncryptionAlgorithm algorithm : EncryptionAlgorithm.values()) {
            MessageCipher cipher = CryptoProvider.jdk().messageCipher(algorithm, random(algorithm.keyBytes()));
            ByteBuf buffer = Unpooled.directBuffer().writeBytes(header(16)).writeBytes(random(16));
            buffer.setLong(28, -1);
            cipher.seal(buffer, 0, 16);
            assertEquals(0, buffer.getLong(28));
            assertNotEquals(0, buffer.getLong(20));
            buffer.release();
        }
    }

    @Test
    void aKeyWithoutNoncesSealsNothingMore() {
        NonceCounter counter = new NonceCounter(Long.MAX_VALUE - 1);
        assertEquals(Long.MAX_VALUE, counter.next());
        assertThrows(IllegalStateException.class, counter::next);
        assertThrows(IllegalStateException.class, counter::next);
    }

    @Test
    void aKeyOfTheWrongLengthIsRefused() {
        CryptoProvider jdk = CryptoProvider.jdk();
        byte[] key = new byte[16];
        assertThrows(IllegalArgumentException.class, () -> jdk.messageCipher(EncryptionAlgorithm.AES_256_GCM, key));
    }

    @Test
    void wireIdsAreThoseOfTheSpecification() {
        assertEquals(Optional.of(EncryptionAlgorithm.AES_128_CCM), EncryptionAlgorithm.of(1));
        assertEquals(Optional.of(EncryptionAlgorithm.AES_256_GCM), EncryptionAlgorithm.of(4));
        assertEquals(Optional.empty(), EncryptionAlgorithm.of(0));
        assertEquals(Optional.empty(), EncryptionAlgorithm.of(5));
        for (EncryptionAlgorithm algorithm : EncryptionAlgorithm.values()) {
            assertEquals(Optional.of(algorithm), EncryptionAlgorithm.of(algorithm.id()));
        }
    }

    @Test
    void forcingTheJdkUsesTheJdkAndPrefersCmac() {
        CryptoProvider jdk = CryptoProvider.probe(CryptoProvider.Choice.JDK);
        assertEquals("JDK", jdk.name());
        assertEquals(SigningAlgorithm.AES_CMAC, jdk.signingPreference().get(0));
        assertTrue(KnownAnswer.passes(jdk));
        new WarmUp(jdk, 2).run();
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static byte[] header(int size) {
        ByteBuf header = Unpooled.buffer();
        header.writeInt(0xFD534D42)
                .writeZero(32)
                .writeIntLE(size)
                .writeShortLE(0)
                .writeShortLE(1)
                .writeLongLE(77);
        return ByteBufUtil.getBytes(header);
    }

    private static byte[] oracle(EncryptionAlgorithm algorithm, byte[] key, byte[] header, byte[] message)
            throws InvalidCipherTextException {
        AEADBlockCipher cipher = algorithm.isGcm()
                ? GCMBlockCipher.newInstance(AESEngine.newInstance())
                : CCMBlockCipher.newInstance(AESEngine.newInstance());
        cipher.init(
                true,
                new AEADParameters(
                        new KeyParameter(key),
                        128,
                        Arrays.copyOfRange(header, 20, 20 + algorithm.nonceBytes()),
                        Arrays.copyOfRange(header, 20, HEADER)));
        byte[] output = new byte[message.length + 16];
        int done = cipher.processBytes(message, 0, message.length, output, 0);
        cipher.doFinal(output, done);
        byte[] sealed = Arrays.copyOf(header, HEADER + message.length);
        System.arraycopy(output, 0, sealed, HEADER, message.length);
        System.arraycopy(output, message.length, sealed, 4, 16);
        return sealed;
    }
}

package org.smbd.protocol.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Vectors of Microsoft's article "SMB 2 and SMB 3 security in Windows 10: the anatomy of signing and cryptographic
 * keys".
 */
class KeyDerivationTest {
    private static final String PREAUTH = "0DD13628CC3ED218EF9DF9772D436D0887AB9814BFAE63A80AA845F36909DB79"
            + "28622DDDAD522D9751640A459762C5A9D6BB084CBB3CE6BDADEF5D5BCE3C6C01";

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().withUpperCase().formatHex(bytes);
    }

    /** The client's EncryptionKey is our decryption key. */
    @Test
    void keysOf30AreThoseOfThePublishedExample() {
        SessionKeys keys = KeyDerivation.smb30(hex("7CD451825D0450D235424E44BA6E78CC"));
        assertEquals("0B7E9C5CAC36C0F6EA9AB275298CEDCE", hex(keys.signing()));
        assertEquals("FAD27796665B313EBB578F388632B4F7", hex(keys.decryption()));
        assertEquals("B0F0427F7CEB416D1D9DCC0CD4F99447", hex(keys.encryption()));
        assertEquals("BB23A4575AA26C721AF525AF15A87B4F", hex(keys.application()));
    }

    @Test
    void keysOf30AreThoseOfTheSecondPublishedExample() {
        SessionKeys keys = KeyDerivation.smb30(hex("B4546771B515F766A86735532DD6C4F0"));
        assertEquals("F773CD23C18FD1E08EE510CADA7CF852", hex(keys.signing()));
        assertEquals("261B72350558F2E9DCF613070383EDBF", hex(keys.decryption()));
        assertEquals("8FE2B57EC34D2DB5B1A9727F526BBDB5", hex(keys.encryption()));
        assertEquals("77432F808CE99156B5BC6A3676D730D1", hex(keys.application()));
    }

    @Test
    void keysOf311AreThoseOfThePublishedExample() {
        byte[] sessionKey = hex("270E1BA896585EEB7AF3472D3B4C75A7");
        SessionKeys keys = KeyDerivation.smb311(
                sessionKey, Optional.of(EncryptionAlgorithm.AES_128_GCM), PreauthHash.of(hex(PREAUTH)));
        assertEquals("73FE7A9A77BEF0BDE49C650D8CCB5F76", hex(keys.signing()));
        assertEquals("629BCBC54422A0F572B97F45989B6073", hex(keys.decryption()));
        assertEquals("E2AF0DCEFAC68DA71A0DFBD0D1350D74", hex(keys.encryption()));
        assertEquals("6D7AD7954E9EC61E907B4D473DC178FF", hex(keys.application()));
    }

    @Test
    void a256BitCipherTakesTheWholeSessionKeyForItsOwnKeysOnly() {
        byte[] longKey = new byte[32];
        Arrays.fill(longKey, 16, 32, (byte) 0x77);
        PreauthHash preauth = PreauthHash.of(hex(PREAUTH));
        SessionKeys wide = KeyDerivation.smb311(longKey, Optional.of(EncryptionAlgorithm.AES_256_GCM), preauth);
        SessionKeys narrow = KeyDerivation.smb311(longKey, Optional.of(EncryptionAlgorithm.AES_128_GCM), preauth);
        assertEquals(32, wide.encryption().length);
        assertEquals(32, wide.decryption().length);
        assertArrayEquals(narrow.signing(), wide.signing());
        assertArrayEquals(narrow.application(), wide.application());
        byte[] cut = Arrays.copyOf(longKey, 16);
        SessionKeys ofCut = KeyDerivation.smb311(cut, Optional.of(EncryptionAlgorithm.AES_256_GCM), preauth);
        assertFalse(Arrays.equals(ofCut.encryption(), wide.encryption()));
        assertArrayEquals(ofCut.signing(), wide.signing());
    }

    @Test
    void withoutACipherThereAreNoEncryptionKeys() {
        SessionKeys keys = KeyDerivation.smb311(new byte[16], Optional.empty(), PreauthHash.START);
        assertEquals(0, keys.encryption().length);
        assertEquals(0, keys.decryption().length);
        assertEquals(16, keys.signing().length);
    }

    @Test
    void smb2SignsWithTheSessionKeyCutOrPaddedTo16Bytes() {
        assertEquals(
                "01020000000000000000000000000000",
                hex(KeyDerivation.smb2(hex("0102")).signing()));
        assertEquals(
                "00112233445566778899AABBCCDDEEFF",
                hex(KeyDerivation.smb2(hex("00112233445566778899AABBCCDDEEFF0011"))
                        .signing()));
    }

    @Test
    void preauthHashChainsOverMessagesOfAnyShape() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-512");
        digest.update(new byte[64]);
        byte[] first = digest.digest(hex("AABBCCDD"));
        digest.update(first);
        byte[] second = digest.digest(hex("01020304"));

        ByteBuf direct = Unpooled.directBuffer().writeBytes(hex("FFAABBCCDD"));
        ByteBuf composite = Unpooled.wrappedBuffer(
                Unpooled.directBuffer().writeBytes(hex("0102")),
                Unpooled.directBuffer().writeBytes(hex("030405")));
        PreauthHash afterFirst = PreauthHash.START.with(direct, 1, 4);
        assertArrayEquals(first, afterFirst.bytes());
        assertArrayEquals(second, afterFirst.with(composite, 0, 4).bytes());
        assertArrayEquals(first, afterFirst.bytes());
        direct.release();
        composite.release();
    }

    @Test
    void keysAreNotPrinted() {
        SessionKeys keys = KeyDerivation.smb30(new byte[16]);
        assertEquals("SessionKeys", keys.toString());
    }
}

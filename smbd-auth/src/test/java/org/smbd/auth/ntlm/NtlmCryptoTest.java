package org.smbd.auth.ntlm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;
import org.smbd.auth.account.NtHash;

/** MS-NLMP 4.2 Cryptographic Values for Validation. */
class NtlmCryptoTest {
    private static final byte[] CHALLENGE = hex("0123456789abcdef");
    private static final byte[] CLIENT_CHALLENGE = hex("aaaaaaaaaaaaaaaa");
    private static final byte[] RANDOM_SESSION_KEY = hex("55555555555555555555555555555555");
    private static final byte[] NT_HASH = NtHash.ofPassword("Password");
    private static final byte[] PLAINTEXT = "Plaintext".getBytes(StandardCharsets.UTF_16LE);

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void ntowfV1() {
        assertEquals("a4f49c406510bdcab6824ee7c30fd852", hex(NT_HASH));
    }

    @Test
    void ntlmV1() {
        assertEquals(
                "67c43011f30298a2ad35ece64f16331c44bdbed927841f94", hex(NtlmCrypto.ntlmV1Response(NT_HASH, CHALLENGE)));
        byte[] base = NtlmCrypto.sessionBaseKeyV1(NT_HASH);
        assertEquals("d87262b0cde4b1cb7499becccdf10784", hex(base));
        assertEquals("518822b1b3f350c8958682ecbb3e3cb7", hex(NtlmCrypto.rc4(base, RANDOM_SESSION_KEY)));
    }

    @Test
    void ntlmV1WithClientChallenge() {
        byte[] challenge = NtlmCrypto.extendedChallenge(CHALLENGE, CLIENT_CHALLENGE);
        assertEquals(
                "7537f803ae367128ca458204bde7caf81e97ed2683267232", hex(NtlmCrypto.ntlmV1Response(NT_HASH, challenge)));
        byte[] base = NtlmCrypto.sessionBaseKeyV1(NT_HASH);
        assertEquals("eb93429a8bd952f8b89c55b87f475edc", hex(NtlmCrypto.hmacMd5(base, CHALLENGE, CLIENT_CHALLENGE)));
    }

    @Test
    void ntlmV2() {
        byte[] key = NtlmCrypto.ntowfV2(NT_HASH, "User", "Domain");
        assertEquals("0c868a403bfd7a93a3001ef22ef02e3f", hex(key));
        byte[] temp = hex("01010000000000000000000000000000aaaaaaaaaaaaaaaa0000000002000c0044006f006d00610069006e00"
                + "01000c005300650072007600650072000000000000000000");
        byte[] proof = NtlmCrypto.ntProof(key, CHALLENGE, temp);
        assertEquals("68cd0ab851e51c96aabc927bebef6a1c", hex(proof));
        byte[] base = NtlmCrypto.hmacMd5(key, proof);
        assertEquals("8de40ccadbc14a82f15cb0ad0de95ca3", hex(base));
        assertEquals(
                "c5dad2544fc979909 4ce1ce90bc9d03e".replace(" ", ""), hex(NtlmCrypto.rc4(base, RANDOM_SESSION_KEY)));
    }

    /** 4.2.4.4: the data of the message goes through the same key stream before the checksum. */
    @Test
    void signatureWithKeyExchange() {
        int flags = 0xe28a8233;
        byte[] sealKey = NtlmMac.sealKey(flags, RANDOM_SESSION_KEY, NtlmMac.Direction.CLIENT_TO_SERVER);
        assertEquals("59f600973cc4960a25480a7c196e4c58", hex(sealKey));
        Cipher handle = NtlmCrypto.rc4Handle(sealKey);
        assertEquals("54e50165bf1936dc996020c1811b0f06fb5f", hex(handle.update(PLAINTEXT)));
        assertEquals("7fb38ec5c55d4976", hex(handle.update(hex("70352851f2564309"))));

        // Without data before it, the checksum is encrypted by the first bytes of the stream.
        byte[] signature = new NtlmMac(flags, RANDOM_SESSION_KEY, NtlmMac.Direction.CLIENT_TO_SERVER).sign(PLAINTEXT);
        byte[] checksum = NtlmCrypto.rc4(sealKey, hex("70352851f2564309"));
        assertEquals("01000000" + hex(checksum) + "00000000", hex(signature));
    }

    /** 4.2.3.4: neither key exchange nor 128 bits. */
    @Test
    void signatureWithoutKeyExchange() {
        int flags = 0x820a8233;
        byte[] key = hex("eb93429a8bd952f8b89c55b87f475edc");
        assertEquals(
                "04dd7f014d8504d265a25cc86a3a7c06",
                hex(NtlmMac.sealKey(flags, key, NtlmMac.Direction.CLIENT_TO_SERVER)));
        NtlmMac mac = new NtlmMac(flags, key, NtlmMac.Direction.CLIENT_TO_SERVER);
        assertEquals("01000000ff2aeb52f681793a00000000", hex(mac.sign(PLAINTEXT)));
        assertEquals("01000000", hex(Arrays.copyOfRange(mac.sign(PLAINTEXT), 12, 16)));
    }
}

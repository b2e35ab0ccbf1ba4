package org.smbd.auth.ntlm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class NtlmProtectionTest {
    /** MS-NLMP 4.2.4: the flags of the example, and its session key (4.2.4.1.2). */
    private static final int FLAGS = NtlmFlags.KEY_EXCH
            | NtlmFlags.NEGOTIATE_56
            | NtlmFlags.NEGOTIATE_128
            | NtlmFlags.EXTENDED_SESSIONSECURITY
            | NtlmFlags.SIGN
            | NtlmFlags.SEAL;

    private static final byte[] KEY = "U".repeat(16).getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PLAINTEXT = "Plaintext".getBytes(StandardCharsets.UTF_16LE);

    private static NtlmMac mac(NtlmMac.Direction direction) {
        return new NtlmMac(FLAGS, KEY, direction);
    }

    private final NtlmProtection server =
            new NtlmProtection(mac(NtlmMac.Direction.SERVER_TO_CLIENT), mac(NtlmMac.Direction.CLIENT_TO_SERVER), true);
    private final NtlmProtection client =
            new NtlmProtection(mac(NtlmMac.Direction.CLIENT_TO_SERVER), mac(NtlmMac.Direction.SERVER_TO_CLIENT), true);

    /** MS-NLMP 4.2.4.4 GSS_WrapEx Examples. */
    @Test
    void theExampleIsSealedAsTheSpecificationSays() {
        assertEquals("54e50165bf1936dc996020c1811b0f06fb5f", HexFormat.of().formatHex(client.seal(PLAINTEXT)));
        assertEquals("010000007fb38ec5c55d497600000000", HexFormat.of().formatHex(client.sign(PLAINTEXT)));
    }

    @Test
    void whatOneSideSealsTheOtherReads() {
        for (int i = 0; i < 3; i++) {
            byte[] sealed = server.seal(PLAINTEXT);
            byte[] signature = server.sign(PLAINTEXT);
            assertEquals(server.signatureBytes(), signature.length);
            assertArrayEquals(PLAINTEXT, client.unseal(sealed));
            assertTrue(client.verify(PLAINTEXT, signature));
        }
    }

    @Test
    void aMessageOutOfItsOrderIsWrong() {
        server.sign(PLAINTEXT);
        byte[] second = server.sign(PLAINTEXT);
        assertFalse(client.verify(PLAINTEXT, second));
    }

    @Test
    void anEmptyPartIsSealedToo() {
        assertArrayEquals(new byte[0], server.seal(new byte[0]));
    }

    /** MS-SPNG 3.2.5.1: the list of mechanisms is signed with the key state of the first message. */
    @Test
    void aRestartedKeyStreamCountsMessagesOn() {
        NtlmMac once = mac(NtlmMac.Direction.SERVER_TO_CLIENT);
        NtlmMac again = mac(NtlmMac.Direction.SERVER_TO_CLIENT);
        byte[] first = once.crypt(PLAINTEXT);
        again.sign(PLAINTEXT);
        again.restartKeyStream();
        assertArrayEquals(first, again.crypt(PLAINTEXT));
        assertEquals(1, again.sign(PLAINTEXT)[12]);
    }
}

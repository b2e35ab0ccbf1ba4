package org.smbd.auth.account;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The golden bytes are OpenSSL's: RC4, DES and MD4 of its legacy provider. */
class PasswordChangeTest {
    private static final String NEW = "Grüße2";
    private static final byte[] OLD_HASH = hex("ed50bdc9faa370e31ac4ee119fd51f48");
    /** {@link #OLD_HASH} under the hash of {@link #NEW}. */
    private static final byte[] PROOF = hex("b918608c3bf651710f7b976580b1fb5c");

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    /** The message with zeros where a client has random bytes. */
    private static byte[] message(byte[] password, int announced) throws GeneralSecurityException {
        ByteBuffer message = ByteBuffer.allocate(516).order(ByteOrder.LITTLE_ENDIAN);
        message.put(512 - password.length, password).putInt(512, announced);
        Cipher cipher = Cipher.getInstance("RC4");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(OLD_HASH, "RC4"));
        return cipher.doFinal(message.array());
    }

    private static byte[] whole() throws GeneralSecurityException {
        byte[] password = NEW.getBytes(StandardCharsets.UTF_16LE);
        return message(password, password.length);
    }

    @Test
    void whoKnowsTheOldPasswordSetsANewOne() throws GeneralSecurityException {
        byte[] message = whole();
        assertArrayEquals(
                hex("f15718e03921c3e424f560510dd481cfdcb54e360ba84c99"), Arrays.copyOfRange(message, 492, 516));
        assertEquals(Optional.of(NEW), PasswordChange.newPassword(OLD_HASH, message, PROOF));
    }

    @Test
    void aWrongOldPasswordChangesNothing() throws GeneralSecurityException {
        assertEquals(Optional.empty(), PasswordChange.newPassword(NtHash.ofPassword("guess"), whole(), PROOF));
    }

    @Test
    void aProofOfAnotherPasswordChangesNothing() throws GeneralSecurityException {
        byte[] proof = PROOF.clone();
        proof[15] ^= 1;
        assertEquals(Optional.empty(), PasswordChange.newPassword(OLD_HASH, whole(), proof));
    }

    @ParameterizedTest
    @ValueSource(ints = {-2, -1, 1, 11, 513, 514, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void aLengthThatLiesChangesNothing(int announced) throws GeneralSecurityException {
        byte[] message = message(NEW.getBytes(StandardCharsets.UTF_16LE), announced);
        assertEquals(Optional.empty(), PasswordChange.newPassword(OLD_HASH, message, PROOF));
    }

    @Test
    void whatIsCutShortChangesNothing() throws GeneralSecurityException {
        byte[] message = whole();
        for (int length = 0; length < message.length; length++) {
            assertEquals(Optional.empty(), PasswordChange.newPassword(OLD_HASH, Arrays.copyOf(message, length), PROOF));
        }
        for (int length = 0; length < PROOF.length; length++) {
            assertEquals(Optional.empty(), PasswordChange.newPassword(OLD_HASH, message, Arrays.copyOf(PROOF, length)));
        }
    }
}

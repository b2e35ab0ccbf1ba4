package org.smbd.auth.account;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** A new password from one who proves to know the old one. MS-SAMR 3.1.5.10.3 SamrUnicodeChangePasswordUser2. */
public final class PasswordChange {
    /** MS-SAMR 2.2.6.20 SAMPR_USER_PASSWORD: room for the password, at its end, then its length. */
    private static final int BUFFER_BYTES = 512;

    private static final int MESSAGE_BYTES = BUFFER_BYTES + Integer.BYTES;
    private static final int DES_BLOCK_BYTES = 8;
    private static final int DES_SECRET_BYTES = 7;

    private PasswordChange() {}

    /**
     * Decrypts a new password and checks the proof.
     *
     * @param oldHash the NT hash of the old one
     * @param encryptedPassword 516 bytes under the old hash: 2.2.6.21 SAMPR_ENCRYPTED_USER_PASSWORD
     * @param encryptedHash 16 bytes: the old hash under the new one, 2.2.11.1.1 Encrypting an NT or LM Hash Value
     * @return the new password; empty where the proof is wrong
     */
    public static Optional<String> newPassword(byte[] oldHash, byte[] encryptedPassword, byte[] encryptedHash) {
        if (encryptedPassword.length != MESSAGE_BYTES || encryptedHash.length != NtHash.BYTES) {
            return Optional.empty();
        }
        byte[] message = apply("RC4", oldHash, encryptedPassword);
        int length = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN).getInt(BUFFER_BYTES);
        if (length < 0 || length > BUFFER_BYTES || length % 2 != 0) {
            return Optional.empty();
        }
        String password = new String(message, BUFFER_BYTES - length, length, StandardCharsets.UTF_16LE);
        Arrays.fill(message, (byte) 0);
        byte[] proof = encryptHash(oldHash, NtHash.ofPassword(password));
        return MessageDigest.isEqual(proof, encryptedHash) ? Optional.of(password) : Optional.empty();
    }

    /** Both halves of a hash, each by a part of the key. */
    private static byte[] encryptHash(byte[] hash, byte[] key) {
        byte[] result = Arrays.copyOf(
                apply("DES/ECB/NoPadding", spread(key, 0), Arrays.copyOf(hash, DES_BLOCK_BYTES)), NtHash.BYTES);
        byte[] second = apply(
                "DES/ECB/NoPadding",
                spread(key, DES_SECRET_BYTES),
                Arrays.copyOfRange(hash, DES_BLOCK_BYTES, NtHash.BYTES));
        System.arraycopy(second, 0, result, DES_BLOCK_BYTES, DES_BLOCK_BYTES);
        return result;
    }

    private static byte[] apply(String transformation, byte[] key, byte[] data) {
        try {
            Cipher cipher = Cipher.getInstance(transformation);
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, transformation.startsWith("DES") ? "DES" : "RC4"));
            return cipher.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + transformation, e);
        }
    }

    /** 2.2.11.1.2 Encrypting a 64-Bit Block with a 7-Byte Key: 56 bits over eight bytes. */
    private static byte[] spread(byte[] secret, int offset) {
        long bits = 0;
        for (int i = 0; i < DES_SECRET_BYTES; i++) {
            bits = bits << Byte.SIZE | secret[offset + i] & 0xFF;
        }
        byte[] key = new byte[DES_BLOCK_BYTES];
        for (int i = 0; i < DES_BLOCK_BYTES; i++) {
            key[i] = (byte) (bits >>> DES_SECRET_BYTES * (DES_BLOCK_BYTES - 1 - i) << 1);
        }
        return key;
    }
}

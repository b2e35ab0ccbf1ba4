package org.smbd.protocol.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The keys of a session. MS-SMB2 3.1.4.2 Generating Cryptographic Keys, 3.3.5.5.3 Handling GSS-API Authentication. */
public final class KeyDerivation {
    /** MS-SMB2 3.3.1.8: Session.SessionKey has this many bytes. */
    public static final int SESSION_KEY_BYTES = 16;

    private static final String HMAC = "HmacSHA256";
    /** Bytes of one output of the pseudo-random function: no key needs a second one. */
    private static final int OUTPUT_BYTES = 32;

    private KeyDerivation() {}

    /** The keys of 2.0.2 and 2.1: the session key signs, nothing is encrypted. */
    public static SessionKeys smb2(byte[] fullSessionKey) {
        byte[] key = sessionKey(fullSessionKey);
        return new SessionKeys(key, new byte[0], new byte[0], key);
    }

    /** The keys of 3.0 and 3.0.2, always for AES-128-CCM. */
    public static SessionKeys smb30(byte[] fullSessionKey) {
        byte[] key = sessionKey(fullSessionKey);
        return new SessionKeys(
                derive(key, text("SMB2AESCMAC"), text("SmbSign"), SESSION_KEY_BYTES),
                derive(key, text("SMB2AESCCM"), text("ServerOut"), SESSION_KEY_BYTES),
                derive(key, text("SMB2AESCCM"), text("ServerIn "), SESSION_KEY_BYTES),
                derive(key, text("SMB2APP"), text("SmbRpc"), SESSION_KEY_BYTES));
    }

    /**
     * The keys of 3.1.1.
     *
     * <p>Only the keys of a 256-bit cipher are longer than 16 bytes and come from the whole session key: Windows
     * derives signing and application keys the same way whatever the cipher.
     *
     * @param cipher Connection.CipherId, empty where none was negotiated; then there are no encryption keys
     * @param preauth Session.PreauthIntegrityHashValue
     */
    public static SessionKeys smb311(byte[] fullSessionKey, Optional<EncryptionAlgorithm> cipher, PreauthHash preauth) {
        byte[] key = sessionKey(fullSessionKey);
        byte[] context = preauth.bytes();
        int cipherKeyBytes = cipher.map(EncryptionAlgorithm::keyBytes).orElse(0);
        byte[] cipherBase = cipherKeyBytes > SESSION_KEY_BYTES ? fullSessionKey : key;
        return new SessionKeys(
                derive(key, text("SMBSigningKey"), context, SESSION_KEY_BYTES),
                derive(cipherBase, text("SMBS2CCipherKey"), context, cipherKeyBytes),
                derive(cipherBase, text("SMBC2SCipherKey"), context, cipherKeyBytes),
                derive(key, text("SMBAppKey"), context, SESSION_KEY_BYTES));
    }

    /** Session.SessionKey: the first 16 bytes, padded with zeros. MS-SMB2 3.3.1.8 Per Session. */
    public static byte[] sessionKey(byte[] fullSessionKey) {
        return Arrays.copyOf(fullSessionKey, SESSION_KEY_BYTES);
    }

    /**
     * NIST SP 800-108 5.1, KDF in counter mode with HMAC-SHA256 and r = 32.
     *
     * @param keyBytes bytes wanted, at most 32
     */
    static byte[] derive(byte[] key, byte[] label, byte[] context, int keyBytes) {
        if (keyBytes > OUTPUT_BYTES) {
            throw new IllegalArgumentException("more than one block of key: " + keyBytes);
        }
        ByteBuffer input = ByteBuffer.allocate(Integer.BYTES + label.length + 1 + context.length + Integer.BYTES);
        input.putInt(1).put(label).put((byte) 0).put(context).putInt(keyBytes * Byte.SIZE);
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return Arrays.copyOf(mac.doFinal(input.array()), keyBytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }

    /** Labels and contexts count their terminating zero. */
    private static byte[] text(String ascii) {
        return (ascii + '\0').getBytes(StandardCharsets.US_ASCII);
    }
}

package org.smbd.auth.ntlm;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.smbd.auth.account.NtHash;

/** The calculations of NTLM, without state. MS-NLMP 3.3 NTLM v1 and NTLM v2 Messages, 6 Cryptographic Operations. */
final class NtlmCrypto {
    /** Length of a hash, a key and a proof in bytes. */
    static final int KEY_BYTES = NtHash.BYTES;

    private static final int DES_BLOCK_BYTES = 8;
    private static final int DES_SECRET_BYTES = 7;

    private NtlmCrypto() {}

    /** NTOWFv2. 3.3.2 NTLM v2 Authentication: the name counts in upper case, the domain as it is. */
    static byte[] ntowfV2(byte[] ntHash, String user, String domain) {
        return hmacMd5(ntHash, (user.toUpperCase(Locale.ROOT) + domain).getBytes(StandardCharsets.UTF_16LE));
    }

    /** NTProofStr. 3.3.2: {@code temp} is the response behind its first 16 bytes. */
    static byte[] ntProof(byte[] responseKey, byte[] serverChallenge, byte[] temp) {
        return hmacMd5(responseKey, serverChallenge, temp);
    }

    /** The response of NTLMv1. 3.3.1: DESL(ResponseKeyNT, ServerChallenge). */
    static byte[] ntlmV1Response(byte[] ntHash, byte[] challenge) {
        return desLong(ntHash, challenge);
    }

    /** The challenge that NTLMv1 with extended session security answers. 3.3.1: MD5(both challenges)[0..7]. */
    static byte[] extendedChallenge(byte[] serverChallenge, byte[] clientChallenge) {
        return Arrays.copyOf(md5(serverChallenge, clientChallenge), DES_BLOCK_BYTES);
    }

    /** SessionBaseKey of NTLMv1. 3.3.1: MD4(NTOWF). */
    static byte[] sessionBaseKeyV1(byte[] ntHash) {
        return NtHash.md4(ntHash);
    }

    /** 6 DESL(K, D): three DES encryptions under parts of a 16-byte key, padded to 21 bytes. */
    private static byte[] desLong(byte[] key, byte[] data) {
        byte[] padded = Arrays.copyOf(key, 3 * DES_SECRET_BYTES);
        byte[] result = new byte[3 * DES_BLOCK_BYTES];
        try {
            for (int i = 0; i < 3; i++) {
                Cipher des = Cipher.getInstance("DES/ECB/NoPadding");
                des.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(desKey(padded, i * DES_SECRET_BYTES), "DES"));
                des.doFinal(data, 0, DES_BLOCK_BYTES, result, i * DES_BLOCK_BYTES);
            }
            return result;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has DES", e);
        }
    }

    /** Spreads 56 bits over eight bytes; the parity bits do not matter. */
    private static byte[] desKey(byte[] secret, int offset) {
        long bits = 0;
        for (int i = 0; i < DES_SECRET_BYTES; i++) {
            bits = (bits << Byte.SIZE) | (secret[offset + i] & 0xFF);
        }
        byte[] key = new byte[DES_BLOCK_BYTES];
        for (int i = 0; i < DES_BLOCK_BYTES; i++) {
            key[i] = (byte) ((bits >>> (DES_SECRET_BYTES * (DES_BLOCK_BYTES - 1 - i))) << 1);
        }
        return key;
    }

    static byte[] hmacMd5(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacMD5");
            mac.init(new SecretKeySpec(key, "HmacMD5"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacMD5", e);
        }
    }

    static byte[] md5(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }

    /** RC4K(K, D). */
    static byte[] rc4(byte[] key, byte[] data) {
        return rc4Handle(key).update(data);
    }

    /** RC4Init(H, K): a key stream that goes on from call to call. */
    static Cipher rc4Handle(byte[] key) {
        try {
            Cipher handle = Cipher.getInstance("RC4");
            handle.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "RC4"));
            return handle;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has RC4", e);
        }
    }
}

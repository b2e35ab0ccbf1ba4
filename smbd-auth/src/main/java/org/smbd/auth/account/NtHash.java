package org.smbd.auth.account;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.MD4Digest;

/** The hash by which an account's password is kept. MS-NLMP 3.3.1 NTLM v1 Authentication, NTOWFv1. */
public final class NtHash {
    /** Length in bytes. */
    public static final int BYTES = 16;

    private NtHash() {}

    /** NTOWFv1 of a password. */
    public static byte[] ofPassword(String password) {
        byte[] unicode = password.getBytes(StandardCharsets.UTF_16LE);
        byte[] hash = md4(unicode);
        Arrays.fill(unicode, (byte) 0);
        return hash;
    }

    /** RFC 1320. The JDK has it only where programs cannot reach it. */
    public static byte[] md4(byte[] data) {
        MD4Digest digest = new MD4Digest();
        digest.update(data, 0, data.length);
        byte[] hash = new byte[BYTES];
        digest.doFinal(hash, 0);
        return hash;
    }
}

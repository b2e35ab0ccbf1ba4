package org.smbd.auth.ntlm;

import java.security.MessageDigest;
import org.smbd.auth.mechanism.MessageProtection;

/** Both directions of an NTLM session with extended session security. MS-NLMP 3.4.3, 3.4.4. */
final class NtlmProtection implements MessageProtection {
    private static final int SIGNATURE_BYTES = 16;

    private final NtlmMac toClient;
    private final NtlmMac fromClient;
    private final boolean seals;

    NtlmProtection(NtlmMac toClient, NtlmMac fromClient, boolean seals) {
        this.toClient = toClient;
        this.fromClient = fromClient;
        this.seals = seals;
    }

    @Override
    public boolean canSeal() {
        return seals;
    }

    @Override
    public int signatureBytes() {
        return SIGNATURE_BYTES;
    }

    @Override
    public byte[] seal(byte[] plain) {
        return toClient.crypt(plain);
    }

    @Override
    public byte[] unseal(byte[] sealed) {
        return fromClient.crypt(sealed);
    }

    @Override
    public byte[] sign(byte[] message) {
        return toClient.sign(message);
    }

    @Override
    public boolean verify(byte[] message, byte[] signature) {
        return MessageDigest.isEqual(fromClient.sign(message), signature);
    }
}

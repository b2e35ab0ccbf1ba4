package org.smbd.auth.mechanism;

/**
 * Protection of what follows an authentication: GSS_WrapEx and its like, in the steps that RPC takes. MS-NLMP 3.4. Both
 * sides count messages, so that each is protected once, in its order. Used by one thread at a time.
 */
public interface MessageProtection {
    /** Whether messages can be sealed as well. */
    boolean canSeal();

    /** Bytes of a signature. */
    int signatureBytes();

    /** Encrypts a part of the next message for the client; {@link #sign} comes behind it. */
    byte[] seal(byte[] plain);

    /** Decrypts a part of the client's next message; {@link #verify} comes behind it. */
    byte[] unseal(byte[] sealed);

    /** The signature of the next message for the client, as it is before sealing. */
    byte[] sign(byte[] message);

    /** Whether a signature is that of the client's next message, as it is behind unsealing. */
    boolean verify(byte[] message, byte[] signature);
}

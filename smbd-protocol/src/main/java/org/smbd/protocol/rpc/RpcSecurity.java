package org.smbd.protocol.rpc;

/** A security provider with one client, as RPC uses it. MS-RPCE 3.3.1.5.2 Security Context. Used by one thread. */
public interface RpcSecurity {
    /**
     * What a token led to.
     *
     * @param token for the answer; may be empty
     * @param done whether the client is who it says, and has no more tokens to send
     */
    record Step(byte[] token, boolean done) {}

    /**
     * Handles the client's next token.
     *
     * @throws RpcFault ACCESS_DENIED where the client is refused
     */
    Step step(byte[] token);

    /** Whether, once done, messages can be signed, and with {@code sealed} encrypted, too. */
    boolean canProtect(boolean sealed);

    /** Bytes of a signature. */
    int signatureBytes();

    /** Encrypts a part of the next answer; {@link #sign} comes behind it. */
    byte[] seal(byte[] plain);

    /** Decrypts a part of the next request; {@link #verify} comes behind it. */
    byte[] unseal(byte[] sealed);

    /** The signature of the next answer, as it is before sealing. */
    byte[] sign(byte[] message);

    /** Whether a signature is that of the next request, as it is behind unsealing. */
    boolean verify(byte[] message, byte[] signature);
}

package org.smbd.protocol.crypto;

/**
 * The keys of one session, as the server uses them. MS-SMB2 3.3.1.8 Per Session. Not changed after construction.
 *
 * @param signing Session.SigningKey, 16 bytes
 * @param encryption Session.EncryptionKey: what the server sends; empty where nothing can be encrypted
 * @param decryption Session.DecryptionKey: what the client sends; empty where nothing can be encrypted
 * @param application Session.ApplicationKey, 16 bytes
 */
public record SessionKeys(byte[] signing, byte[] encryption, byte[] decryption, byte[] application) {
    /** Says nothing about the keys. */
    @Override
    public String toString() {
        return "SessionKeys";
    }
}

package org.smbd.server.smb2;

import org.smbd.protocol.crypto.CryptoProvider;
import org.smbd.server.config.EncryptionPolicy;

/**
 * What this server demands of sessions.
 *
 * @param signingRequired RequireMessageSigning
 * @param encryption EncryptData and RejectUnencryptedAccess
 * @param multiChannel IsMultiChannelCapable
 * @param crypto makes signers and ciphers
 */
public record SessionSettings(
        boolean signingRequired, EncryptionPolicy encryption, boolean multiChannel, CryptoProvider crypto) {}

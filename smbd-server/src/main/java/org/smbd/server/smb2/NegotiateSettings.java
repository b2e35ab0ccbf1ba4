package org.smbd.server.smb2;

import java.util.List;
import org.smbd.protocol.crypto.EncryptionAlgorithm;
import org.smbd.protocol.crypto.SigningAlgorithm;
import org.smbd.protocol.smb2.Dialect;
import org.smbd.protocol.smb2.GlobalCapabilities;
import org.smbd.server.config.Leases;

/**
 * What this server offers in negotiations.
 *
 * @param oldest the oldest dialect
 * @param newest the newest dialect
 * @param signingRequired RequireMessageSigning
 * @param ciphers most wanted first; empty: no encryption
 * @param signingAlgorithms of 3.1.1, most wanted first
 * @param maxTransactSizeBytes MaxTransactSize where multi-credit requests exist
 * @param maxReadSizeBytes MaxReadSize where multi-credit requests exist
 * @param maxWriteSizeBytes MaxWriteSize where multi-credit requests exist
 * @param securityHint the token of MS-SPNG 3.2.5.2 that names our mechanisms; not changed
 * @param posixExtensions whether opens can have POSIX semantics on any share
 * @param multiChannel IsMultiChannelCapable
 * @param leases which leases are granted
 */
@SuppressWarnings("ArrayRecordComponent") // made once, never compared
public record NegotiateSettings(
        Dialect oldest,
        Dialect newest,
        boolean signingRequired,
        List<EncryptionAlgorithm> ciphers,
        List<SigningAlgorithm> signingAlgorithms,
        int maxTransactSizeBytes,
        int maxReadSizeBytes,
        int maxWriteSizeBytes,
        byte[] securityHint,
        boolean posixExtensions,
        boolean multiChannel,
        Leases leases,
        boolean persistentHandles) {
    public NegotiateSettings {
        ciphers = List.copyOf(ciphers);
        signingAlgorithms = List.copyOf(signingAlgorithms);
    }

    boolean offers(Dialect dialect) {
        return dialect.isAtLeast(oldest) && newest.isAtLeast(dialect);
    }

    /** What ServerCapabilities say of channels: 3.3.5.4. */
    int channelCapabilities(Dialect dialect, int clientCapabilities) {
        return multiChannel && dialect.isSmb3() ? GlobalCapabilities.MULTI_CHANNEL & clientCapabilities : 0;
    }

    /** What ServerCapabilities say of persistent opens: 3.3.5.4. */
    int persistentCapabilities(Dialect dialect, int clientCapabilities) {
        return persistentHandles && dialect.isSmb3() ? GlobalCapabilities.PERSISTENT_HANDLES & clientCapabilities : 0;
    }

    /** What ServerCapabilities say of leases: 3.3.5.4. */
    int leaseCapabilities(Dialect dialect) {
        return (leases.files() && dialect.hasLeases() ? GlobalCapabilities.LEASING : 0)
                | (leases.files() && leases.directories() && dialect.isSmb3()
                        ? GlobalCapabilities.DIRECTORY_LEASING
                        : 0);
    }

    boolean offersEncryption() {
        return !ciphers.isEmpty();
    }
}

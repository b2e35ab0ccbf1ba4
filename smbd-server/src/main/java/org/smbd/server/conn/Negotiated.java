package org.smbd.server.conn;

import java.util.List;
import java.util.Optional;
import org.smbd.core.type.Guid;
import org.smbd.protocol.crypto.EncryptionAlgorithm;
import org.smbd.protocol.crypto.SigningAlgorithm;
import org.smbd.protocol.smb2.Dialect;
import org.smbd.protocol.smb2.GlobalCapabilities;

/**
 * What NEGOTIATE settled, for good: MS-SMB2 3.3.1.7 Per Transport Connection.
 *
 * @param dialect Connection.Dialect
 * @param clientGuid Connection.ClientGuid
 * @param clientCapabilities Connection.ClientCapabilities
 * @param clientSecurityMode Connection.ClientSecurityMode
 * @param clientDialects Connection.ClientDialects, as sent
 * @param serverCapabilities Connection.ServerCapabilities as announced
 * @param serverSecurityMode Connection.ServerSecurityMode
 * @param maxTransactSizeBytes Connection.MaxTransactSize
 * @param maxReadSizeBytes Connection.MaxReadSize
 * @param maxWriteSizeBytes Connection.MaxWriteSize
 * @param cipher Connection.CipherId; for 3.0 and 3.0.2 AES-128-CCM if both sides can encrypt
 * @param signing Connection.SigningAlgorithmId, or what the dialect prescribes
 * @param signingNegotiated whether {@code signing} was chosen by a SMB2_SIGNING_CAPABILITIES context
 * @param posixExtensions whether both sides know the POSIX extensions
 */
public record Negotiated(
        Dialect dialect,
        Guid clientGuid,
        int clientCapabilities,
        int clientSecurityMode,
        List<Integer> clientDialects,
        int serverCapabilities,
        int serverSecurityMode,
        int maxTransactSizeBytes,
        int maxReadSizeBytes,
        int maxWriteSizeBytes,
        Optional<EncryptionAlgorithm> cipher,
        SigningAlgorithm signing,
        boolean signingNegotiated,
        boolean posixExtensions) {
    public Negotiated {
        clientDialects = List.copyOf(clientDialects);
    }

    /** Connection.SupportsMultiCredit. */
    public boolean supportsMultiCredit() {
        return (serverCapabilities & GlobalCapabilities.LARGE_MTU) != 0;
    }
}

package org.smbd.server;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import org.smbd.protocol.crypto.CryptoProvider;
import org.smbd.protocol.crypto.EncryptionAlgorithm;
import org.smbd.protocol.crypto.SigningAlgorithm;
import org.smbd.protocol.smb2.Dialect;
import org.smbd.server.config.EncryptionPolicy;
import org.smbd.server.config.ProtocolVersion;
import org.smbd.server.config.Security;
import org.smbd.server.config.ServerConfig;
import org.smbd.server.config.ShareConfig;
import org.smbd.server.config.SigningPolicy;
import org.smbd.server.smb1.Smb1Settings;
import org.smbd.server.smb2.NegotiateSettings;

/** What a configuration means for negotiations. */
final class Offers {
    private Offers() {}

    static NegotiateSettings of(ServerConfig config, CryptoProvider crypto, byte[] securityHint) {
        Security security = config.security();
        return new NegotiateSettings(
                dialect(config.protocol().min()),
                dialect(config.protocol().max()),
                security.signing() == SigningPolicy.REQUIRED,
                security.encryption() == EncryptionPolicy.OFF
                        ? List.of()
                        : security.encryptionAlgorithms().stream()
                                .map(Offers::cipher)
                                .toList(),
                signing(security, crypto),
                config.limits().transactBytes(),
                config.limits().readBytes(),
                config.limits().writeBytes(),
                securityHint,
                config.shares().stream().anyMatch(ShareConfig::servesPosixExtensions),
                config.net().multiChannel(),
                config.leases(),
                config.persistentHandles());
    }

    static Smb1Settings smb1(ServerConfig config) {
        Security security = config.security();
        return new Smb1Settings(
                config.protocol().offers(ProtocolVersion.SMB1),
                config.protocol().max() != ProtocolVersion.SMB1,
                security.signing(),
                Charset.forName("IBM850"),
                config.names().netbiosName(),
                config.names().workgroup(),
                security.encryption() == EncryptionPolicy.REQUIRED);
    }

    /** The dialect of a version; SMB1 is not spoken, so it stands for the oldest that is. */
    private static Dialect dialect(ProtocolVersion version) {
        Optional<Dialect> dialect = Dialect.of(version.revision());
        return dialect.orElse(Dialect.SMB_2_0_2);
    }

    private static EncryptionAlgorithm cipher(String name) {
        return EncryptionAlgorithm.valueOf(name.replace('-', '_'));
    }

    /** In the configured order; where none is configured, the fastest on this machine comes first. */
    private static List<SigningAlgorithm> signing(Security security, CryptoProvider crypto) {
        if (security.signingAlgorithms().equals(Security.SIGNING_ALGORITHMS)) {
            return crypto.signingPreference();
        }
        return security.signingAlgorithms().stream()
                .map(name -> switch (name) {
                    case "AES-128-GMAC" -> SigningAlgorithm.AES_GMAC;
                    case "AES-128-CMAC" -> SigningAlgorithm.AES_CMAC;
                    case "HMAC-SHA256" -> SigningAlgorithm.HMAC_SHA256;
                    default -> throw new IllegalArgumentException(name);
                })
                .toList();
    }
}

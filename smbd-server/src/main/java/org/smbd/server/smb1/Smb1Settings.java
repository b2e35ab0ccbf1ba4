package org.smbd.server.smb1;

import java.nio.charset.Charset;
import org.smbd.server.config.SigningPolicy;

/**
 * What this server offers over SMB1.
 *
 * @param enabled whether SMB1 is spoken at all
 * @param smb2Enabled whether any newer dialect is
 * @param signing whether messages may or must be signed
 * @param oem {@code dos charset}
 * @param netbiosName of the server
 * @param workgroup of the server
 * @param sealRequired whether only encrypted sessions are served: then SMB1 has none
 */
public record Smb1Settings(
        boolean enabled,
        boolean smb2Enabled,
        SigningPolicy signing,
        Charset oem,
        String netbiosName,
        String workgroup,
        boolean sealRequired) {
    boolean offersSigning() {
        return signing != SigningPolicy.OFF;
    }

    boolean requiresSigning() {
        return signing == SigningPolicy.REQUIRED;
    }
}

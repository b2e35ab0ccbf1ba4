package org.smbd.server.config;

import java.util.Map;

/**
 * Which leases are granted. MS-SMB2 3.3.5.4 announces them.
 *
 * @param files on files: {@code smb2 leases}
 * @param directories on directories: {@code smb3 directory leases}
 */
public record Leases(boolean files, boolean directories) {
    /** Samba's "auto" is "yes" on a server that is no cluster. */
    private static final Map<String, Boolean> WORDS = Map.of(
            "auto", true, "yes", true, "true", true, "on", true, "1", true, "no", false, "false", false, "off", false,
            "0", false);

    static Leases from(Values values) {
        return new Leases(values.bool("smb2 leases", true), values.choice("smb3 directory leases", true, WORDS));
    }
}

package org.smbd.server.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** {@code server smb encrypt}, of the server or of one share. */
public enum EncryptionPolicy {
    /** For the server: not offered. For a share: not demanded. */
    OFF,
    /** Offered; done where the client wants it. */
    IF_REQUIRED,
    /** Demanded of clients that can. */
    DESIRED,
    /** Plain access is refused. */
    REQUIRED;

    static final Map<String, EncryptionPolicy> WORDS = words();

    private static Map<String, EncryptionPolicy> words() {
        Map<String, EncryptionPolicy> words = new LinkedHashMap<>();
        for (String word : new String[] {"default", "if_required", "yes", "true", "1", "on", "enabled", "auto"}) {
            words.put(word, IF_REQUIRED);
        }
        for (String word : new String[] {"off", "no", "false", "0", "disabled"}) {
            words.put(word, OFF);
        }
        words.put("desired", DESIRED);
        for (String word : new String[] {"required", "mandatory", "force", "forced", "enforced"}) {
            words.put(word, REQUIRED);
        }
        return words;
    }
}

package org.smbd.server.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** {@code server signing}. SMB2 and later always offer signing; the question is whether it is demanded. */
public enum SigningPolicy {
    /** Not demanded; over SMB1, not offered either. */
    OFF,
    /** Done where the client demands it. */
    IF_REQUIRED,
    /** Unsigned sessions are refused. */
    REQUIRED;

    static final Map<String, SigningPolicy> WORDS = words();

    private static Map<String, SigningPolicy> words() {
        Map<String, SigningPolicy> words = new LinkedHashMap<>();
        for (String word :
                new String[] {"default", "if_required", "yes", "true", "1", "on", "enabled", "auto", "desired"}) {
            words.put(word, IF_REQUIRED);
        }
        for (String word : new String[] {"off", "no", "false", "0", "disabled"}) {
            words.put(word, OFF);
        }
        for (String word : new String[] {"required", "mandatory", "force", "forced", "enforced"}) {
            words.put(word, REQUIRED);
        }
        return words;
    }
}

package org.smbd.server.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** {@code ntlm auth}: which answers to the challenge count. */
public enum NtlmAuth {
    DISABLED,
    NTLMV2_ONLY,
    /** NTLMv1 counts too: for devices that know nothing else. */
    NTLMV1_PERMITTED;

    static final Map<String, NtlmAuth> WORDS = words();

    private static Map<String, NtlmAuth> words() {
        Map<String, NtlmAuth> words = new LinkedHashMap<>();
        words.put("ntlmv2-only", NTLMV2_ONLY);
        // MSCHAPv2 is asked for by RADIUS servers, which a file server has no part in.
        words.put("mschapv2-and-ntlmv2-only", NTLMV2_ONLY);
        for (String word : new String[] {"no", "false", "0", "off"}) {
            words.put(word, NTLMV2_ONLY);
        }
        words.put("ntlmv1-permitted", NTLMV1_PERMITTED);
        for (String word : new String[] {"yes", "true", "1", "on"}) {
            words.put(word, NTLMV1_PERMITTED);
        }
        words.put("disabled", DISABLED);
        return words;
    }
}

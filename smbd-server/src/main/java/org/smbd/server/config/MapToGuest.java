package org.smbd.server.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** {@code map to guest}: which failed log-ins become guests. */
public enum MapToGuest {
    NEVER,
    /** Those of accounts that do not exist. */
    BAD_USER,
    /** Those with a wrong password too. */
    BAD_PASSWORD;

    static final Map<String, MapToGuest> WORDS = words();

    private static Map<String, MapToGuest> words() {
        Map<String, MapToGuest> words = new LinkedHashMap<>();
        words.put("never", NEVER);
        words.put("bad user", BAD_USER);
        words.put("bad password", BAD_PASSWORD);
        // Of domain members: a user of the domain whom this machine does not know. None exists here.
        words.put("bad uid", NEVER);
        return words;
    }
}

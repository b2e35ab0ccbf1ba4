package org.smbd.server.config;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The dialects offered.
 *
 * @param min the oldest
 * @param max the newest
 */
public record Protocol(ProtocolVersion min, ProtocolVersion max) {
    public Protocol {
        if (min.compareTo(max) > 0) {
            throw new IllegalArgumentException("the oldest protocol " + min + " is newer than the newest, " + max);
        }
    }

    /** Whether the version is one of those offered. */
    public boolean offers(ProtocolVersion version) {
        return version.compareTo(min) >= 0 && version.compareTo(max) <= 0;
    }

    static Protocol from(Values values) {
        ProtocolVersion max =
                values.choice("server max protocol", ProtocolVersion.SMB3_11, withDefault(ProtocolVersion.SMB3_11));
        ProtocolVersion min =
                values.choice("server min protocol", ProtocolVersion.SMB2_02, withDefault(ProtocolVersion.SMB2_02));
        return Names.checked(values, "server min protocol", () -> new Protocol(min, max));
    }

    private static Map<String, ProtocolVersion> withDefault(ProtocolVersion standard) {
        Map<String, ProtocolVersion> words = new LinkedHashMap<>(ProtocolVersion.WORDS);
        words.put("default", standard);
        return words;
    }
}

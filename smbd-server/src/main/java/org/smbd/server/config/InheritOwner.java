package org.smbd.server.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** {@code inherit owner}: to whom a new file belongs. */
public enum InheritOwner {
    /** To its creator. */
    NO,
    /** To the owner of its directory, for Windows and for Unix. */
    WINDOWS_AND_UNIX,
    /** To the owner of its directory, for Unix only. */
    UNIX_ONLY;

    static final Map<String, InheritOwner> WORDS = words();

    private static Map<String, InheritOwner> words() {
        Map<String, InheritOwner> words = new LinkedHashMap<>();
        for (String word : new String[] {"no", "false", "0", "off"}) {
            words.put(word, NO);
        }
        for (String word : new String[] {"windows and unix", "yes", "true", "1", "on"}) {
            words.put(word, WINDOWS_AND_UNIX);
        }
        words.put("unix only", UNIX_ONLY);
        return words;
    }
}

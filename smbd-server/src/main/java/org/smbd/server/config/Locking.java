package org.smbd.server.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What byte-range locks of a share are good for.
 *
 * @param kept whether they are kept at all: {@code locking = no} grants each, for programs that lock what nobody shares
 * @param strict whether reads and writes respect them
 * @param posix whether other programs of this host see them, and theirs are respected
 */
public record Locking(boolean kept, boolean strict, boolean posix) {
    /** {@code auto} spares Samba a look where the client has an oplock; here that look costs nothing. */
    private static final Map<String, Boolean> STRICT = words();

    /** What holds where nothing is said. */
    public static final Locking DEFAULT = new Locking(true, true, false);

    static Locking from(Values values) {
        return new Locking(
                values.bool("locking", true),
                values.choice("strict locking", true, STRICT),
                values.bool("posix locking", false));
    }

    private static Map<String, Boolean> words() {
        Map<String, Boolean> words = new LinkedHashMap<>();
        words.put("auto", true);
        List.of("yes", "true", "1").forEach(word -> words.put(word, true));
        List.of("no", "false", "0").forEach(word -> words.put(word, false));
        return words;
    }
}

package org.smbd.vfs.name;

import java.util.ArrayList;
import java.util.List;
import org.smbd.core.status.NtStatus;
import org.smbd.vfs.Outcome;

/** Takes a client's path apart. MS-FSCC 2.1.5 Pathname, MS-SMB2 3.3.5.9 (no leading backslash). */
final class ClientPath {
    /** Longest path in UTF-16 units. MS-FSCC 2.1.5.1: 32,760. */
    static final int LENGTH_MAX = 32_760;

    private static final String DEFAULT_STREAM = "::$DATA";

    private ClientPath() {}

    /**
     * The names of {@code path}, checked; none is the root. {@code ..} goes up as far as the root
     * (OBJECT_PATH_SYNTAX_BAD), {@code ::$DATA} after the last name is the file itself, any other stream is
     * OBJECT_NAME_INVALID; so is an empty name but for one backslash at the end.
     */
    static Outcome<List<String>> parse(String path, NameRules rules) {
        if (path.length() > LENGTH_MAX) {
            return new Outcome.Fail<>(NtStatus.OBJECT_NAME_INVALID);
        }
        if (path.startsWith("\\")) {
            return new Outcome.Fail<>(NtStatus.INVALID_PARAMETER);
        }
        String rest = withoutDefaultStream(path);
        List<String> names = new ArrayList<>();
        int start = 0;
        while (start < rest.length()) {
            int end = rest.indexOf('\\', start);
            end = end < 0 ? rest.length() : end;
            String name = rest.substring(start, end);
            if (name.equals("..")) {
                if (names.isEmpty()) {
                    return new Outcome.Fail<>(NtStatus.OBJECT_PATH_SYNTAX_BAD);
                }
                names.remove(names.size() - 1);
            } else {
                var error = rules.error(name);
                if (error.isPresent()) {
                    return new Outcome.Fail<>(error.get());
                }
                names.add(name);
            }
            start = end + 1;
        }
        return new Outcome.Done<>(names);
    }

    private static String withoutDefaultStream(String path) {
        int end = path.length() - DEFAULT_STREAM.length();
        boolean ofFile = end > 0 && path.charAt(end - 1) != '\\';
        return ofFile && path.regionMatches(true, end, DEFAULT_STREAM, 0, DEFAULT_STREAM.length())
                ? path.substring(0, end)
                : path;
    }
}

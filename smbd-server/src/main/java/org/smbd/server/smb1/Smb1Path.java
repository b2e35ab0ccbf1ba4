package org.smbd.server.smb1;

import java.util.ArrayDeque;
import java.util.Deque;
import org.smbd.core.status.NtStatus;

/** Paths as clients write them, and as file services take them: relative, names parted by backslashes. */
final class Smb1Path {
    private static final String WILDCARDS = "*?<>\"";

    private Smb1Path() {}

    /**
     * Takes off what begins and ends a path, and resolves {@code ..}.
     *
     * @throws org.smbd.core.status.SmbException OBJECT_PATH_SYNTAX_BAD where it leaves the share, OBJECT_NAME_INVALID
     *     for a name {@code .}
     */
    static String of(String written) {
        String path = written.replace('/', '\\');
        if (path.indexOf('.') < 0 && path.indexOf("\\\\") < 0) {
            int start = path.startsWith("\\") ? 1 : 0;
            int end = path.endsWith("\\") ? path.length() - 1 : path.length();
            return start >= end ? "" : path.substring(start, end);
        }
        Deque<String> names = new ArrayDeque<>();
        for (String name : path.split("\\\\", -1)) {
            switch (name) {
                case "" -> {}
                case "." -> throw NtStatus.OBJECT_NAME_INVALID.exception();
                case ".." -> {
                    if (names.pollLast() == null) {
                        throw NtStatus.OBJECT_PATH_SYNTAX_BAD.exception();
                    }
                }
                default -> names.addLast(name);
            }
        }
        return String.join("\\", names);
    }

    /** The directory of a path; "" is the root. */
    static String parent(String path) {
        int separator = path.lastIndexOf('\\');
        return separator < 0 ? "" : path.substring(0, separator);
    }

    /** The last name of a path. */
    static String name(String path) {
        return path.substring(path.lastIndexOf('\\') + 1);
    }

    static String join(String directory, String name) {
        return directory.isEmpty() ? name : directory + "\\" + name;
    }

    static boolean hasWildcard(String name) {
        return name.chars().anyMatch(character -> WILDCARDS.indexOf(character) >= 0);
    }
}

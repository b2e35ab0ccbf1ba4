package org.smbd.server.smb1;

/** New names of a rename with wildcards: MS-CIFS 3.3.5.10, as DOS does it. */
final class WildcardName {
    private WildcardName() {}

    /** Name and extension are resolved each on its own: {@code *} takes over the rest, {@code ?} one character. */
    static String resolve(String pattern, String name) {
        int patternDot = pattern.lastIndexOf('.');
        int nameDot = name.lastIndexOf('.');
        String base = part(before(pattern, patternDot), before(name, nameDot));
        String extension = part(behind(pattern, patternDot), behind(name, nameDot));
        return extension.isEmpty() ? base : base + "." + extension;
    }

    private static String before(String text, int dot) {
        return dot < 0 ? text : text.substring(0, dot);
    }

    private static String behind(String text, int dot) {
        return dot < 0 ? "" : text.substring(dot + 1);
    }

    private static String part(String pattern, String old) {
        StringBuilder result = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char character = pattern.charAt(i);
            if (character == '*') {
                return result.append(old.substring(Math.min(i, old.length()))).toString();
            }
            if (character != '?') {
                result.append(character);
            } else if (i < old.length()) {
                result.append(old.charAt(i));
            }
        }
        return result.toString();
    }
}

package org.smbd.vfs.name;

/**
 * The one table by which names that differ in case are the same.
 *
 * <p>As on NTFS, each UTF-16 unit is upcased for itself: nothing changes in length ("ß" is not "SS"), surrogates stay
 * as they are, and no language counts. The table is Unicode's simple uppercase mapping without the letters that it
 * would send to ASCII ("ı", "ſ"), which Windows keeps apart, too.
 */
public final class CaseFold {
    private static final char[] UPCASE = new char[Character.MAX_VALUE + 1];

    static {
        for (int unit = 0; unit < UPCASE.length; unit++) {
            int upper = Character.toUpperCase(unit);
            boolean mapped = upper <= Character.MAX_VALUE && (unit < 0x80 || upper >= 0x80);
            UPCASE[unit] = (char) (mapped ? upper : unit);
        }
    }

    private CaseFold() {}

    /** The upper case of one UTF-16 unit. */
    public static char upcase(char unit) {
        return UPCASE[unit];
    }

    /** {@code name} in upper case: equal for names that are the same. */
    public static String fold(String name) {
        int i = 0;
        while (i < name.length() && UPCASE[name.charAt(i)] == name.charAt(i)) {
            i++;
        }
        if (i == name.length()) {
            return name;
        }
        char[] units = name.toCharArray();
        for (; i < units.length; i++) {
            units[i] = UPCASE[units[i]];
        }
        return new String(units);
    }

    /** Whether two names are the same but for case. */
    public static boolean isSame(String one, String other) {
        if (one.length() != other.length()) {
            return false;
        }
        for (int i = 0; i < one.length(); i++) {
            if (UPCASE[one.charAt(i)] != UPCASE[other.charAt(i)]) {
                return false;
            }
        }
        return true;
    }
}

package org.smbd.vfs.name;

import java.util.Locale;
import java.util.Optional;

/**
 * Makes 8.3 names. MS-FSCC 2.1.5.2.1 8.3 Filename.
 *
 * <p>A name that is no 8.3 name is shown as some of its letters, a hash and its extension: {@code A1B2C3~4.TXT}. The
 * hash is of the name alone, so that a name is the same after a restart. Where two files of a directory come to the
 * same one, {@link ShortNameTable} asks for the next attempt of one of them.
 *
 * @param kind which files get one
 * @param prefixLength letters of the name that are kept, with {@link Method#HASH2}
 * @param method the form
 */
public record ShortNames(Kind kind, int prefixLength, Method method) {
    /** Samba's defaults. */
    public static final ShortNames DEFAULT = new ShortNames(Kind.ILLEGAL, 1, Method.HASH2);

    /** Which files get a short name. */
    public enum Kind {
        NONE,
        /** Those whose name on the host has a character that Windows forbids. */
        ILLEGAL,
        ALL
    }

    /** The form of short names. */
    public enum Method {
        /** Up to five letters, a tilde, two of hash. */
        HASH,
        /** The prefix, hash up to the sixth character, a tilde, one of hash. */
        HASH2
    }

    private static final int PREFIX_MAX = 6;
    private static final int BASE_MAX = 8;
    private static final int EXTENSION_MAX = 3;
    private static final int HASH_PREFIX = 5;
    private static final int TILDE_AT = 6;
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    /** What an 8.3 name may have beside letters and digits. MS-FSCC 2.1.5.2.1. */
    private static final String SPECIAL = "$%'-_@~`!(){}^#&";

    private static final long FNV_OFFSET = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;

    public ShortNames {
        if (prefixLength < 1 || prefixLength > PREFIX_MAX) {
            throw new IllegalArgumentException("mangle prefix: 1 to 6, not " + prefixLength);
        }
    }

    /** Whether {@code name} is an 8.3 name; lower case is no hindrance. */
    public static boolean fits(String name) {
        int dot = name.indexOf('.');
        int base = dot < 0 ? name.length() : dot;
        int extension = dot < 0 ? 0 : name.length() - dot - 1;
        if (base == 0 || base > BASE_MAX || extension > EXTENSION_MAX || (dot >= 0 && extension == 0)) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (i != dot && !isLegal(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether {@code name} could be one that this class has made. */
    static boolean isMadeUp(String name) {
        return name.indexOf('~') >= 0 && fits(name);
    }

    private static boolean isLegal(char unit) {
        boolean letter = unit >= 'A' && unit <= 'Z' || unit >= 'a' && unit <= 'z';
        return letter || unit >= '0' && unit <= '9' || SPECIAL.indexOf(unit) >= 0;
    }

    /** How many attempts give different names. */
    long attempts() {
        int hashLength = method == Method.HASH ? BASE_MAX - HASH_PREFIX - 1 : BASE_MAX - 1 - prefixLength;
        long count = 1;
        for (int i = 0; i < hashLength; i++) {
            count *= DIGITS.length();
        }
        return count;
    }

    /**
     * The short name of a file.
     *
     * @param name as clients see it
     * @param attempt 0 for the one that it gets if no other file has it
     * @return empty behind the last attempt
     */
    Optional<String> of(String name, int attempt) {
        long attempts = attempts();
        if (attempt >= attempts) {
            return Optional.empty();
        }
        long hash = Long.remainderUnsigned(Long.remainderUnsigned(hash(name), attempts) + attempt, attempts);
        int dot = name.lastIndexOf('.');
        String base = dot > 0 ? name.substring(0, dot) : name;
        StringBuilder made = new StringBuilder(BASE_MAX + 1 + EXTENSION_MAX);
        append(made, base, method == Method.HASH ? HASH_PREFIX : prefixLength);
        if (method == Method.HASH2 && made.length() < prefixLength) {
            made.append("_".repeat(prefixLength - made.length()));
        }
        int tilde = method == Method.HASH ? made.length() : TILDE_AT;
        int end = method == Method.HASH ? made.length() + 3 : BASE_MAX;
        while (made.length() < end) {
            if (made.length() == tilde) {
                made.append('~');
            } else {
                made.append(DIGITS.charAt((int) (hash % DIGITS.length())));
                hash /= DIGITS.length();
            }
        }
        if (dot > 0) {
            int before = made.length();
            made.append('.');
            append(made, name.substring(dot + 1), EXTENSION_MAX);
            if (made.length() == before + 1) {
                made.setLength(before);
            }
        }
        return Optional.of(made.toString());
    }

    private static void append(StringBuilder made, String from, int lengthMax) {
        int end = made.length() + lengthMax;
        for (int i = 0; i < from.length() && made.length() < end; i++) {
            if (isLegal(from.charAt(i)) && from.charAt(i) != '~') {
                made.append(from.substring(i, i + 1).toUpperCase(Locale.ROOT));
            }
        }
    }

    /** FNV-1a over the folded name, so that a change of case alone changes nothing. */
    private static long hash(String name) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ CaseFold.upcase(name.charAt(i))) * FNV_PRIME;
        }
        return hash ^ hash >>> 32;
    }
}

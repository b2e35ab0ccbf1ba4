package org.smbd.auth.account;

import java.util.Locale;

/** What an account may be called, and how names are compared. */
final class AccountNames {
    /** Longer than any name of a Unix user; Windows takes at most 20 characters for local accounts. */
    private static final int CHARACTERS_MAX = 64;
    /** MS-SAMR 3.1.1.6: not allowed in sAMAccountName; the colon is also this file's separator. */
    private static final String FORBIDDEN = "\"/\\[]:;|=,+*?<>@";

    private AccountNames() {}

    /**
     * Accepts a name.
     *
     * @throws IllegalArgumentException with the reason if it cannot be one
     */
    static String check(String name) {
        if (name.isEmpty() || name.length() > CHARACTERS_MAX) {
            throw new IllegalArgumentException("an account name has 1 to " + CHARACTERS_MAX + " characters");
        }
        name.codePoints()
                .filter(c -> Character.isISOControl(c)
                        || Character.getType(c) == Character.SURROGATE
                        || FORBIDDEN.indexOf(c) >= 0)
                .findFirst()
                .ifPresent(c -> {
                    throw new IllegalArgumentException(
                            String.format("an account name must not contain the character U+%04X", c));
                });
        if (!name.strip().equals(name) || name.endsWith(".") || name.startsWith("-")) {
            throw new IllegalArgumentException(
                    "an account name must not start or end with a blank, end with a dot or start with a dash");
        }
        return name;
    }

    /** Equal for names that differ in case only. */
    static String key(String name) {
        return name.toUpperCase(Locale.ROOT);
    }
}

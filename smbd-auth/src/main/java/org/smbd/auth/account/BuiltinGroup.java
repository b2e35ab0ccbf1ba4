package org.smbd.auth.account;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.smbd.core.type.Sid;

/** The groups of BUILTIN that have members here. MS-DTYP 2.4.2.4 Well-known SID Structures. */
public enum BuiltinGroup {
    ADMINISTRATORS("Administrators", Sid.BUILTIN_ADMINISTRATORS),
    USERS("Users", Sid.BUILTIN_USERS),
    GUESTS("Guests", Sid.BUILTIN_GUESTS);

    private final String text;
    private final Sid sid;

    BuiltinGroup(String text, Sid sid) {
        this.text = text;
        this.sid = sid;
    }

    /** The group of a name, with or without {@code BUILTIN\}; case does not matter. */
    public static Optional<BuiltinGroup> of(String name) {
        String bare = name.toLowerCase(Locale.ROOT).startsWith("builtin\\") ? name.substring(8) : name;
        return Arrays.stream(values())
                .filter(group -> group.text.equalsIgnoreCase(bare))
                .findFirst();
    }

    public Sid sid() {
        return sid;
    }

    /** Its name without {@code BUILTIN\}. */
    @Override
    public String toString() {
        return text;
    }
}

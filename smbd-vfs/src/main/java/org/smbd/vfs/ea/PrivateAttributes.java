package org.smbd.vfs.ea;

import java.util.Locale;
import java.util.Set;

/** The attributes of the host in which servers keep what is theirs: no client sees or changes them by name. */
public final class PrivateAttributes {
    /** Of Samba, ksmbd and Netatalk, in lower case. */
    private static final Set<String> NAMES = Set.of(
            "user.dosattrib",
            "user.samba_pai",
            "user.samba_xattr",
            "user.smbreparse",
            "user.ntacl",
            "security.ntacl",
            "user.org.netatalk.metadata");

    private static final Set<String> PREFIXES = Set.of("user.dosstream.", "user.dosstreamext.", "user.smbd.");

    private PrivateAttributes() {}

    /** Whether an attribute is a server's; case does not matter, as in the names of EAs. */
    public static boolean isOwn(String attribute) {
        String lower = attribute.toLowerCase(Locale.ROOT);
        return NAMES.contains(lower) || PREFIXES.stream().anyMatch(lower::startsWith);
    }
}

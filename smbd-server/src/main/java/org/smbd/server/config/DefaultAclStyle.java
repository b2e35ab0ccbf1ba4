package org.smbd.server.config;

import java.util.Map;

/** {@code acl_xattr:default acl style}: what a file without a descriptor of its own is shown with. */
public enum DefaultAclStyle {
    /** What its mode says. */
    POSIX,
    /** Full control for its owner and the system. */
    WINDOWS,
    /** Full control for everyone. */
    EVERYONE;

    static final Map<String, DefaultAclStyle> WORDS = Map.of("posix", POSIX, "windows", WINDOWS, "everyone", EVERYONE);
}

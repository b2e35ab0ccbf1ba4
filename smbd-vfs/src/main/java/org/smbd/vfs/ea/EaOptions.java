package org.smbd.vfs.ea;

import java.util.Set;

/**
 * How a share keeps the extended attributes of clients.
 *
 * @param served {@code ea support}
 * @param hidden further attributes of the host, whole names, that no client sees or changes
 */
public record EaOptions(boolean served, Set<String> hidden) {
    /** Samba's defaults. */
    public static final EaOptions DEFAULT = new EaOptions(true, Set.of());

    public EaOptions {
        hidden = Set.copyOf(hidden);
    }
}

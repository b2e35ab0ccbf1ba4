package org.smbd.server.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Samba's VFS modules ({@code vfs objects}) that a share names, with the options of those that have a counterpart here.
 *
 * @param names all of them, in order
 * @param recycle what becomes of deleted files; empty: they are gone
 * @param shadowCopy where previous versions are; empty: there are none
 */
public record ShareModules(List<String> names, Optional<RecycleConfig> recycle, Optional<ShadowCopyConfig> shadowCopy) {
    /** No module. */
    public static final ShareModules NONE = new ShareModules(List.of(), Optional.empty(), Optional.empty());

    public ShareModules {
        names = List.copyOf(names);
    }

    static ShareModules from(Values values) {
        List<String> names = values.list("vfs objects", List.of());
        return new ShareModules(
                names,
                names.contains("recycle") ? Optional.of(RecycleConfig.from(values)) : Optional.empty(),
                Stream.of("shadow_copy2", "shadow_copy", "snapper").anyMatch(names::contains)
                        ? Optional.of(ShadowCopyConfig.from(values, names))
                        : Optional.empty());
    }

    /** Whether {@code vfs objects} names this module. */
    public boolean has(String module) {
        return names.contains(module);
    }

    /** The modules as one client finds them, with the variables in their options replaced. */
    public ShareModules expanded(Substitution substitution) {
        return new ShareModules(names, recycle.map(bin -> bin.expanded(substitution)), shadowCopy);
    }
}

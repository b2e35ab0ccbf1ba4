package org.smbd.server.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Samba's VFS modules: which of them a share can do without. */
final class VfsObjects {
    /** What they do is done here as well, or only says how Samba stores things. */
    private static final Set<String> SILENT = Set.of(
            "acl_xattr",
            "recycle",
            "shadow_copy",
            "shadow_copy2",
            "snapper",
            "streams_xattr",
            "catia",
            "xattr_tdb",
            "posix_eadb",
            "aio_fork",
            "aio_pthread",
            "aio_linux",
            "io_uring",
            "readahead",
            "preopen",
            "fileid",
            "dirsort",
            "fake_acls",
            "time_audit",
            "crossrename",
            "commit",
            "default_quota",
            "btrfs",
            "linux_xfs_sgid",
            "error_inject",
            "delay_inject",
            "skel_transparent",
            "acl_tdb",
            "dfs_samba4");

    /** Less is offered or written down without them, nothing more is let in. */
    private static final Set<String> MISSED = Set.of(
            "fruit",
            "full_audit",
            "audit",
            "extd_audit",
            "shell_snap",
            "streams_depot",
            "syncops",
            "cap",
            "expand_msdfs",
            "media_harmony",
            "offline",
            "prealloc",
            "worm_audit",
            "netatalk",
            "scannedonly_log",
            "widelinks",
            "fake_perms");

    private VfsObjects() {}

    /** The first module without which the share would give more than it should. */
    static Optional<String> restricting(List<String> modules) {
        return modules.stream()
                .filter(module -> !SILENT.contains(module) && !MISSED.contains(module))
                .findFirst();
    }

    /** The modules whose work is not done. */
    static List<String> missed(List<String> modules) {
        return modules.stream().filter(MISSED::contains).toList();
    }

    /**
     * Whether a parameter such as {@code acl_xattr:ignore system acls} belongs to a known module or to Samba's tests.
     */
    static boolean isOption(String key) {
        String prefix = key.substring(0, key.indexOf(':'));
        return SILENT.contains(prefix)
                || MISSED.contains(prefix)
                || Set.of("shadow", "smbd", "idmapconfig*", "share", "acl_common")
                        .contains(prefix)
                || prefix.startsWith("idmapconfig");
    }
}

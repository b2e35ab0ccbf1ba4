package org.smbd.vfs.store;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Finds out whether a file system lets files share space. Its type does not tell (xfs may or may not): so an empty file
 * without a name is cloned from itself, which changes nothing and yet is refused where cloning is unknown.
 */
final class CloneProbe {
    private static final int MODE = 0600;

    private final Posix posix;
    private final Identities identities;
    private final Beneath beneath;
    /** By device; a share can have file systems mounted within it. */
    private final ConcurrentMap<Long, Boolean> known = new ConcurrentHashMap<>();

    CloneProbe(Posix posix, Identities identities, Beneath beneath) {
        this.posix = posix;
        this.identities = identities;
        this.beneath = beneath;
    }

    boolean supports(PosixFile file) {
        StoreStat stat = file.stat();
        Boolean before = known.get(stat.key().device());
        if (before != null) {
            return before;
        }
        String directory = stat.isDirectory() ? file.path() : HostPaths.parent(file.path());
        int result = probe(directory);
        if (result == 0 || result == -Errno.EOPNOTSUPP || result == -Errno.ENOTTY || result == -Errno.EINVAL) {
            known.put(stat.key().device(), result == 0);
        }
        return result == 0; // anything else, as a read-only mount, may change
    }

    private int probe(String directory) {
        identities.becomeDaemon();
        int fd = beneath.open(directory, OpenFlags.O_TMPFILE | OpenFlags.O_RDWR, MODE);
        if (fd < 0) {
            return fd;
        }
        try {
            return posix.cloneRange(fd, 0, fd, 0, 0);
        } finally {
            posix.close(fd);
        }
    }
}

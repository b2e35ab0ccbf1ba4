package org.smbd.vfs.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Opens paths beneath the root of a share and nothing else, whatever links and races there are.
 *
 * <p>{@code openat2} does it in one call. Where it is missing, and for what it refuses although Samba serves it (a link
 * with an absolute target within the share), each name is opened relative to its parent without following links, and
 * links are resolved here: their target, taken as text, must be within the root. A link that leads outside, or that the
 * share does not follow, is as good as none: ENOENT, as Samba has it for {@code wide links = no}.
 */
final class Beneath {
    private static final int LINKS_MAX = 40;
    /** A rename somewhere on the way makes the kernel give up with EAGAIN; after so many times the way is walked. */
    private static final int TRIES_MAX = 8;

    private static final byte[] HERE = {'.'};

    private final Posix posix;
    private final int root;
    private final boolean followSymlinks;
    private final boolean atOneGo;
    /** Where the root is, for absolute links; empty if its path is no UTF-8. */
    private final String rootPath;

    Beneath(Posix posix, int root, boolean followSymlinks, boolean atOneGo) {
        this.posix = posix;
        this.root = root;
        this.followSymlinks = followSymlinks;
        this.atOneGo = atOneGo && posix.hasOpenat2();
        byte[] path = posix.readlinkat(OpenFlags.AT_FDCWD, HostText.encode("/proc/self/fd/" + root));
        this.rootPath = path == null ? "" : HostText.decode(path).orElse("");
    }

    /**
     * Opens {@code path}; a link at its end is followed unless {@code flags} hold O_CREAT or O_NOFOLLOW.
     * Returns a descriptor or -errno.
     */
    int open(String path, int flags, int mode) {
        byte[] bytes = path.isEmpty() ? HERE : HostText.encode(path);
        if (atOneGo && bytes.length < Scratch.PATH_BYTES_MAX) {
            long resolve = OpenFlags.RESOLVE_BENEATH
                    | OpenFlags.RESOLVE_NO_MAGICLINKS
                    | (followSymlinks ? 0 : OpenFlags.RESOLVE_NO_SYMLINKS);
            for (int tries = 0; tries < TRIES_MAX; tries++) {
                int fd = posix.openat2(root, bytes, flags | OpenFlags.O_CLOEXEC, mode, resolve);
                if (fd == -Errno.ELOOP) {
                    return -Errno.ENOENT; // a loop, or a link that is not followed
                } else if (fd == -Errno.EXDEV) {
                    break;
                } else if (fd != -Errno.EAGAIN) {
                    return fd;
                }
            }
        }
        return path.isEmpty()
                ? posix.openat(root, HERE, flags | OpenFlags.O_CLOEXEC, mode)
                : walk(
                        path,
                        flags | OpenFlags.O_CLOEXEC | OpenFlags.O_NOFOLLOW,
                        mode,
                        (flags & (OpenFlags.O_CREAT | OpenFlags.O_NOFOLLOW)) == 0);
    }

    /**
     * As {@link #open}, if there is no link on the way: ELOOP where there is one, or where that cannot be told. A link
     * at the end is opened itself if {@code flags} hold O_PATH and O_NOFOLLOW.
     */
    int openWithoutLinks(String path, int flags, int mode) {
        byte[] bytes = path.isEmpty() ? HERE : HostText.encode(path);
        if (!atOneGo || bytes.length >= Scratch.PATH_BYTES_MAX) {
            return -Errno.ELOOP;
        }
        long resolve = OpenFlags.RESOLVE_BENEATH | OpenFlags.RESOLVE_NO_MAGICLINKS | OpenFlags.RESOLVE_NO_SYMLINKS;
        int fd = posix.openat2(root, bytes, flags | OpenFlags.O_CLOEXEC, mode, resolve);
        return fd == -Errno.EXDEV || fd == -Errno.EAGAIN ? -Errno.ELOOP : fd;
    }

    /** The path below the root of the open directory {@code fd}; empty if it is not below it, or has gone. */
    Optional<String> pathOf(int fd) {
        Optional<String> top = hostPath(root);
        return hostPath(fd).flatMap(path -> top.flatMap(prefix -> below(path, prefix)));
    }

    private static Optional<String> below(String path, String prefix) {
        if (path.equals(prefix)) {
            return Optional.of("");
        }
        String start = prefix.endsWith("/") ? prefix : prefix + "/";
        return path.startsWith(start) ? Optional.of(path.substring(start.length())) : Optional.empty();
    }

    private Optional<String> hostPath(int fd) {
        byte[] path = posix.readlinkat(OpenFlags.AT_FDCWD, HostText.encode("/proc/self/fd/" + fd));
        return path == null ? Optional.empty() : HostText.decode(path);
    }

    private int walk(String path, int flags, int mode, boolean followLast) {
        List<String> names = List.of(path.split("/"));
        for (int links = 0; links <= LINKS_MAX; links++) {
            List<String> redirected = new ArrayList<>();
            int fd = walk(names, flags, mode, followLast, redirected);
            if (fd != -Errno.ELOOP) {
                return fd;
            }
            if (redirected.isEmpty()) { // to the root itself
                return posix.openat(root, HERE, flags, mode);
            }
            names = redirected;
        }
        return -Errno.ENOENT;
    }

    /**
     * Walks as far as the first link; ELOOP says that there was one, and {@code redirected} where to go on from the
     * root.
     */
    private int walk(List<String> names, int flags, int mode, boolean followLast, List<String> redirected) {
        int directory = root;
        try {
            for (int i = 0; i < names.size(); i++) {
                byte[] name = HostText.encode(names.get(i));
                if (name.length >= Scratch.PATH_BYTES_MAX) {
                    return -Errno.ENAMETOOLONG;
                }
                boolean last = i == names.size() - 1;
                byte[] target = last && !followLast ? null : posix.readlinkat(directory, name);
                if (target != null) {
                    return redirect(names, i, target, redirected) ? -Errno.ELOOP : -Errno.ENOENT;
                }
                int fd = last
                        ? posix.openat(directory, name, flags, mode)
                        : posix.openat(
                                directory,
                                name,
                                OpenFlags.O_PATH | OpenFlags.O_NOFOLLOW | OpenFlags.O_DIRECTORY | OpenFlags.O_CLOEXEC,
                                0);
                if (last || fd < 0) {
                    return fd == -Errno.ELOOP ? -Errno.ENOENT : fd; // became a link this very moment
                }
                if (directory != root) {
                    posix.close(directory);
                }
                directory = fd;
            }
            return -Errno.ENOENT;
        } finally {
            if (directory != root) {
                posix.close(directory);
            }
        }
    }

    /** Puts the target of the link at {@code names[at]}, and the names behind it, into {@code redirected}. */
    private boolean redirect(List<String> names, int at, byte[] targetBytes, List<String> redirected) {
        String target = HostText.decode(targetBytes).orElse("");
        boolean absolute = target.startsWith("/");
        if (!followSymlinks || target.isEmpty() || (absolute && rootPath.isEmpty())) {
            return false;
        }
        List<String> rootNames = names(rootPath);
        List<String> full = new ArrayList<>();
        if (!absolute) {
            full.addAll(rootNames);
            full.addAll(names.subList(0, at));
        }
        for (String name : names(target)) {
            if (!name.equals("..")) {
                full.add(name);
            } else if (!full.isEmpty()) {
                full.remove(full.size() - 1);
            }
        }
        int depth = rootNames.size();
        if (full.size() < depth || !full.subList(0, depth).equals(rootNames)) {
            return false;
        }
        redirected.addAll(full.subList(depth, full.size()));
        redirected.addAll(names.subList(at + 1, names.size()));
        return true;
    }

    private static List<String> names(String path) {
        return Arrays.stream(path.split("/"))
                .filter(name -> !name.isEmpty() && !name.equals("."))
                .toList();
    }
}

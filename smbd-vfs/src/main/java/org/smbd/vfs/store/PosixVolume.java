package org.smbd.vfs.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.core.type.PosixIdentity;

/**
 * A volume on the system calls of Linux: everything is opened relative to the root's descriptor ({@link Beneath}), as
 * the user whose request it is ({@link Identities}).
 */
public final class PosixVolume implements Volume {
    private static final int PERMISSIONS = 07777;

    private final Posix posix;
    private final Identities identities;
    private final int root;
    private final Beneath beneath;
    private final VolumeCapabilities capabilities;
    private final CloneProbe cloneProbe;
    /** What the process's umask takes from a new file; it cannot be changed for one thread. */
    private final int umask;

    private final DescriptorTable descriptors = new DescriptorTable();

    private PosixVolume(Posix posix, Identities identities, int root, boolean followSymlinks, boolean atOneGo) {
        this.posix = posix;
        this.identities = identities;
        this.root = root;
        this.beneath = new Beneath(posix, root, followSymlinks, atOneGo);
        this.umask = umask();
        this.cloneProbe = new CloneProbe(posix, identities, beneath);
        int result = posix.getxattr(
                HostText.encode("/proc/self/fd/" + root), HostText.encode(XattrAttributeStore.DOSATTRIB), 0, 0);
        boolean attributes = result >= 0 || result == -Errno.ENODATA || result == -Errno.EACCES;
        this.capabilities = new VolumeCapabilities(identities.isSupported(), attributes, true);
    }

    /** Whether this host has the system calls. */
    public static boolean isSupported() {
        return Posix.available().isPresent();
    }

    /**
     * The volume below {@code root}, a directory that exists; links are followed within it if {@code followSymlinks}.
     */
    public static PosixVolume open(Path root, boolean followSymlinks) throws IOException {
        return open(root, followSymlinks, true);
    }

    /** As above; {@code atOneGo} false walks each path name by name even if the kernel can do better. */
    static PosixVolume open(Path root, boolean followSymlinks, boolean atOneGo) throws IOException {
        Posix posix = Posix.available().orElseThrow(() -> new IOException("no native calls"));
        Identities identities = Identities.ofProcess();
        identities.becomeDaemon();
        byte[] path = HostText.encode(root.toRealPath().toString());
        int fd = posix.openat(
                OpenFlags.AT_FDCWD, path, OpenFlags.O_PATH | OpenFlags.O_DIRECTORY | OpenFlags.O_CLOEXEC, 0);
        if (fd < 0) {
            throw new IOException(root + ": " + IoErrors.ofErrno(-fd));
        }
        return new PosixVolume(posix, identities, fd, followSymlinks, atOneGo);
    }

    private static int umask() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.toLowerCase(Locale.ROOT).startsWith("umask:")) {
                    return Integer.parseInt(line.substring("umask:".length()).trim(), 8);
                }
            }
        } catch (IOException | NumberFormatException e) {
            // then the mode is compared after each creation
        }
        return PERMISSIONS;
    }

    @Override
    public VolumeCapabilities capabilities() {
        return capabilities;
    }

    @Override
    public Optional<StoreFile> find(PosixIdentity who, String path) {
        return find(who, path, OpenFlags.O_PATH);
    }

    @Override
    public Optional<StoreFile> findLink(PosixIdentity who, String path) {
        return find(who, path, OpenFlags.O_PATH | OpenFlags.O_NOFOLLOW);
    }

    private Optional<StoreFile> find(PosixIdentity who, String path, int flags) {
        HostPaths.check(path);
        identities.become(who);
        int fd = beneath.openWithoutLinks(path, flags, 0);
        boolean throughLinks = fd == -Errno.ELOOP;
        if (throughLinks) {
            fd = beneath.open(path, flags, 0);
        }
        return fd == -Errno.ENOENT || fd == -Errno.ENOTDIR
                ? Optional.empty()
                : Optional.of(file(who, path, StoreAccess.METADATA, fd, throughLinks));
    }

    @Override
    public StoreFile reopen(StoreFile file, StoreStat stat, StoreAccess access) {
        if (stat.type() != StoreStat.Type.FILE && stat.type() != StoreStat.Type.DIRECTORY) {
            throw NtStatus.ACCESS_DENIED.exception(); // opening a device can already do something
        }
        return ((PosixFile) file).reopen(flags(access) | OpenFlags.O_CLOEXEC, access);
    }

    @Override
    public void shareDescriptor(StoreFile file, FileKey key) {
        if (file instanceof PosixFile posixFile) {
            posixFile.share(descriptors, key);
        }
    }

    @Override
    public Optional<StoreStat> stat(PosixIdentity who, String path) {
        HostPaths.check(path);
        identities.become(who);
        int fd = beneath.open(path, OpenFlags.O_PATH, 0);
        if (fd == -Errno.ENOENT || fd == -Errno.ENOTDIR) {
            return Optional.empty();
        }
        if (fd < 0) {
            throw IoErrors.failure("stat", path, -fd);
        }
        int result = posix.statx(fd);
        posix.close(fd);
        if (result < 0) {
            throw IoErrors.failure("stat", path, -result);
        }
        return Optional.of(StatxFormat.stat(Scratch.ofThread().result));
    }

    private PosixFile file(PosixIdentity who, String path, StoreAccess access, int fd, boolean throughLinks) {
        if (fd < 0) {
            throw IoErrors.failure("open", path, -fd);
        }
        return new PosixFile(posix, identities, who, path, access, fd, throughLinks);
    }

    private static int flags(StoreAccess access) {
        // without O_NONBLOCK the open of a FIFO waits for its other end
        int common = OpenFlags.O_NONBLOCK | OpenFlags.O_NOCTTY;
        return switch (access) {
            case METADATA -> OpenFlags.O_PATH;
            case READ -> OpenFlags.O_RDONLY | common;
            case WRITE -> OpenFlags.O_WRONLY | common;
            case READ_WRITE -> OpenFlags.O_RDWR | common;
        };
    }

    @Override
    public StoreFile open(PosixIdentity who, String path, StoreAccess access) {
        HostPaths.check(path);
        identities.become(who);
        int fd = beneath.openWithoutLinks(path, flags(access), 0);
        boolean throughLinks = fd == -Errno.ELOOP;
        if (throughLinks) {
            fd = beneath.open(path, flags(access), 0);
        }
        if (fd == -Errno.ENXIO) {
            throw NtStatus.ACCESS_DENIED.exception(); // a FIFO without a reader, a socket
        }
        PosixFile file = file(who, path, access, fd, throughLinks);
        if (access != StoreAccess.METADATA) {
            try {
                file.checkedType();
            } catch (SmbException e) {
                file.close();
                throw e;
            }
        }
        return file;
    }

    @Override
    public StoreFile createFile(PosixIdentity who, String path, StoreAccess access, int mode) {
        HostPaths.checkName(path);
        identities.become(who);
        StoreAccess opened = access == StoreAccess.METADATA ? StoreAccess.READ : access;
        int flags = flags(opened) | OpenFlags.O_CREAT | OpenFlags.O_EXCL;
        int fd = beneath.openWithoutLinks(path, flags, mode & PERMISSIONS);
        boolean throughLinks = fd == -Errno.ELOOP;
        if (throughLinks) {
            fd = beneath.open(path, flags, mode & PERMISSIONS);
        }
        if (fd == -Errno.ENOENT) {
            throw NtStatus.OBJECT_PATH_NOT_FOUND.exception();
        }
        PosixFile file = file(who, path, opened, fd, throughLinks);
        giveExactMode(file, mode);
        return file;
    }

    @Override
    public StoreFile createDirectory(PosixIdentity who, String path, int mode) {
        HostPaths.checkName(path);
        identities.become(who);
        byte[] name = HostText.encode(HostPaths.name(path));
        int fd = inParent(path, parent -> {
            int result = posix.mkdirat(parent, name, mode & PERMISSIONS);
            return result < 0
                    ? result
                    : posix.openat(
                            parent,
                            name,
                            flags(StoreAccess.READ)
                                    | OpenFlags.O_DIRECTORY
                                    | OpenFlags.O_NOFOLLOW
                                    | OpenFlags.O_CLOEXEC,
                            0);
        });
        if (fd < 0) {
            throw fd == -Errno.ENOENT
                    ? NtStatus.OBJECT_PATH_NOT_FOUND.exception()
                    : IoErrors.failure("mkdir", path, -fd);
        }
        PosixFile file = file(who, path, StoreAccess.READ, fd, path.contains("/"));
        giveExactMode(file, mode);
        return file;
    }

    /**
     * Gives a new file what the umask took from it. A mode that is neither the wanted one nor that minus the umask
     * comes from the default ACL of the parent, which has the last word.
     */
    private void giveExactMode(PosixFile file, int mode) {
        int wanted = mode & PERMISSIONS;
        if ((wanted & umask) != 0) {
            int now = file.stat().mode();
            if (now != wanted && (now | (umask & wanted)) == (wanted | now)) {
                file.setMode(wanted | (now & ~0777)); // a set-group-id bit from the parent stays
            }
        }
    }

    /** A call on the directory that holds the last name of a path. */
    private interface InParent {
        int call(int parent);
    }

    private int inParent(String path, InParent call) {
        String parentPath = HostPaths.parent(path);
        if (HostText.encode(HostPaths.name(path)).length >= Scratch.PATH_BYTES_MAX) {
            return -Errno.ENAMETOOLONG;
        }
        if (parentPath.isEmpty()) {
            return call.call(root);
        }
        int parent = beneath.open(parentPath, OpenFlags.O_PATH | OpenFlags.O_DIRECTORY, 0);
        if (parent < 0) {
            throw parent == -Errno.ENOENT
                    ? NtStatus.OBJECT_PATH_NOT_FOUND.exception()
                    : IoErrors.failure("open", parentPath, -parent);
        }
        try {
            return call.call(parent);
        } finally {
            posix.close(parent);
        }
    }

    @Override
    public void unlink(PosixIdentity who, String path) {
        remove(who, path, 0);
    }

    @Override
    public void removeDirectory(PosixIdentity who, String path) {
        remove(who, path, OpenFlags.AT_REMOVEDIR);
    }

    private void remove(PosixIdentity who, String path, int flags) {
        HostPaths.checkName(path);
        identities.become(who);
        byte[] name = HostText.encode(HostPaths.name(path));
        int result = inParent(path, parent -> posix.unlinkat(parent, name, flags));
        if (result == -Errno.ENOTDIR) {
            throw NtStatus.NOT_A_DIRECTORY.exception();
        } else if (result == -Errno.EEXIST) {
            throw NtStatus.DIRECTORY_NOT_EMPTY.exception();
        } else if (result < 0) {
            throw IoErrors.failure("remove", path, -result);
        }
    }

    @Override
    public void rename(PosixIdentity who, String from, String to, boolean replace) {
        HostPaths.checkName(from);
        HostPaths.checkName(to);
        identities.become(who);
        byte[] fromName = HostText.encode(HostPaths.name(from));
        byte[] toName = HostText.encode(HostPaths.name(to));
        int result = inParent(
                from,
                fromParent -> inParent(to, toParent -> {
                    PosixRename rename = new PosixRename(posix, fromParent, fromName, toParent, toName);
                    return replace ? rename.replacing() : rename.withoutReplacing();
                }));
        if (result < 0) {
            throw IoErrors.failure("rename", from, -result);
        }
    }

    @Override
    public void link(PosixIdentity who, String from, String to) {
        HostPaths.checkName(from);
        HostPaths.checkName(to);
        identities.become(who);
        byte[] fromName = HostText.encode(HostPaths.name(from));
        byte[] toName = HostText.encode(HostPaths.name(to));
        int result = inParent(
                from, fromParent -> inParent(to, toParent -> posix.linkat(fromParent, fromName, toParent, toName)));
        if (result < 0) {
            throw IoErrors.failure("link", from, -result);
        }
    }

    @Override
    public String canonical(PosixIdentity who, String path) {
        String parentPath = HostPaths.parent(path);
        if (parentPath.isEmpty()) {
            return path;
        }
        identities.become(who);
        int parent = beneath.open(parentPath, OpenFlags.O_PATH | OpenFlags.O_DIRECTORY, 0);
        if (parent < 0) {
            return path;
        }
        try {
            return beneath.pathOf(parent)
                    .map(real -> HostPaths.join(real, HostPaths.name(path)))
                    .orElse(path);
        } finally {
            posix.close(parent);
        }
    }

    @Override
    public boolean isEmpty(StoreFile directory, Predicate<String> ignored) {
        boolean[] empty = {true};
        int flags = flags(StoreAccess.READ) | OpenFlags.O_DIRECTORY | OpenFlags.O_CLOEXEC;
        try (PosixFile readable = ((PosixFile) directory).reopenAsDaemon(flags)) {
            list(readable, (name, type) -> {
                empty[0] = ignored.test(name);
                return empty[0];
            });
        }
        return empty[0];
    }

    @Override
    public void list(StoreFile directory, NameVisitor visitor) {
        PosixFile file = (PosixFile) directory;
        List<DirectoryEntries.Entry> batch = new ArrayList<>();
        file.listing.lock();
        int fd = file.descriptor().acquire();
        try {
            posix.rewind(fd);
            while (true) {
                int bytes = posix.getdents64(fd);
                if (bytes < 0) {
                    throw IoErrors.failure("list", file.path(), -bytes);
                } else if (bytes == 0) {
                    return;
                }
                batch.clear();
                DirectoryEntries.decode(Scratch.ofThread().result, bytes, batch); // before the visitor uses the memory
                for (DirectoryEntries.Entry entry : batch) {
                    if (!visitor.visit(entry.name(), entry.type())) {
                        return;
                    }
                }
            }
        } finally {
            file.descriptor().release();
            file.listing.unlock();
        }
    }

    @Override
    public void syncDirectory(PosixIdentity who, String path) {
        HostPaths.check(path);
        identities.becomeDaemon(); // who may write in a directory need not be allowed to read it
        int fd = beneath.open(path, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY | OpenFlags.O_NONBLOCK, 0);
        if (fd < 0) {
            throw IoErrors.failure("sync", path, -fd);
        }
        int result = posix.fsync(fd);
        posix.close(fd);
        if (result < 0 && result != -Errno.EINVAL) { // EINVAL: the file system has nothing to sync
            throw IoErrors.failure("sync", path, -result);
        }
    }

    @Override
    public StoreSpace space(StoreFile file) {
        PosixFile opened = (PosixFile) file;
        int fd = opened.descriptor().acquire();
        try {
            int result = posix.fstatfs(fd);
            if (result < 0) {
                throw IoErrors.failure("statfs", opened.path(), -result);
            }
            return StatxFormat.space(Scratch.ofThread().result);
        } finally {
            opened.descriptor().release();
        }
    }

    @Override
    public Optional<StoreQuota> quota(StoreFile file) {
        return PosixQuota.of(posix, identities, (PosixFile) file.host());
    }

    @Override
    public boolean sharesExtents(StoreFile file) {
        return cloneProbe.supports((PosixFile) file.host());
    }

    @Override
    public Optional<DirectoryFeed> openFeed() {
        return InotifyFeed.open(posix);
    }

    @Override
    public void close() {
        posix.close(root);
    }
}

package org.smbd.vfs.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.core.type.PosixIdentity;

/**
 * A volume on nothing but java.nio.file: for hosts without the native library, and for file systems in memory.
 *
 * <p>It has no identities: every call acts as the daemon. java.nio opens by path, so a directory that another process
 * swaps for a link at the wrong moment can still mislead it; {@link PosixVolume} has no such gap. Names go through the
 * JVM's own encoding of names.
 */
public final class NioVolume implements Volume {
    /** Most links followed on one way, as in the kernel. */
    private static final int LINKS_MAX = 40;

    private final Path root;
    private final boolean followSymlinks;
    private final NioStats stats;
    private final VolumeCapabilities capabilities;
    private final Set<NioFile> openFiles = ConcurrentHashMap.newKeySet();
    /**
     * Makes check and rename one step among this volume's own calls: java.nio has no rename that refuses to replace.
     */
    private final ReentrantLock renames = new ReentrantLock();

    private NioVolume(Path root, boolean followSymlinks, NioStats stats, VolumeCapabilities capabilities) {
        this.root = root;
        this.followSymlinks = followSymlinks;
        this.stats = stats;
        this.capabilities = capabilities;
    }

    /**
     * The volume below {@code root}, a directory that exists; links are followed within it if {@code followSymlinks}.
     */
    public static NioVolume open(Path root, boolean followSymlinks) throws IOException {
        Path real = root.toRealPath();
        if (!Files.isDirectory(real)) {
            throw new NotDirectoryException(root.toString());
        }
        FileStore store = Files.getFileStore(real);
        boolean attributes = store.supportsFileAttributeView(UserDefinedFileAttributeView.class)
                || real.getFileSystem().supportedFileAttributeViews().contains("user");
        return new NioVolume(
                real,
                followSymlinks,
                NioStats.of(real.getFileSystem()),
                new VolumeCapabilities(false, attributes, true));
    }

    @Override
    public VolumeCapabilities capabilities() {
        return capabilities;
    }

    @Override
    public Optional<StoreStat> stat(PosixIdentity who, String path) {
        try {
            return Optional.of(stats.stat(locate(path, true)));
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Optional.empty();
        } catch (IOException e) {
            int errno = IoErrors.errno(e);
            if (errno == Errno.ENOTDIR || errno == Errno.ELOOP) {
                return Optional.empty();
            }
            throw IoErrors.failure("stat", path, errno);
        }
    }

    @Override
    public Optional<StoreFile> find(PosixIdentity who, String path) {
        try {
            return stat(who, path).isPresent() ? Optional.of(open(who, path, StoreAccess.METADATA)) : Optional.empty();
        } catch (SmbException e) {
            if (e.status() == NtStatus.OBJECT_NAME_NOT_FOUND) {
                return Optional.empty(); // gone between the two looks
            }
            throw e;
        }
    }

    @Override
    public StoreFile reopen(StoreFile file, StoreStat stat, StoreAccess access) {
        if (stat.type() != StoreStat.Type.FILE && stat.type() != StoreStat.Type.DIRECTORY) {
            throw NtStatus.ACCESS_DENIED.exception();
        }
        Path path = ((NioFile) file).path();
        try {
            return opened(file.who(), path, access, Set.of());
        } catch (IOException e) {
            throw IoErrors.failure("open", path.toString(), e);
        }
    }

    @Override
    public StoreFile open(PosixIdentity who, String path, StoreAccess access) {
        try {
            Path file = locate(path, true);
            return opened(who, file, access, Set.of());
        } catch (IOException e) {
            throw IoErrors.failure("open", path, e);
        }
    }

    @Override
    public StoreFile createFile(PosixIdentity who, String path, StoreAccess access, int mode) {
        HostPaths.checkName(path);
        try {
            Path file = locate(path, false);
            if (access == StoreAccess.METADATA || access == StoreAccess.READ) {
                Files.createFile(file, stats.creationMode(mode));
                stats.exactMode(file, mode);
                return opened(who, file, access, Set.of());
            }
            NioFile created =
                    opened(who, file, access, Set.of(StandardOpenOption.CREATE_NEW), stats.creationMode(mode));
            stats.exactMode(file, mode);
            return created;
        } catch (IOException e) {
            throw IoErrors.failure("create", path, e);
        }
    }

    @Override
    public StoreFile createDirectory(PosixIdentity who, String path, int mode) {
        HostPaths.checkName(path);
        try {
            Path directory = locate(path, false);
            Files.createDirectory(directory, stats.creationMode(mode));
            stats.exactMode(directory, mode);
            return opened(who, directory, StoreAccess.READ, Set.of());
        } catch (IOException e) {
            throw IoErrors.failure("mkdir", path, e);
        }
    }

    @Override
    public void unlink(PosixIdentity who, String path) {
        HostPaths.checkName(path);
        try {
            Path file = locate(path, false);
            if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                throw NtStatus.FILE_IS_A_DIRECTORY.exception();
            }
            forget(file);
            Files.delete(file);
        } catch (IOException e) {
            throw IoErrors.failure("unlink", path, e);
        }
    }

    @Override
    public void removeDirectory(PosixIdentity who, String path) {
        HostPaths.checkName(path);
        try {
            Path directory = locate(path, false);
            if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS) && Files.exists(directory)) {
                throw NtStatus.NOT_A_DIRECTORY.exception();
            }
            try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
                if (children.iterator().hasNext()) {
                    throw NtStatus.DIRECTORY_NOT_EMPTY.exception();
                }
            }
            forget(directory);
            Files.delete(directory);
        } catch (IOException e) {
            throw IoErrors.failure("rmdir", path, e);
        }
    }

    @Override
    public void rename(PosixIdentity who, String from, String to, boolean replace) {
        HostPaths.checkName(from);
        HostPaths.checkName(to);
        renames.lock();
        try {
            Path source = locate(from, false);
            Path target = locate(to, false);
            boolean exists = Files.exists(target, LinkOption.NOFOLLOW_LINKS);
            if (exists && !replace && !(Files.exists(source) && Files.isSameFile(source, target))) {
                throw NtStatus.OBJECT_NAME_COLLISION.exception();
            }
            if (target.startsWith(source) && !target.equals(source)) {
                throw NtStatus.INVALID_PARAMETER.exception();
            }
            if (exists && !target.equals(source)) {
                forget(target);
            }
            Files.move(source, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            openFiles.forEach(file -> file.moved(source, target));
        } catch (IOException e) {
            throw IoErrors.failure("rename", from, e);
        } finally {
            renames.unlock();
        }
    }

    @Override
    public void link(PosixIdentity who, String from, String to) {
        HostPaths.checkName(from);
        HostPaths.checkName(to);
        try {
            Files.createLink(locate(to, false), locate(from, false));
        } catch (UnsupportedOperationException e) {
            throw NtStatus.NOT_SUPPORTED.exception();
        } catch (IOException e) {
            throw IoErrors.failure("link", from, e);
        }
    }

    @Override
    public String canonical(PosixIdentity who, String path) {
        try {
            return root.relativize(locate(path, false))
                    .toString()
                    .replace(root.getFileSystem().getSeparator(), "/");
        } catch (IOException e) {
            return path;
        }
    }

    @Override
    public boolean isEmpty(StoreFile directory, Predicate<String> ignored) {
        boolean[] empty = {true};
        list(directory, (name, type) -> {
            empty[0] = ignored.test(name);
            return empty[0];
        });
        return empty[0];
    }

    @Override
    public void list(StoreFile directory, NameVisitor visitor) {
        Path path = ((NioFile) directory).path();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
            for (Path child : children) {
                if (!visitor.visit(child.getFileName().toString(), StoreStat.Type.UNKNOWN)) {
                    return;
                }
            }
        } catch (DirectoryIteratorException e) {
            throw IoErrors.failure("list", path.toString(), e.getCause());
        } catch (IOException e) {
            throw IoErrors.failure("list", path.toString(), e);
        }
    }

    @Override
    public void syncDirectory(PosixIdentity who, String path) {
        try {
            Path directory = locate(path, true);
            if (!Files.isDirectory(directory)) {
                throw new NoSuchFileException(path);
            }
            if (stats.canSyncDirectories()) {
                try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                    channel.force(true);
                }
            }
        } catch (IOException e) {
            throw IoErrors.failure("sync", path, e);
        }
    }

    @Override
    public StoreSpace space(StoreFile file) {
        Path path = ((NioFile) file).path();
        try {
            FileStore store = Files.getFileStore(path);
            long unitBytes = unitBytes(store);
            return new StoreSpace(
                    store.type(),
                    unitBytes,
                    store.getTotalSpace() / unitBytes,
                    store.getUnallocatedSpace() / unitBytes,
                    store.getUsableSpace() / unitBytes,
                    NAME_LENGTH_MAX,
                    store.isReadOnly(),
                    -1,
                    -1);
        } catch (IOException e) {
            throw IoErrors.failure("statfs", path.toString(), e);
        }
    }

    private static long unitBytes(FileStore store) throws IOException {
        try {
            return store.getBlockSize();
        } catch (UnsupportedOperationException e) {
            return NioStats.BLOCK_BYTES; // a file system in memory
        }
    }

    /** NAME_MAX of nearly every file system of Linux; java.nio does not tell. */
    private static final int NAME_LENGTH_MAX = 255;

    @Override
    public void close() {
        openFiles.forEach(NioFile::close);
    }

    void closed(NioFile file) {
        openFiles.remove(file);
    }

    /** Open files at {@code path} go on without a name. */
    private void forget(Path path) {
        openFiles.forEach(file -> file.nameRemoved(path));
    }

    private NioFile opened(
            PosixIdentity who, Path path, StoreAccess access, Set<OpenOption> more, FileAttribute<?>... attributes)
            throws IOException {
        FileChannel channel = null;
        if (!more.isEmpty() || access != StoreAccess.METADATA) {
            StoreStat.Type type = more.isEmpty() ? stats.stat(path).type() : StoreStat.Type.FILE;
            if (type == StoreStat.Type.OTHER || type == StoreStat.Type.SYMBOLIC_LINK) {
                throw NtStatus.ACCESS_DENIED.exception(); // opening a FIFO would block for ever
            }
            if (type == StoreStat.Type.FILE) {
                Set<OpenOption> options = new HashSet<>(more);
                options.addAll(
                        switch (access) {
                            case METADATA, READ -> EnumSet.of(StandardOpenOption.READ);
                            case WRITE -> EnumSet.of(StandardOpenOption.WRITE);
                            case READ_WRITE -> EnumSet.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
                        });
                channel = FileChannel.open(path, options, attributes);
            } else if (access != StoreAccess.READ) {
                throw NtStatus.FILE_IS_A_DIRECTORY.exception();
            }
        } else if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(path.toString());
        }
        NioFile file = new NioFile(this, stats, who, path, channel);
        openFiles.add(file);
        return file;
    }

    /**
     * The path without links, which is within the root; the last name is only followed if {@code followLast}. A link
     * that leads outside is as good as none, as Samba has it for {@code wide links = no}.
     */
    private Path locate(String path, boolean followLast) throws IOException {
        HostPaths.check(path);
        try {
            return walk(root.resolve(path), followLast, LINKS_MAX);
        } catch (InvalidPathException e) {
            throw NtStatus.OBJECT_NAME_INVALID.exception();
        }
    }

    private Path walk(Path wanted, boolean followLast, int linksLeft) throws IOException {
        Path at = root;
        Path rest = root.relativize(wanted);
        if (rest.toString().isEmpty()) {
            return root;
        }
        for (int i = 0; i < rest.getNameCount(); i++) {
            boolean last = i == rest.getNameCount() - 1;
            at = at.resolve(rest.getName(i));
            BasicFileAttributes facts;
            try {
                facts = Files.readAttributes(at, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            } catch (NoSuchFileException e) {
                if (last) {
                    return at;
                }
                throw e;
            }
            if (facts.isSymbolicLink() && (!last || followLast)) {
                Path target = at.resolveSibling(Files.readSymbolicLink(at)).normalize();
                if (!followSymlinks || linksLeft == 0 || !target.startsWith(root)) {
                    throw new NoSuchFileException(at.toString());
                }
                return walk(
                        last ? target : target.resolve(rest.subpath(i + 1, rest.getNameCount())),
                        followLast,
                        linksLeft - 1);
            }
            if (!last && !facts.isDirectory()) {
                throw new NotDirectoryException(at.toString());
            }
        }
        return at;
    }
}

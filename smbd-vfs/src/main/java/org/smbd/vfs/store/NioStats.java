package org.smbd.vfs.store;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Facts and modes of files through the attribute views that a file system has. */
final class NioStats {
    private static final int PERMISSIONS = 0777;
    private static final int DEFAULT_MODE = 0755;
    static final long BLOCK_BYTES = 4096;

    private final boolean unix;
    private final boolean posix;
    private final boolean canSyncDirectories;

    private NioStats(boolean unix, boolean posix, boolean canSyncDirectories) {
        this.unix = unix;
        this.posix = posix;
        this.canSyncDirectories = canSyncDirectories;
    }

    static NioStats of(FileSystem fileSystem) {
        Set<String> views = fileSystem.supportedFileAttributeViews();
        boolean ofTheHost = fileSystem.equals(FileSystems.getDefault());
        return new NioStats(views.contains("unix"), views.contains("posix"), ofTheHost && views.contains("unix"));
    }

    /** Whether a directory can be opened and forced to the medium. */
    boolean canSyncDirectories() {
        return canSyncDirectories;
    }

    /** Facts of what is at {@code path}; a link there is not followed. */
    StoreStat stat(Path path) throws IOException {
        if (!unix) {
            return statBasic(path);
        }
        Map<String, Object> facts = Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS);
        BasicFileAttributes basic = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return new StoreStat(
                new FileKey(number(facts, "dev"), number(facts, "ino")),
                type(basic),
                (int) number(facts, "mode") & 07777,
                (int) number(facts, "uid"),
                (int) number(facts, "gid"),
                (int) number(facts, "nlink"),
                basic.size(),
                allocated(basic.size()),
                ticks(basic.lastAccessTime()),
                ticks(basic.lastModifiedTime()),
                ticks((FileTime) facts.get("ctime")),
                creation(basic));
    }

    private StoreStat statBasic(Path path) throws IOException {
        BasicFileAttributes basic = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        int mode = posix ? mode(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS)) : DEFAULT_MODE;
        Object key = basic.fileKey() == null ? path.toAbsolutePath() : basic.fileKey();
        return new StoreStat(
                new FileKey(0, key.hashCode()),
                type(basic),
                mode,
                0,
                0,
                1,
                basic.size(),
                allocated(basic.size()),
                ticks(basic.lastAccessTime()),
                ticks(basic.lastModifiedTime()),
                ticks(basic.lastModifiedTime()),
                creation(basic));
    }

    /** The mode that a file is created with, as far as the file system lets creation set one. */
    FileAttribute<?>[] creationMode(int mode) {
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions(mode))}
                : new FileAttribute<?>[0];
    }

    /** Gives a new file the bits that the process's umask took away. */
    void exactMode(Path path, int mode) throws IOException {
        if (posix) {
            PosixFileAttributeView view =
                    Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            Set<PosixFilePermission> wanted = permissions(mode);
            if (!view.readAttributes().permissions().equals(wanted)) {
                Files.setPosixFilePermissions(path, wanted);
            }
        }
    }

    /** Sets the permission bits; those above 0777 need the native library. */
    void changeMode(Path path, int mode) throws IOException {
        if (posix) {
            Files.setPosixFilePermissions(path, permissions(mode));
        }
    }

    /** Sets owner and group where the file system has them; -1 leaves one as it is. */
    void changeOwner(Path path, int uid, int gid) throws IOException {
        if (!unix) {
            return;
        }
        if (uid != -1) {
            Files.setAttribute(path, "unix:uid", uid);
        }
        if (gid != -1) {
            Files.setAttribute(path, "unix:gid", gid);
        }
    }

    private static long number(Map<String, Object> facts, String name) {
        return ((Number) facts.get(name)).longValue();
    }

    private static StoreStat.Type type(BasicFileAttributes basic) {
        if (basic.isDirectory()) {
            return StoreStat.Type.DIRECTORY;
        } else if (basic.isRegularFile()) {
            return StoreStat.Type.FILE;
        }
        return basic.isSymbolicLink() ? StoreStat.Type.SYMBOLIC_LINK : StoreStat.Type.OTHER;
    }

    /** java.nio does not tell the blocks of a file: whole blocks of a file without holes. */
    private static long allocated(long size) {
        return (size + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
    }

    private static long creation(BasicFileAttributes basic) {
        return Math.min(ticks(basic.creationTime()), ticks(basic.lastModifiedTime()));
    }

    private static long ticks(FileTime time) {
        return org.smbd.core.type.FileTime.of(time.toInstant());
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all = PosixFilePermission.values(); // from owner read down to others execute
        for (int bit = 0; bit < all.length; bit++) {
            if ((mode & PERMISSIONS & (0400 >> bit)) != 0) {
                permissions.add(all[bit]);
            }
        }
        return permissions;
    }

    private static int mode(Set<PosixFilePermission> permissions) {
        int mode = 0;
        PosixFilePermission[] all = PosixFilePermission.values();
        for (int bit = 0; bit < all.length; bit++) {
            mode |= permissions.contains(all[bit]) ? 0400 >> bit : 0;
        }
        return mode;
    }
}

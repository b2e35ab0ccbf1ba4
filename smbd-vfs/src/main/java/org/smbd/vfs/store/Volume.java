package org.smbd.vfs.store;

import java.util.Optional;
import java.util.function.Predicate;
import org.smbd.core.type.PosixIdentity;

/**
 * The directory tree of one share on the host.
 *
 * <p>Paths are exact host names joined by {@code /}, relative to the root of the share; "" is the root. No path, link
 * or race leads outside the root. Each call acts with the identity {@code who}, so that the kernel enforces
 * permissions; where the daemon cannot change identity it acts as itself.
 */
public interface Volume extends AutoCloseable {
    /** What the host offers. */
    VolumeCapabilities capabilities();

    /** Facts of a file; links are followed as the share allows; empty if there is none (or its parent is missing). */
    Optional<StoreStat> stat(PosixIdentity who, String path);

    /** As {@link #stat}, but opens the file for {@link StoreAccess#METADATA}. */
    Optional<StoreFile> find(PosixIdentity who, String path);

    /**
     * As {@link #find}, but a symbolic link at the end of {@code path} is not followed: it is what is found. Where the
     * host cannot tell, links are followed.
     */
    default Optional<StoreFile> findLink(PosixIdentity who, String path) {
        return find(who, path);
    }

    /**
     * Opens the very file that {@code file} is, as the same user; {@code file} stays open. ACCESS_DENIED for what is
     * neither file nor directory.
     *
     * @param stat its facts
     */
    StoreFile reopen(StoreFile file, StoreStat stat, StoreAccess access);

    /**
     * Lets a file that was just opened, and is known to nobody else yet, use one descriptor with others of the same
     * file that may do as much. Does nothing where the host has no descriptors.
     *
     * @param key which file it is; not of a directory, whose descriptor knows how far it was read
     */
    default void shareDescriptor(StoreFile file, FileKey key) {}

    /** Opens what exists. OBJECT_NAME_NOT_FOUND, ACCESS_DENIED, ... */
    StoreFile open(PosixIdentity who, String path, StoreAccess access);

    /** Creates a file that must not exist (OBJECT_NAME_COLLISION) with exactly {@code mode}, and opens it. */
    StoreFile createFile(PosixIdentity who, String path, StoreAccess access, int mode);

    /** Creates a directory that must not exist with exactly {@code mode}, and opens it for {@link StoreAccess#READ}. */
    StoreFile createDirectory(PosixIdentity who, String path, int mode);

    /** Removes a name of a file. */
    void unlink(PosixIdentity who, String path);

    /** Removes an empty directory: DIRECTORY_NOT_EMPTY otherwise. */
    void removeDirectory(PosixIdentity who, String path);

    /** Renames; where {@code replace} is false and {@code to} exists, OBJECT_NAME_COLLISION, without a race. */
    void rename(PosixIdentity who, String from, String to, boolean replace);

    /** A second name for a file; OBJECT_NAME_COLLISION if {@code to} exists. */
    void link(PosixIdentity who, String from, String to);

    /**
     * The path of the same name without links on the way to it; a link at its end stays. {@code path} itself where the
     * way is lost.
     */
    String canonical(PosixIdentity who, String path);

    /**
     * Whether an open directory has no names in it but such as are {@code ignored}; asked as the daemon, as deleting
     * needs no right to read.
     */
    boolean isEmpty(StoreFile directory, Predicate<String> ignored);

    /** Calls the visitor for every name in a directory, in no order; {@code .} and {@code ..} are left out. */
    void list(StoreFile directory, NameVisitor visitor);

    /** Makes the names of a directory durable: fsync of the directory at {@code path}. */
    void syncDirectory(PosixIdentity who, String path);

    /** Space and kind of the file system that holds {@code file}. */
    StoreSpace space(StoreFile file);

    /** The quotas of the file system that holds {@code file}; valid while that is open; empty where there are none. */
    default Optional<StoreQuota> quota(StoreFile file) {
        return Optional.empty();
    }

    /** Whether files of the file system that holds {@code file} can share space: {@link FileExtents#shareFrom}. */
    default boolean sharesExtents(StoreFile file) {
        return false;
    }

    /**
     * A feed of the names that come and go in its directories, to be closed by the caller; empty where there is none.
     */
    default Optional<DirectoryFeed> openFeed() {
        return Optional.empty();
    }

    @Override
    void close();

    /** Takes the names of a directory. */
    interface NameVisitor {
        /**
         * Takes one name.
         *
         * @param type as the directory tells it, or UNKNOWN
         * @return false to stop
         */
        boolean visit(String name, StoreStat.Type type);
    }
}

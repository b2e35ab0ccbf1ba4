package org.smbd.vfs.store;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.smbd.core.type.PosixIdentity;

/**
 * An open file or directory of the host. Safe for use by several threads; acts with the identity it was opened with.
 */
public interface StoreFile extends AutoCloseable {
    /** Whose identity it acts with. */
    PosixIdentity who();

    /** Whether it may have been found by a way with links in it: {@link Volume#canonical} tells the one without. */
    default boolean throughLinks() {
        return true;
    }

    /**
     * The same open file, but acting as the daemon: for what a right of Windows allows and Unix leaves to the owner or
     * the superuser. Shares all else with this one and is not closed by itself.
     */
    default StoreFile asDaemon() {
        return this;
    }

    /** Facts, as they are now. */
    StoreStat stat();

    /** Reads up to the limit of {@code target}; returns the count, 0 at the end of the file. */
    int read(ByteBuffer target, long offset);

    /**
     * As {@link #read}, but only if the bytes are in memory.
     *
     * @return -1 if it would have to wait for a device, or may have to; the content of {@code target} is then undefined
     */
    default int readNow(ByteBuffer target, long offset) {
        return -1;
    }

    /** Writes all that remains in {@code source}; returns the count. DISK_FULL, DISK_QUOTA_EXCEEDED, ... */
    int write(ByteBuffer source, long offset);

    /** Cuts or extends (with a hole) to {@code sizeBytes}. */
    void truncate(long sizeBytes);

    /** Reserves space up to {@code sizeBytes} without changing the size, where the host can; else does nothing. */
    void allocate(long sizeBytes);

    /** Data and what is needed to read it back are on stable storage; with {@code metadata} times and modes, too. */
    void sync(boolean metadata);

    /** Sets access and modification time in FILETIME ticks; 0 leaves one as it is. */
    void setTimes(long lastAccessTime, long lastWriteTime);

    /** Sets the permission bits. */
    void setMode(int mode);

    /** Sets owner and group; -1 leaves one as it is. */
    void setOwner(int uid, int gid);

    /** An extended attribute by its full name ({@code user.DOSATTRIB}); empty if absent or not supported. */
    Optional<byte[]> attribute(String name);

    /** Sets an extended attribute; NOT_SUPPORTED where the host has none. */
    void setAttribute(String name, byte[] value);

    /** Removes an extended attribute; nothing happens if there is none. */
    void removeAttribute(String name);

    /** Where it points to, as the host has it, if it is a symbolic link. */
    default Optional<String> linkTarget() {
        return Optional.empty();
    }

    /** Its data by ranges; what they do without host support, they do by reading and writing. */
    default FileExtents extents() {
        return new PlainExtents(this);
    }

    /** Locks of it that other programs see, none yet; empty where the host has no such locks. */
    default Optional<HostLocks> openLocks() {
        return Optional.empty();
    }

    /** Its extended attributes for the daemon's own use: the user's rights are not asked for. */
    ExtendedAttributes extendedAttributes();

    /** The file of the host that holds it: itself, but for a named stream. */
    default StoreFile host() {
        return this;
    }

    @Override
    void close();
}

package org.smbd.vfs.store;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.FileTime;
import org.smbd.core.type.PosixIdentity;

/** An open file of a {@link PosixVolume}: a descriptor, with O_PATH for {@link StoreAccess#METADATA}. */
final class PosixFile implements StoreFile {
    /** Most bytes of one read or write call. */
    private static final int STEP_BYTES = 256 * 1024;

    private static final long UTIME_OMIT = 0x3ffffffe;

    /** Whether it can be known that data are in memory. */
    private enum Presence {
        /** The kernel tells, as far as is known. */
        TOLD,
        /** The kernel does not tell: it depends on the file system, which nobody has looked at. */
        UNKNOWN,
        ALWAYS,
        NEVER_SURE
    }

    private final Posix posix;
    private final Identities identities;
    private final PosixIdentity who;
    private final String path;
    private final StoreAccess access;
    private final boolean throughLinks;
    /** Its own, until it is {@linkplain #share shared}. */
    private Descriptor descriptor;

    private SyncResult syncResult = new SyncResult();
    private Optional<DescriptorTable.Use> use = Optional.empty();
    private volatile Presence presence = Presence.TOLD;
    private final AtomicBoolean closed = new AtomicBoolean();
    /** A descriptor has one position in its directory. */
    final ReentrantLock listing = new ReentrantLock();

    /**
     * Takes over {@code fd}.
     *
     * @param path for messages
     * @param throughLinks whether there was a link on the way to it
     */
    PosixFile(
            Posix posix,
            Identities identities,
            PosixIdentity who,
            String path,
            StoreAccess access,
            int fd,
            boolean throughLinks) {
        this.posix = posix;
        this.identities = identities;
        this.who = who;
        this.path = path;
        this.access = access;
        this.throughLinks = throughLinks;
        this.descriptor = new Descriptor(posix, fd);
    }

    /**
     * Takes part in the descriptor that others have of the same file, and gives up its own. Called once, before several
     * threads see it.
     */
    void share(DescriptorTable table, FileKey key) {
        DescriptorTable.Use joined = table.join(key, access, descriptor, syncResult);
        Descriptor own = descriptor;
        descriptor = joined.descriptor();
        syncResult = joined.syncResult();
        use = Optional.of(joined);
        if (!own.equals(descriptor)) {
            own.close();
        }
    }

    private PosixFile(PosixFile other, PosixIdentity who) {
        this.posix = other.posix;
        this.identities = other.identities;
        this.who = who;
        this.path = other.path;
        this.access = other.access;
        this.throughLinks = other.throughLinks;
        this.descriptor = other.descriptor;
        this.syncResult = other.syncResult;
    }

    @Override
    public StoreFile asDaemon() {
        return new PosixFile(this, Identities.daemon());
    }

    Descriptor descriptor() {
        return descriptor;
    }

    String path() {
        return path;
    }

    @Override
    public PosixIdentity who() {
        return who;
    }

    /** The descriptor, to be given back by {@code descriptor.release()}; FILE_CLOSED if this is closed. */
    private int acquire() {
        if (closed.get()) {
            throw NtStatus.FILE_CLOSED.exception();
        }
        return descriptor.acquire();
    }

    /** A call on the descriptor. */
    interface Call {
        int on(int fd);
    }

    /** Makes a call as the user; returns its result or throws its failure. */
    int asUser(String operation, Call call) {
        return check(operation, tryAsUser(call));
    }

    @Override
    public Optional<String> linkTarget() {
        int fd = acquire();
        try {
            return Optional.ofNullable(posix.readlinkat(fd, new byte[0])).flatMap(HostText::decode);
        } finally {
            descriptor.release();
        }
    }

    @Override
    public FileExtents extents() {
        return new PosixExtents(posix, this);
    }

    int tryAsUser(Call call) {
        identities.become(who);
        return onDescriptor(call);
    }

    int asDaemon(Call call) {
        identities.becomeDaemon();
        return onDescriptor(call);
    }

    private int onDescriptor(Call call) {
        int fd = acquire();
        try {
            return call.on(fd);
        } finally {
            descriptor.release();
        }
    }

    int check(String operation, int result) {
        if (result < 0) {
            throw IoErrors.failure(operation, path, -result);
        }
        return result;
    }

    /** The file by a path that leads to this very descriptor, for calls that take no O_PATH descriptor. */
    static byte[] self(int fd) {
        return HostText.encode("/proc/self/fd/" + fd);
    }

    @Override
    public boolean throughLinks() {
        return throughLinks;
    }

    @Override
    public StoreStat stat() {
        check("stat", onDescriptor(posix::statx));
        return StatxFormat.stat(Scratch.ofThread().result);
    }

    @Override
    public int read(ByteBuffer target, long offset) {
        int total = 0;
        int fd = acquire();
        try {
            if (presence == Presence.UNKNOWN) {
                boolean memory = posix.fstatfs(fd) == 0
                        && FileSystemTypes.isMemory(
                                StatxFormat.space(Scratch.ofThread().result).fileSystemType());
                presence = memory ? Presence.ALWAYS : Presence.NEVER_SURE;
            }
            while (target.hasRemaining()) {
                int count = step(target, true, fd, offset + total);
                if (count == 0) {
                    break;
                }
                total += count;
            }
            return total;
        } finally {
            descriptor.release();
        }
    }

    @Override
    public int readNow(ByteBuffer target, long offset) {
        if (!target.isDirect() || presence == Presence.UNKNOWN || presence == Presence.NEVER_SURE) {
            return -1;
        }
        int total = 0;
        int fd = acquire();
        try {
            long address = Scratch.address(target);
            while (target.hasRemaining()) {
                long to = address + target.position();
                int count = presence == Presence.ALWAYS
                        ? posix.pread(fd, to, target.remaining(), offset + total)
                        : posix.preadNow(fd, to, target.remaining(), offset + total);
                if (count == -Errno.EOPNOTSUPP || count == -Errno.ENOSYS) {
                    presence = Presence.UNKNOWN; // the next read that may wait finds out
                }
                if (count < 0) {
                    return -1; // that read says what is wrong
                }
                if (count == 0) {
                    break;
                }
                target.position(target.position() + count);
                total += count;
            }
            return total;
        } finally {
            descriptor.release();
        }
    }

    @Override
    public int write(ByteBuffer source, long offset) {
        identities.become(who); // quotas and the reserve of root count by user
        int total = 0;
        int fd = acquire();
        try {
            while (source.hasRemaining()) {
                total += step(source, false, fd, offset + total);
            }
            return total;
        } finally {
            descriptor.release();
        }
    }

    private int step(ByteBuffer buffer, boolean read, int fd, long offset) {
        if (!buffer.isDirect()) {
            return stepByScratch(buffer, read, fd, offset);
        }
        int wanted = Math.min(buffer.remaining(), STEP_BYTES);
        long address = Scratch.address(buffer) + buffer.position();
        int count = transfer(read, fd, address, wanted, offset);
        buffer.position(buffer.position() + count);
        return count;
    }

    private int stepByScratch(ByteBuffer buffer, boolean read, int fd, long offset) {
        Scratch scratch = Scratch.ofThread();
        int wanted = Math.min(buffer.remaining(), scratch.result.capacity());
        ByteBuffer copy = scratch.result.duplicate().clear().limit(wanted);
        if (!read) {
            copy.put(buffer.duplicate().limit(buffer.position() + wanted)).flip();
        }
        int count = transfer(read, fd, scratch.resultAddress, wanted, offset);
        if (read) {
            buffer.put(copy.limit(count));
        } else {
            buffer.position(buffer.position() + count);
        }
        return count;
    }

    private int transfer(boolean read, int fd, long address, int count, long offset) {
        return read
                ? check("read", posix.pread(fd, address, count, offset))
                : check("write", posix.pwrite(fd, address, count, offset));
    }

    @Override
    public void truncate(long sizeBytes) {
        asUser("truncate", fd -> posix.ftruncate(fd, sizeBytes));
    }

    @Override
    public void allocate(long sizeBytes) {
        if (sizeBytes == 0) {
            return;
        }
        int result = tryAsUser(fd -> posix.fallocate(fd, OpenFlags.FALLOC_FL_KEEP_SIZE, 0, sizeBytes));
        if (result != -Errno.EOPNOTSUPP && result != -Errno.ENOSYS) {
            check("allocate", result);
        }
    }

    @Override
    public void sync(boolean metadata) {
        if (access == StoreAccess.METADATA) {
            return; // nothing was written through it
        }
        syncResult.check();
        int result = onDescriptor(metadata ? posix::fsync : posix::fdatasync);
        if (result < 0) {
            throw syncResult.failed(IoErrors.failure("sync", path, -result));
        }
    }

    @Override
    public void setTimes(long lastAccessTime, long lastWriteTime) {
        Call call = fd -> posix.utimens(
                self(fd),
                FileTime.unixSeconds(lastAccessTime),
                lastAccessTime == 0 ? UTIME_OMIT : FileTime.unixNanos(lastAccessTime),
                FileTime.unixSeconds(lastWriteTime),
                lastWriteTime == 0 ? UTIME_OMIT : FileTime.unixNanos(lastWriteTime));
        int result = tryAsUser(call);
        if (result == -Errno.EPERM && mayWrite()) {
            result = asDaemon(call); // Windows asks for a right to write, Unix for the owner
        }
        check("utimes", result);
    }

    /** A second descriptor of the same file. */
    PosixFile reopen(int flags, StoreAccess newAccess) {
        int fd = asUser("open", self -> posix.openat(OpenFlags.AT_FDCWD, self(self), flags, 0));
        return new PosixFile(posix, identities, who, path, newAccess, fd, throughLinks);
    }

    /** The same for reading, whatever the user may: {@link Volume#isEmpty}. */
    PosixFile reopenAsDaemon(int flags) {
        int fd = check("open", asDaemon(self -> posix.openat(OpenFlags.AT_FDCWD, self(self), flags, 0)));
        return new PosixFile(posix, identities, who, path, StoreAccess.READ, fd, throughLinks);
    }

    /** Whether the user may write data, which Unix takes as the right to write attributes. */
    private boolean mayWrite() {
        int fd = tryAsUser(self -> posix.openat(
                OpenFlags.AT_FDCWD,
                self(self),
                OpenFlags.O_WRONLY | OpenFlags.O_NONBLOCK | OpenFlags.O_NOCTTY | OpenFlags.O_CLOEXEC,
                0));
        if (fd >= 0) {
            posix.close(fd);
        }
        return fd >= 0;
    }

    @Override
    public void setMode(int mode) {
        asUser("chmod", fd -> access == StoreAccess.METADATA ? posix.chmod(self(fd), mode) : posix.fchmod(fd, mode));
    }

    @Override
    public void setOwner(int uid, int gid) {
        check("chown", asDaemon(fd -> posix.fchown(fd, uid, gid)));
    }

    @Override
    public Optional<byte[]> attribute(String name) {
        byte[] key = HostText.encode(name);
        Scratch scratch = Scratch.ofThread();
        Call call = fd -> access == StoreAccess.METADATA
                ? posix.getxattr(self(fd), key, scratch.resultAddress, scratch.result.capacity())
                : posix.fgetxattr(fd, key, scratch.resultAddress, scratch.result.capacity());
        int length = tryAsUser(call);
        if (length == -Errno.EACCES && isOwn(name)) {
            length = asDaemon(call); // facts of a file are shown to whom may not read it, too
        }
        if (length == -Errno.ENODATA || length == -Errno.EOPNOTSUPP) {
            return Optional.empty();
        }
        byte[] value = new byte[check("getxattr", length)];
        scratch.result.get(0, value);
        return Optional.of(value);
    }

    @Override
    public void setAttribute(String name, byte[] value) {
        byte[] key = HostText.encode(name);
        ByteBuffer bytes = ByteBuffer.allocateDirect(value.length).put(value);
        change("setxattr", name, fd -> posix.setxattr(self(fd), key, bytes));
    }

    @Override
    public void removeAttribute(String name) {
        byte[] key = HostText.encode(name);
        change("removexattr", name, fd -> {
            int result = posix.removexattr(self(fd), key);
            return result == -Errno.ENODATA || result == -Errno.EOPNOTSUPP ? 0 : result;
        });
    }

    @Override
    public Optional<HostLocks> openLocks() {
        int common = OpenFlags.O_NONBLOCK | OpenFlags.O_NOCTTY | OpenFlags.O_CLOEXEC;
        int fd = asDaemon(self -> posix.openat(OpenFlags.AT_FDCWD, self(self), OpenFlags.O_RDWR | common, 0));
        if (fd >= 0) {
            return Optional.of(new PosixLocks(posix, fd, true, path));
        }
        fd = asDaemon(self -> posix.openat(OpenFlags.AT_FDCWD, self(self), OpenFlags.O_RDONLY | common, 0));
        return fd >= 0 ? Optional.of(new PosixLocks(posix, fd, false, path)) : Optional.empty();
    }

    @Override
    public ExtendedAttributes extendedAttributes() {
        return new PosixAttributes(posix, this::asDaemon, path);
    }

    /** Unix ties these attributes to the right to write data; the owner of a read-only file may change facts, too. */
    private void change(String operation, String name, Call call) {
        int result = tryAsUser(call);
        if (result == -Errno.EACCES && isOwn(name) && stat().uid() == who.uid()) {
            result = asDaemon(call);
        }
        check(operation, result);
    }

    private static boolean isOwn(String name) {
        return name.equals(XattrAttributeStore.DOSATTRIB)
                || name.equals(XattrAttributeStore.CHANGE_TIME)
                || name.equals(XattrAttributeStore.OBJECT_ID)
                || name.equals(XattrAttributeStore.REPARSE_POINT);
    }

    /** Where an earlier sync failed, this says so once more: data are lost. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)
                && use.map(DescriptorTable.Use::end).orElseGet(descriptor::close)) {
            syncResult.check();
        }
    }

    /** Its facts; refuses what is neither file nor directory. */
    StoreStat checkedType() {
        StoreStat stat = stat();
        if (stat.type() != StoreStat.Type.FILE && stat.type() != StoreStat.Type.DIRECTORY) {
            throw NtStatus.ACCESS_DENIED.exception();
        }
        return stat;
    }
}

package org.smbd.vfs.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Optional;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.PosixIdentity;

/** An open file of a {@link NioVolume}: a channel for the data, and the path, kept up to date, for the rest. */
final class NioFile implements StoreFile {
    private static final String USER_PREFIX = "user.";

    private final NioVolume volume;
    private final NioStats stats;
    private final PosixIdentity who;
    /** Null for a directory and for {@link StoreAccess#METADATA}. */
    private final FileChannel channel;

    private final SyncResult syncResult = new SyncResult();
    private volatile Path path;
    /** The facts when the last known name went; null while there is a name. */
    private volatile StoreStat nameless;

    NioFile(NioVolume volume, NioStats stats, PosixIdentity who, Path path, FileChannel channel) {
        this.volume = volume;
        this.stats = stats;
        this.who = who;
        this.path = path;
        this.channel = channel;
    }

    Path path() {
        return path;
    }

    /** Told of a rename of {@code from}, which can be a directory above. */
    void moved(Path from, Path to) {
        Path now = path;
        if (nameless == null && now.startsWith(from)) {
            path = now.equals(from) ? to : to.resolve(from.relativize(now));
        }
    }

    /** Told that {@code gone} is about to lose its name. */
    void nameRemoved(Path gone) {
        if (nameless == null && path.equals(gone)) {
            try {
                nameless = stats.stat(gone);
            } catch (IOException e) {
                throw IoErrors.failure("stat", gone.toString(), e);
            }
        }
    }

    @Override
    public PosixIdentity who() {
        return who;
    }

    @Override
    public StoreStat stat() {
        StoreStat last = nameless;
        try {
            return last == null ? stats.stat(path) : withoutName(last);
        } catch (IOException e) {
            throw IoErrors.failure("stat", path.toString(), e);
        }
    }

    private StoreStat withoutName(StoreStat last) throws IOException {
        long size = channel == null ? last.size() : channel.size();
        return new StoreStat(
                last.key(),
                last.type(),
                last.mode(),
                last.uid(),
                last.gid(),
                Math.max(0, last.numberOfLinks() - 1),
                size,
                Math.max(last.allocatedBytes(), size),
                last.lastAccessTime(),
                last.lastWriteTime(),
                last.changeTime(),
                last.creationTime());
    }

    @Override
    public int read(ByteBuffer target, long offset) {
        int total = 0;
        try {
            while (target.hasRemaining()) {
                int count = data().read(target, offset + total);
                if (count <= 0) {
                    break;
                }
                total += count;
            }
            return total;
        } catch (IOException e) {
            throw IoErrors.failure("read", path.toString(), e);
        }
    }

    @Override
    public int write(ByteBuffer source, long offset) {
        int total = 0;
        try {
            while (source.hasRemaining()) {
                total += data().write(source, offset + total);
            }
            return total;
        } catch (IOException e) {
            throw IoErrors.failure("write", path.toString(), e);
        }
    }

    @Override
    public void truncate(long sizeBytes) {
        try {
            FileChannel data = data();
            if (sizeBytes <= data.size()) {
                data.truncate(sizeBytes);
            } else {
                data.write(ByteBuffer.wrap(new byte[1]), sizeBytes - 1); // java.nio extends by writing only
            }
        } catch (IOException e) {
            throw IoErrors.failure("truncate", path.toString(), e);
        }
    }

    @Override
    public void allocate(long sizeBytes) {
        // java.nio has no way to reserve space
    }

    @Override
    public void sync(boolean metadata) {
        if (channel == null) {
            return; // a directory: see Volume.syncDirectory; nothing was written through a METADATA handle
        }
        syncResult.check();
        try {
            channel.force(metadata);
        } catch (IOException e) {
            throw syncResult.failed(IoErrors.failure("sync", path.toString(), e));
        }
    }

    @Override
    public void setTimes(long lastAccessTime, long lastWriteTime) {
        try {
            Files.getFileAttributeView(named(), BasicFileAttributeView.class)
                    .setTimes(fileTime(lastWriteTime), fileTime(lastAccessTime), null);
        } catch (IOException e) {
            throw IoErrors.failure("utimes", path.toString(), e);
        }
    }

    @Override
    public void setMode(int mode) {
        try {
            stats.changeMode(named(), mode);
        } catch (IOException e) {
            throw IoErrors.failure("chmod", path.toString(), e);
        }
    }

    @Override
    public void setOwner(int uid, int gid) {
        try {
            stats.changeOwner(named(), uid, gid);
        } catch (IOException e) {
            throw IoErrors.failure("chown", path.toString(), e);
        }
    }

    @Override
    public Optional<byte[]> attribute(String name) {
        UserDefinedFileAttributeView view = attributes();
        if (view == null || !name.startsWith(USER_PREFIX)) {
            return Optional.empty();
        }
        String shortName = name.substring(USER_PREFIX.length());
        try {
            if (!view.list().contains(shortName)) {
                return Optional.empty();
            }
            ByteBuffer value = ByteBuffer.allocate(view.size(shortName));
            view.read(shortName, value);
            byte[] bytes = new byte[value.flip().remaining()];
            value.get(bytes);
            return Optional.of(bytes);
        } catch (IOException e) {
            int errno = IoErrors.errno(e);
            if (errno == Errno.EOPNOTSUPP) {
                return Optional.empty();
            }
            throw IoErrors.failure("getxattr", path.toString(), errno);
        }
    }

    @Override
    public void setAttribute(String name, byte[] value) {
        UserDefinedFileAttributeView view = attributes();
        if (view == null || !name.startsWith(USER_PREFIX)) {
            throw NtStatus.NOT_SUPPORTED.exception();
        }
        try {
            view.write(name.substring(USER_PREFIX.length()), ByteBuffer.wrap(value));
        } catch (IOException e) {
            throw IoErrors.failure("setxattr", path.toString(), e);
        }
    }

    @Override
    public void removeAttribute(String name) {
        if (attribute(name).isEmpty()) {
            return;
        }
        try {
            attributes().delete(name.substring(USER_PREFIX.length()));
        } catch (IOException e) {
            throw IoErrors.failure("removexattr", path.toString(), e);
        }
    }

    @Override
    public ExtendedAttributes extendedAttributes() {
        return new NioAttributes(this, attributes());
    }

    @Override
    public void close() {
        volume.closed(this);
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                throw IoErrors.failure("close", path.toString(), e);
            }
        }
    }

    /** Null where the file system has no such attributes, or the file no name to reach them by. */
    private UserDefinedFileAttributeView attributes() {
        return nameless == null ? Files.getFileAttributeView(path, UserDefinedFileAttributeView.class) : null;
    }

    private Path named() {
        if (nameless != null) {
            throw NtStatus.FILE_DELETED.exception(); // java.nio changes facts by name only
        }
        return path;
    }

    private FileChannel data() {
        if (channel == null) {
            throw NtStatus.INVALID_DEVICE_REQUEST.exception();
        }
        return channel;
    }

    private static FileTime fileTime(long ticks) {
        return ticks == 0 ? null : FileTime.from(org.smbd.core.type.FileTime.toInstant(ticks));
    }
}

package org.smbd.vfs.stream;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.vfs.store.ExtendedAttributes;
import org.smbd.vfs.store.FileKey;
import org.smbd.vfs.store.StoreFile;

/**
 * The bytes of one stream, which all its opens share.
 *
 * <p>Its lock is held across I/O: an attribute is changed by reading it and setting it whole, and that must be one step
 * against every other open of the stream. What is in a side file is read and written under the shared side of the lock,
 * so in parallel.
 *
 * <p>Each method is given the open file of the host through which it is called.
 */
final class StreamBytes {
    private static final int COPY_BYTES = 64 * 1024;

    private final StreamShelf shelf;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    @GuardedBy("lock")
    private String name;

    /** Under which the table of open streams knows it; changed there, too, by a rename. */
    private volatile FileKey key;

    /** The open side file; null while the stream is in its attribute, or nobody has looked yet. */
    @GuardedBy("lock")
    private StoreFile side;

    @GuardedBy("lock")
    private StreamValue.Aside aside;

    /** Of the stream {@code name}, which need not exist yet. */
    StreamBytes(StreamShelf shelf, FileKey key, String name) {
        this.shelf = shelf;
        this.key = key;
        this.name = name;
    }

    FileKey key() {
        return key;
    }

    /** The name as it is stored. */
    String name() {
        lock.readLock().lock();
        try {
            return name;
        } finally {
            lock.readLock().unlock();
        }
    }

    /** What is done once it is known where the bytes are. */
    private interface Shared {
        long on(StoreFile sideFile, byte[] attribute);
    }

    /** Runs {@code work} under the shared lock: with the side file, or else the bytes of the attribute. */
    private long shared(StoreFile host, Shared work) {
        while (true) {
            lock.readLock().lock();
            try {
                if (side != null) {
                    return work.on(side, null);
                }
                StreamValue value = shelf.value(host, name);
                if (!(value instanceof StreamValue.Aside)) {
                    return work.on(null, shelf.bytes(host, name, value));
                }
            } finally {
                lock.readLock().unlock();
            }
            openSide(host);
        }
    }

    private void openSide(StoreFile host) {
        lock.writeLock().lock();
        try {
            openSideLocked(host);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Opens the side file, if the stream has one. */
    @GuardedBy("lock")
    private void openSideLocked(StoreFile host) {
        if (side != null || !(shelf.value(host, name) instanceof StreamValue.Aside found)) {
            return;
        }
        StreamShelf.Opened opened = shelf.openAside(host, name, found);
        side = opened.file();
        aside = opened.aside();
    }

    long size(StoreFile host) {
        return shared(
                host,
                (sideFile, bytes) ->
                        sideFile == null ? bytes.length : sideFile.stat().size());
    }

    /** Bytes on the medium. */
    long allocatedBytes(StoreFile host) {
        return shared(
                host,
                (sideFile, bytes) -> sideFile == null
                        ? StoredStream.allocationOf(bytes.length)
                        : sideFile.stat().allocatedBytes());
    }

    int read(StoreFile host, ByteBuffer target, long offset) {
        return (int) shared(host, (sideFile, bytes) -> {
            if (sideFile != null) {
                return sideFile.read(target, offset);
            }
            int count = (int) Math.max(0, Math.min(target.remaining(), bytes.length - offset));
            target.put(bytes, (int) Math.min(offset, bytes.length), count);
            return count;
        });
    }

    int write(StoreFile host, ByteBuffer source, long offset) {
        lock.readLock().lock();
        try {
            if (side != null) {
                return side.write(source, offset);
            }
        } finally {
            lock.readLock().unlock();
        }
        lock.writeLock().lock();
        try {
            openSideLocked(host);
            if (side != null) {
                return side.write(source, offset);
            }
            int length = source.remaining();
            byte[] before = shelf.bytes(host, name, shelf.value(host, name));
            long end = offset + length;
            if (end < ExtendedAttributes.VALUE_LENGTH_MAX) {
                byte[] after = Arrays.copyOf(before, (int) Math.max(before.length, end));
                source.duplicate().get(after, (int) offset, length);
                if (shelf.keep(host, name, after)) {
                    source.position(source.limit());
                    return length;
                }
            }
            putAside(host, before, before.length);
            return side.write(source, offset);
        } finally {
            lock.writeLock().unlock();
        }
    }

    void truncate(StoreFile host, long sizeBytes) {
        lock.writeLock().lock();
        try {
            openSideLocked(host);
            if (sizeBytes == 0) {
                takeBack(host, new byte[0]);
                return;
            }
            if (side != null) {
                side.truncate(sizeBytes);
                return;
            }
            byte[] before = shelf.bytes(host, name, shelf.value(host, name));
            boolean fits = sizeBytes < ExtendedAttributes.VALUE_LENGTH_MAX
                    && shelf.keep(host, name, Arrays.copyOf(before, (int) sizeBytes));
            if (!fits) {
                putAside(host, before, (int) Math.min(before.length, sizeBytes));
                side.truncate(sizeBytes);
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Reserves space; what is in an attribute has none to reserve. */
    void allocate(StoreFile host, long sizeBytes) {
        openSide(host);
        lock.readLock().lock();
        try {
            if (side != null) {
                side.allocate(sizeBytes);
            }
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Makes the bytes durable that are not in an attribute. */
    void sync() {
        lock.readLock().lock();
        try {
            if (side != null) {
                side.sync(true);
            }
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Takes a stream that outgrows its attribute to a side file; until the attribute says so nothing has happened. */
    @GuardedBy("lock")
    private void putAside(StoreFile host, byte[] bytes, int length) {
        StreamShelf.Opened opened = shelf.createAside(host);
        try {
            opened.file()
                    .write(
                            ByteBuffer.allocateDirect(length)
                                    .put(bytes, 0, length)
                                    .flip(),
                            0);
            shelf.refer(host, name, opened);
        } catch (SmbException e) {
            opened.file().close();
            shelf.removeAside(opened.aside());
            throw e;
        }
        side = opened.file();
        aside = opened.aside();
    }

    /** Keeps {@code bytes} in the attribute, and no side file any more. */
    @GuardedBy("lock")
    private void takeBack(StoreFile host, byte[] bytes) {
        if (!shelf.keep(host, name, bytes)) {
            throw NtStatus.DISK_FULL.exception();
        }
        if (side != null) {
            side.close();
            shelf.removeAside(aside);
            side = null;
            aside = null;
        }
    }

    /** Keeps the stream under another name. */
    void rename(StoreFile host, String newName, FileKey newKey) {
        lock.writeLock().lock();
        try {
            shelf.rename(host, name, newName);
            closeSideLocked();
            name = newName;
            key = newKey;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Copies the bytes to the default stream of {@code target}, which is empty. */
    void copyTo(StoreFile host, StoreFile target) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(COPY_BYTES);
        long offset = 0;
        while (read(host, buffer.clear(), offset) > 0) {
            offset += target.write(buffer.flip(), offset);
        }
    }

    /** Nobody has it open any more. */
    void close() {
        lock.writeLock().lock();
        try {
            closeSideLocked();
        } finally {
            lock.writeLock().unlock();
        }
    }

    @GuardedBy("lock")
    private void closeSideLocked() {
        if (side != null) {
            StoreFile closing = side;
            side = null;
            aside = null;
            closing.close();
        }
    }
}

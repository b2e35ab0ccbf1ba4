package org.smbd.vfs.stream;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.smbd.core.status.SmbException;
import org.smbd.core.type.FileTime;
import org.smbd.core.type.PosixIdentity;
import org.smbd.vfs.store.ExtendedAttributes;
import org.smbd.vfs.store.FileKey;
import org.smbd.vfs.store.StoreFile;
import org.smbd.vfs.store.StoreStat;

/** An open named stream: its bytes are its own, all else is its file's. */
public final class StreamFile implements StoreFile {
    private static final int COPY_BYTES = 256 * 1024;

    private final StoreFile host;
    private final StreamBytes bytes;
    private final StreamTable table;
    private final AtomicBoolean closed = new AtomicBoolean();
    /** Set when the stream has become the default one: from then on the bytes are the host's. */
    private volatile StoreFile becameDefault;

    StreamFile(StoreFile host, StreamBytes bytes, StreamTable table) {
        this.host = host;
        this.bytes = bytes;
        this.table = table;
    }

    @Override
    public StoreFile host() {
        return host;
    }

    /** The name of the stream as it is stored. */
    public String streamName() {
        return bytes.name();
    }

    /** Renames the stream for all its opens; the new name must be free. */
    public void rename(String newName, FileKey newKey) {
        FileKey oldKey = bytes.key();
        bytes.rename(host, newName, newKey);
        table.move(oldKey, newKey);
    }

    /**
     * Makes the bytes those of the default stream.
     *
     * @param writable the host, open for reading and writing; taken over
     */
    public void becomeDefault(StoreFile writable) {
        writable.truncate(0);
        bytes.copyTo(host, writable);
        becameDefault = writable;
    }

    /** Takes the bytes of the default stream, which is open in the host for reading and writing, and empties that. */
    public void takeDefault() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(COPY_BYTES);
        long offset = 0;
        while (host.read(buffer.clear(), offset) > 0) {
            offset += bytes.write(host, buffer.flip(), offset);
        }
        host.truncate(0);
    }

    @Override
    public PosixIdentity who() {
        return host.who();
    }

    @Override
    public StoreStat stat() {
        StoreStat stat = host.stat();
        if (becameDefault != null) {
            return stat;
        }
        return new StoreStat(
                bytes.key(),
                StoreStat.Type.FILE,
                stat.mode(),
                stat.uid(),
                stat.gid(),
                stat.numberOfLinks(),
                bytes.size(host),
                bytes.allocatedBytes(host),
                stat.lastAccessTime(),
                stat.lastWriteTime(),
                stat.changeTime(),
                stat.creationTime());
    }

    @Override
    public int read(ByteBuffer target, long offset) {
        StoreFile data = becameDefault;
        return data == null ? bytes.read(host, target, offset) : data.read(target, offset);
    }

    @Override
    public int write(ByteBuffer source, long offset) {
        StoreFile data = becameDefault;
        int count = data == null ? bytes.write(host, source, offset) : data.write(source, offset);
        noteModified();
        return count;
    }

    /** MS-FSA 2.1.4.17 Algorithm for Noting That a File Has Been Modified: the times are the file's. */
    private void noteModified() {
        try {
            host.setTimes(0, FileTime.of(Instant.now()));
        } catch (SmbException e) {
            // the bytes are written; that somebody may write and not set times does not make that fail
        }
    }

    @Override
    public void truncate(long sizeBytes) {
        StoreFile data = becameDefault;
        if (data == null) {
            bytes.truncate(host, sizeBytes);
        } else {
            data.truncate(sizeBytes);
        }
        noteModified();
    }

    @Override
    public void allocate(long sizeBytes) {
        bytes.allocate(host, sizeBytes);
    }

    @Override
    public void sync(boolean metadata) {
        bytes.sync();
        StoreFile data = becameDefault;
        (data == null ? host : data).sync(true);
    }

    @Override
    public void setTimes(long lastAccessTime, long lastWriteTime) {
        host.setTimes(lastAccessTime, lastWriteTime);
    }

    @Override
    public void setMode(int mode) {
        host.setMode(mode);
    }

    @Override
    public void setOwner(int uid, int gid) {
        host.setOwner(uid, gid);
    }

    @Override
    public Optional<byte[]> attribute(String name) {
        return host.attribute(name);
    }

    @Override
    public void setAttribute(String name, byte[] value) {
        host.setAttribute(name, value);
    }

    @Override
    public void removeAttribute(String name) {
        host.removeAttribute(name);
    }

    @Override
    public ExtendedAttributes extendedAttributes() {
        return host.extendedAttributes();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            if (table.release(bytes.key())) {
                bytes.close();
            }
        } finally {
            StoreFile data = becameDefault;
            if (data != null) {
                data.close();
            }
            host.close();
        }
    }
}

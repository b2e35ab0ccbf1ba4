package org.smbd.vfs.stream;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.vfs.store.ExtendedAttributes;
import org.smbd.vfs.store.StoreFile;
import org.smbd.vfs.store.StoreStat;

/** Where the streams of a share's files are kept: each has one attribute, which holds it or names its side file. */
final class StreamShelf {
    private static final Logger LOG = LoggerFactory.getLogger(StreamShelf.class);
    private static final int COPY_BYTES = 256 * 1024;

    private final StreamAttributeNames names;
    private final SideFiles sideFiles;
    private final StreamTable table;

    StreamShelf(StreamAttributeNames names, SideFiles sideFiles, StreamTable table) {
        this.names = names;
        this.sideFiles = sideFiles;
        this.table = table;
    }

    /** An open side file and its name. */
    record Opened(StoreFile file, StreamValue.Aside aside) {}

    /** What the attribute of a stream says; FILE_DELETED if it is gone. */
    StreamValue value(StoreFile host, String name) {
        return find(host, name).orElseThrow(NtStatus.FILE_DELETED::exception);
    }

    Optional<StreamValue> find(StoreFile host, String name) {
        return host.extendedAttributes().get(names.attribute(name)).map(StreamValue::decode);
    }

    /** The bytes of a stream that is not in a side file; FILE_CORRUPT_ERROR for what cannot be read. */
    byte[] bytes(StoreFile host, String name, StreamValue value) {
        if (value instanceof StreamValue.Whole whole) {
            return whole.bytes();
        }
        if (value instanceof StreamValue.Spread spread) {
            return gathered(host.extendedAttributes(), name, spread);
        }
        LOG.warn("the stream {} of inode {} is damaged", name, host.stat().key().inode());
        throw NtStatus.FILE_CORRUPT_ERROR.exception();
    }

    /** A part that is missing ends the stream: its writer got no further. */
    private byte[] gathered(ExtendedAttributes attributes, String name, StreamValue.Spread spread) {
        byte[] bytes = spread.beginning();
        for (int number = 1; number <= spread.count(); number++) {
            Optional<byte[]> part = attributes.get(names.extent(number, name));
            if (part.isEmpty()) {
                break;
            }
            int before = bytes.length;
            bytes = Arrays.copyOf(bytes, before + part.get().length);
            System.arraycopy(part.get(), 0, bytes, before, part.get().length);
        }
        return bytes;
    }

    /** Keeps a stream in its attribute; false if it does not fit there. */
    boolean keep(StoreFile host, String name, byte[] bytes) {
        return set(host, name, StreamValue.encode(bytes));
    }

    private boolean set(StoreFile host, String name, byte[] value) {
        ExtendedAttributes attributes = host.extendedAttributes();
        boolean wasSpread = attributes
                .get(names.attribute(name))
                .map(StreamValue::decode)
                .filter(StreamValue.Spread.class::isInstance)
                .isPresent();
        boolean done = attributes.set(names.attribute(name), value);
        if (done && wasSpread) {
            removeExtents(attributes, name);
        }
        return done;
    }

    private void removeExtents(ExtendedAttributes attributes, String name) {
        for (int number = 1; number <= StreamValue.EXTENTS_MAX; number++) {
            attributes.remove(names.extent(number, name));
        }
    }

    /** A new side file for a stream of {@code host}. */
    Opened createAside(StoreFile host) {
        StoreStat stat = host.stat();
        StreamValue.Aside aside = sideFiles.newName(stat);
        return new Opened(sideFiles.create(aside, stat), aside);
    }

    /** From now on the stream is what is in the side file, which becomes durable before. */
    void refer(StoreFile host, String name, Opened opened) {
        opened.file().sync(true);
        sideFiles.syncNames();
        if (!set(host, name, StreamValue.encode(opened.aside()))) {
            throw NtStatus.DISK_FULL.exception();
        }
    }

    /**
     * Opens the side file of a stream. A copy of a file that was made behind the server's back refers to the side file
     * of the original: it gets one of its own now.
     */
    Opened openAside(StoreFile host, String name, StreamValue.Aside found) {
        StoreStat stat = host.stat();
        StoreFile file = find(found).orElseThrow(() -> {
            LOG.error(
                    "the side file of stream {} of inode {} is missing",
                    name,
                    stat.key().inode());
            return NtStatus.FILE_CORRUPT_ERROR.exception();
        });
        if (found.inode() == stat.key().inode()) {
            return new Opened(file, found);
        }
        try (file) {
            Opened own = createAside(host);
            try {
                copy(file, own.file());
                refer(host, name, own);
                return own;
            } catch (SmbException e) {
                own.file().close();
                removeAside(own.aside());
                throw e;
            }
        }
    }

    private static void copy(StoreFile from, StoreFile to) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(COPY_BYTES);
        long offset = 0;
        while (from.read(buffer.clear(), offset) > 0) {
            offset += to.write(buffer.flip(), offset);
        }
        to.truncate(from.stat().size());
    }

    /** A side file is most likely among the share's own, else with another share that shows the same files. */
    private Optional<StoreFile> find(StreamValue.Aside aside) {
        return sideFiles.open(aside).or(() -> table.openAside(aside));
    }

    void removeAside(StreamValue.Aside aside) {
        if (!sideFiles.remove(aside)) {
            table.removeAside(aside);
        }
    }

    /** Size and space of a stream; a damaged one is shown as empty. */
    StoredStream facts(StoreFile host, String name, StreamValue value) {
        if (value instanceof StreamValue.Aside aside) {
            Optional<StoreFile> file = find(aside);
            if (file.isEmpty()) {
                return new StoredStream(name, 0, 0);
            }
            try (StoreFile side = file.get()) {
                StoreStat stat = side.stat();
                return new StoredStream(name, stat.size(), stat.allocatedBytes());
            }
        }
        long size = value instanceof StreamValue.Broken ? 0 : bytes(host, name, value).length;
        return new StoredStream(name, size, StoredStream.allocationOf(size));
    }

    /**
     * Gives a stream another name, in which case at most it was known before. Where the server is stopped in between,
     * both names are there: of a side file both have a name of their own, so that one can go without the other.
     */
    void rename(StoreFile host, String from, String to) {
        StreamValue value = value(host, from);
        StreamValue.Aside old = null;
        byte[] next;
        if (value instanceof StreamValue.Aside aside) {
            Opened opened = openAside(host, from, aside);
            opened.file().close();
            old = opened.aside();
            StreamValue.Aside fresh = sideFiles.newName(host.stat());
            sideFiles.link(old, fresh);
            next = StreamValue.encode(fresh);
        } else {
            next = StreamValue.encode(bytes(host, from, value));
        }
        ExtendedAttributes attributes = host.extendedAttributes();
        if (!attributes.set(names.attribute(to), next)) {
            throw NtStatus.DISK_FULL.exception();
        }
        attributes.remove(names.attribute(from));
        removeExtents(attributes, from);
        if (old != null) {
            removeAside(old);
        }
    }

    /** Removes a stream; OBJECT_NAME_NOT_FOUND if it is not there. */
    void remove(StoreFile host, String name) {
        StreamValue value = find(host, name).orElseThrow(NtStatus.OBJECT_NAME_NOT_FOUND::exception);
        ExtendedAttributes attributes = host.extendedAttributes();
        attributes.remove(names.attribute(name));
        if (value instanceof StreamValue.Spread) {
            removeExtents(attributes, name);
        }
        if (value instanceof StreamValue.Aside aside
                && aside.inode() == host.stat().key().inode()) {
            removeAside(aside);
        }
    }
}

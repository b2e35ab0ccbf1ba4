package org.smbd.vfs.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.core.type.PosixIdentity;
import org.smbd.vfs.name.CaseFold;
import org.smbd.vfs.store.FileKey;
import org.smbd.vfs.store.StoreFile;
import org.smbd.vfs.store.StoreStat;
import org.smbd.vfs.store.Volume;

/**
 * The named streams of the files of one share. MS-FSA 2.1.1.3 Per File, StreamList.
 *
 * <p>Names are matched without case, as those of files. Rights are the caller's affair.
 */
public final class StreamStore implements AutoCloseable {
    private final boolean served;
    private final StreamAttributeNames names;
    private final SideFiles sideFiles;
    private final StreamShelf shelf;
    private final StreamTable table;

    /**
     * For the files of {@code volume}, which has no streams where its host has no extended attributes.
     *
     * @param table of the process
     * @param previous whether this is a previous version of a share: its side files are nobody else's
     */
    public StreamStore(
            StreamOptions options, Volume volume, PosixIdentity daemon, StreamTable table, boolean previous) {
        this.served = options.served() && volume.capabilities().extendedAttributes();
        this.names = new StreamAttributeNames(options);
        this.sideFiles = new SideFiles(volume, daemon);
        this.table = table;
        this.shelf = new StreamShelf(names, sideFiles, table);
        if (!previous) {
            table.add(sideFiles);
        }
    }

    /** Whether files have named streams at all. */
    public boolean isServed() {
        return served;
    }

    /** The key of a stream of the file {@code host}. */
    public static FileKey key(StoreStat host, String stream) {
        return new FileKey(host.key().device(), host.key().inode(), CaseFold.fold(stream));
    }

    /** All named streams of a file or directory. */
    public List<StoredStream> list(StoreFile host) {
        List<StoredStream> streams = new ArrayList<>();
        for (String name : names(host)) {
            shelf.find(host, name).ifPresent(value -> streams.add(shelf.facts(host, name, value)));
        }
        return streams;
    }

    private List<String> names(StoreFile host) {
        if (!served) {
            return List.of();
        }
        return host.extendedAttributes().names().stream()
                .flatMap(attribute -> names.stream(attribute).stream())
                .toList();
    }

    /** The stored name of a stream that a client calls {@code stream}; empty if there is none. */
    public Optional<String> find(StoreFile host, String stream) {
        if (!served) {
            return Optional.empty();
        }
        if (shelf.find(host, stream).isPresent()) {
            return Optional.of(stream);
        }
        return names(host).stream()
                .filter(name -> CaseFold.isSame(name, stream))
                .findFirst();
    }

    /** Makes an empty stream; DISK_FULL where the host has no room for its attribute. */
    public void create(StoreFile host, String stream) {
        if (!served) {
            throw NtStatus.OBJECT_NAME_INVALID.exception();
        }
        if (!shelf.keep(host, stream, new byte[0])) {
            throw NtStatus.DISK_FULL.exception();
        }
    }

    /**
     * Opens a stream that is there.
     *
     * @param host taken over: closed with the stream
     */
    public StreamFile open(StoreFile host, String stream) {
        FileKey key = key(host.stat(), stream);
        return new StreamFile(host, table.acquire(key, new StreamBytes(shelf, key, stream)), table);
    }

    /** Size of a stream in bytes. */
    public long size(StoreFile host, String stream) {
        return shelf.facts(host, stream, shelf.value(host, stream)).sizeBytes();
    }

    /** Removes a stream; OBJECT_NAME_NOT_FOUND if it is not there. */
    public void remove(StoreFile host, String stream) {
        shelf.remove(host, stream);
    }

    /**
     * What a file leaves behind when it is deleted; to be asked while it is still there.
     *
     * @param host taken over
     */
    public Remains remains(StoreFile host) {
        try {
            List<StreamValue.Aside> asides = new ArrayList<>();
            long inode = host.stat().key().inode();
            for (String name : names(host)) {
                if (shelf.find(host, name).orElse(null) instanceof StreamValue.Aside aside && aside.inode() == inode) {
                    asides.add(aside);
                }
            }
            return new Remains(host, asides);
        } catch (SmbException e) {
            host.close();
            throw e;
        }
    }

    /** The side files of a file that is about to be deleted. */
    public final class Remains implements AutoCloseable {
        private final StoreFile host;
        private final List<StreamValue.Aside> asides;

        private Remains(StoreFile host, List<StreamValue.Aside> asides) {
            this.host = host;
            this.asides = asides;
        }

        /** Removes them if the file is gone: it can have another name, or have been moved to a recycle bin. */
        public void remove() {
            if (!asides.isEmpty() && host.stat().numberOfLinks() == 0) {
                asides.forEach(shelf::removeAside);
            }
        }

        @Override
        public void close() {
            host.close();
        }
    }

    @Override
    public void close() {
        table.remove(sideFiles);
    }
}

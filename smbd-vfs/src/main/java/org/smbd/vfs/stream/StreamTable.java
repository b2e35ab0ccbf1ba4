package org.smbd.vfs.stream;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.smbd.vfs.store.FileKey;
import org.smbd.vfs.store.StoreFile;

/** The named streams that are open, and the places of side files: one table for all shares of the process. */
public final class StreamTable {
    private record Entry(StreamBytes bytes, int opens) {}

    private final ConcurrentMap<FileKey, Entry> entries = new ConcurrentHashMap<>();
    /** Shares can show the same files, so what one of them has put aside another one must find. */
    private final List<SideFiles> places = new CopyOnWriteArrayList<>();

    void add(SideFiles place) {
        places.add(place);
    }

    void remove(SideFiles place) {
        places.remove(place);
    }

    /** Opens a side file, wherever it is. */
    Optional<StoreFile> openAside(StreamValue.Aside aside) {
        for (SideFiles place : places) {
            Optional<StoreFile> file = place.open(aside);
            if (file.isPresent()) {
                return file;
            }
        }
        return Optional.empty();
    }

    /** Removes a side file, wherever it is. */
    void removeAside(StreamValue.Aside aside) {
        places.forEach(place -> place.remove(aside));
    }

    /** What all opens of a stream share, {@code fresh} if this is the first one. To be given back. */
    StreamBytes acquire(FileKey key, StreamBytes fresh) {
        return entries.compute(
                        key,
                        (k, there) -> there == null ? new Entry(fresh, 1) : new Entry(there.bytes(), there.opens() + 1))
                .bytes();
    }

    /** Gives back; true if that was the last open. */
    boolean release(FileKey key) {
        return entries.computeIfPresent(
                        key, (k, there) -> there.opens() == 1 ? null : new Entry(there.bytes(), there.opens() - 1))
                == null;
    }

    /** The stream has another name. */
    void move(FileKey from, FileKey to) {
        Entry entry = entries.remove(from);
        if (entry != null) {
            entries.put(to, entry);
        }
    }
}

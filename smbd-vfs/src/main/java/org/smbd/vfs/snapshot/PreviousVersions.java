package org.smbd.vfs.snapshot;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.vfs.FileService;

/**
 * The previous versions of one share: MS-SMB2 3.3.1.6 Per Share, Share.SnapshotList. A service of a snapshot is made
 * when somebody first opens something in it, and kept while the snapshot is there.
 */
public final class PreviousVersions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PreviousVersions.class);

    /** Serves the directory of a snapshot, read-only. */
    @FunctionalInterface
    public interface Opener {
        FileService open(Path root) throws IOException;
    }

    private final SnapshotFinder finder;
    private final Opener opener;
    private final ConcurrentMap<Path, FileService> services = new ConcurrentHashMap<>();
    private volatile NavigableMap<Long, Path> known = new TreeMap<>();

    /**
     * The versions of the share at {@code root}.
     *
     * @throws IllegalArgumentException with a reason, if the options name no time
     */
    public PreviousVersions(Path root, SnapshotOptions options, Opener opener) {
        this.finder = new SnapshotFinder(root, options);
        this.opener = opener;
    }

    /** When they were made, newest first, in FILETIME ticks; looks again. */
    public List<Long> times() {
        known = finder.find();
        return List.copyOf(known.keySet());
    }

    /** The share as it was at exactly that time. */
    public Optional<FileService> at(long time) {
        if (!known.containsKey(time)) {
            known = finder.find();
        }
        return Optional.ofNullable(known.get(time)).flatMap(this::service);
    }

    private Optional<FileService> service(Path root) {
        FileService service = services.get(root);
        if (service != null) {
            return Optional.of(service);
        }
        FileService opened;
        try {
            opened = opener.open(root);
        } catch (IOException gone) {
            LOG.info("{}: this previous version cannot be served: {}", root, gone.toString());
            return Optional.empty();
        }
        FileService first = services.putIfAbsent(root, opened);
        if (first != null) { // another client was faster
            opened.close();
        }
        return Optional.of(first == null ? opened : first);
    }

    @Override
    public void close() {
        services.values().forEach(FileService::close);
        services.clear();
    }
}

package org.smbd.vfs.snapshot;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.core.type.FileTime;
import org.smbd.vfs.store.Identities;

/** Finds the snapshots of a share on the host, as the daemon. Blocks on the disk. */
final class SnapshotFinder {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotFinder.class);
    /** What snapper writes is a tenth of it. */
    private static final int INFO_BYTES_MAX = 64 * 1024;

    private static final Pattern SNAPPER_DATE =
            Pattern.compile("<date>\\s*(\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2})\\s*</date>");
    private static final DateTimeFormatter SNAPPER_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private final Path root;
    private final SnapshotOptions options;
    private final Optional<SnapshotFormat> format;

    /**
     * A finder for one share.
     *
     * @param root the share's directory
     */
    SnapshotFinder(Path root, SnapshotOptions options) {
        this.root = root;
        this.options = options;
        this.format = options.layout() == SnapshotOptions.Layout.NAMED
                ? Optional.of(SnapshotFormat.of(options))
                : Optional.empty();
    }

    /** The share's directory in each snapshot, by its time in FILETIME ticks, newest first. */
    NavigableMap<Long, Path> find() {
        NavigableMap<Long, Path> found = new TreeMap<>(Comparator.reverseOrder());
        Identities.restore(); // what users may see there is asked when they open it
        try {
            Path share = root.toRealPath();
            Path mountPoint = options.mountPoint().filter(share::startsWith).orElseGet(() -> mountPoint(share));
            Path base = options.base().filter(share::startsWith).orElse(mountPoint);
            Path inSnapshot = options.sharePath()
                    .map(path -> share.getFileSystem().getPath(path))
                    .orElseGet(() -> base.relativize(share));
            try (DirectoryStream<Path> names = Files.newDirectoryStream(mountPoint.resolve(options.directory()))) {
                for (Path snapshot : names) {
                    time(snapshot)
                            .ifPresent(
                                    time -> add(found, time, content(snapshot).resolve(inSnapshot)));
                }
            }
        } catch (NoSuchFileException none) {
            LOG.debug("{}: no snapshots: {}", root, none.getMessage());
        } catch (IOException | java.nio.file.DirectoryIteratorException unreadable) {
            LOG.warn("{}: its snapshots cannot be listed: {}", root, unreadable.toString());
        }
        return found;
    }

    private static void add(NavigableMap<Long, Path> found, Instant time, Path directory) {
        if (Files.isDirectory(directory)) {
            found.put(FileTime.of(time), directory);
        }
    }

    private Path content(Path snapshot) {
        return options.layout() == SnapshotOptions.Layout.SNAPPER ? snapshot.resolve("snapshot") : snapshot;
    }

    private Optional<Instant> time(Path snapshot) {
        return format.isPresent()
                ? format.get().parse(snapshot.getFileName().toString())
                : snapperTime(snapshot.resolve("info.xml"));
    }

    private static Optional<Instant> snapperTime(Path info) {
        try {
            if (!Files.isRegularFile(info) || Files.size(info) > INFO_BYTES_MAX) {
                return Optional.empty();
            }
            Matcher date = SNAPPER_DATE.matcher(Files.readString(info));
            return date.find()
                    ? Optional.of(
                            LocalDateTime.parse(date.group(1), SNAPPER_TIME).toInstant(ZoneOffset.UTC))
                    : Optional.empty();
        } catch (IOException | DateTimeException unreadable) {
            LOG.debug("{}: not a snapshot: {}", info, unreadable.toString());
            return Optional.empty();
        }
    }

    /** The highest directory above {@code share} on the same device. */
    private static Path mountPoint(Path share) {
        Path top = share;
        try {
            Object device = Files.getAttribute(share, "unix:dev");
            for (Path above = share.getParent();
                    above != null && device.equals(Files.getAttribute(above, "unix:dev"));
                    above = above.getParent()) {
                top = above;
            }
        } catch (IOException | UnsupportedOperationException unknown) {
            LOG.debug("{}: its mount point cannot be found: {}", share, unknown.toString());
        }
        return top;
    }
}

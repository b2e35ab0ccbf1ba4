package org.smbd.vfs.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smbd.core.type.FileTime;

class SnapshotFinderTest {
    private static final long OLD = FileTime.of(Instant.parse("2015-10-31T19:40:30Z"));
    private static final long NEW = FileTime.of(Instant.parse("2016-01-02T03:04:05Z"));

    @TempDir
    Path mount;

    private Map<Long, Path> find(SnapshotOptions.Layout layout, String directory, String base, String sharePath)
            throws IOException {
        Path share = Files.createDirectories(mount.resolve("data/share"));
        SnapshotOptions options = new SnapshotOptions(
                layout,
                directory,
                Optional.of(mount.toRealPath()),
                Optional.ofNullable(base).map(mount::resolve),
                Optional.ofNullable(sharePath),
                "@GMT-%Y.%m.%d-%H.%M.%S",
                false,
                false,
                Optional.empty(),
                "_GMT");
        return new SnapshotFinder(share, options).find();
    }

    private Path make(String path) throws IOException {
        return Files.createDirectories(mount.resolve(path)).toRealPath();
    }

    @Test
    void snapshotsOfTheMountPointHoldTheShareBelow() throws IOException {
        Path old = make(".snapshots/@GMT-2015.10.31-19.40.30/data/share");
        Path young = make(".snapshots/@GMT-2016.01.02-03.04.05/data/share");
        make(".snapshots/@GMT-2017.01.02-03.04.05/other"); // the share was not there
        make(".snapshots/other/data/share");
        Map<Long, Path> found = find(SnapshotOptions.Layout.NAMED, ".snapshots", null, null);
        assertEquals(Map.of(OLD, old, NEW, young), found);
        assertEquals(List.of(NEW, OLD), List.copyOf(found.keySet()), "the newest comes first");
    }

    @Test
    void snapshotsOfTheShareAreTheShare() throws IOException {
        Path old = make("data/share/.snap/@GMT-2015.10.31-19.40.30");
        assertEquals(Map.of(OLD, old), find(SnapshotOptions.Layout.NAMED, "data/share/.snap", "data/share", null));
    }

    @Test
    void thePlaceInASnapshotCanBeNamed() throws IOException {
        Path old = make(".snapshots/@GMT-2015.10.31-19.40.30/elsewhere");
        assertEquals(Map.of(OLD, old), find(SnapshotOptions.Layout.NAMED, ".snapshots", null, "elsewhere"));
    }

    @Test
    void snapperNumbersItsSnapshots() throws IOException {
        Path old = make(".snapshots/17/snapshot/data/share");
        Files.writeString(
                mount.resolve(".snapshots/17/info.xml"),
                "<?xml version=\"1.0\"?>\n<snapshot>\n  <date>2015-10-31 19:40:30</date>\n</snapshot>\n");
        make(".snapshots/18/snapshot/data/share"); // no info.xml: still being made
        assertEquals(Map.of(OLD, old), find(SnapshotOptions.Layout.SNAPPER, ".snapshots", null, null));
    }

    @Test
    void withoutTheDirectoryThereIsNone() throws IOException {
        assertEquals(Map.of(), find(SnapshotOptions.Layout.NAMED, ".snapshots", null, null));
    }
}

package org.smbd.vfs.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;

/** What volumes on system calls do beyond the rest. */
abstract class PosixVolumeContract extends VolumeContract {
    @BeforeAll
    static void needSystemCalls() {
        Assumptions.assumeTrue(PosixVolume.isSupported());
    }

    @Test
    void specialFilesHaveFactsButNoData() throws IOException, InterruptedException {
        Process mkfifo = new ProcessBuilder("mkfifo", root.resolve("fifo").toString()).start();
        assertEquals(0, mkfifo.waitFor());
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            for (StoreAccess access : List.of(StoreAccess.READ, StoreAccess.WRITE, StoreAccess.READ_WRITE)) {
                assertStatus(NtStatus.ACCESS_DENIED, () -> volume.open(WHO, "fifo", access));
            }
            assertEquals(
                    StoreStat.Type.FIFO, volume.stat(WHO, "fifo").orElseThrow().type());
        });
    }

    @Test
    void aDirectoryThatIsSwappedForALinkNeverLeadsOut() throws Exception {
        volume.createDirectory(WHO, "d", 0755).close();
        make("d/secret", "mine");
        link("trap", "../outside");
        AtomicBoolean stop = new AtomicBoolean();
        AtomicReference<IOException> failure = new AtomicReference<>();
        Thread swapper = new Thread(() -> {
            try {
                Path d = root.resolve("d");
                Path aside = root.resolve("aside");
                while (!stop.get()) {
                    Files.move(d, aside, StandardCopyOption.ATOMIC_MOVE);
                    Files.move(root.resolve("trap"), d, StandardCopyOption.ATOMIC_MOVE);
                    Files.move(d, root.resolve("trap"), StandardCopyOption.ATOMIC_MOVE);
                    Files.move(aside, d, StandardCopyOption.ATOMIC_MOVE);
                }
            } catch (IOException e) {
                failure.set(e);
            }
        });
        swapper.start();
        int served = 0;
        for (int round = 0; round < 3_000; round++) {
            try {
                if (round % 3 == 0) {
                    volume.createFile(WHO, "d/new" + round, StoreAccess.WRITE, 0644)
                            .close();
                } else if (round % 3 == 1) {
                    volume.rename(WHO, "d/secret", "d/secret", true);
                } else {
                    assertEquals("mine", text("d/secret"));
                }
                served++;
            } catch (SmbException e) {
                assertNotEquals(NtStatus.UNEXPECTED_IO_ERROR, e.status());
            }
        }
        stop.set(true);
        swapper.join();
        assertEquals(null, failure.get());
        assertTrue(served > 0);
        assertEquals(List.of("secret"), hostNames(base.resolve("outside")));
    }

    @Test
    void pathsLongerThanOneCallTakesAreServed() {
        String path = "";
        for (int depth = 0; depth < 25; depth++) {
            path = HostPaths.join(path, "n".repeat(200));
            volume.createDirectory(WHO, path, 0755).close();
        }
        make(path + "/file", "deep");
        assertTrue(path.length() > Scratch.PATH_BYTES_MAX);
        assertEquals("deep", text(path + "/file"));
        volume.rename(WHO, path + "/file", path + "/other", false);
        assertEquals(List.of("other"), names(path));
        volume.unlink(WHO, path + "/other"); // java.nio cannot clean that up
        for (; !path.isEmpty(); path = HostPaths.parent(path)) {
            volume.removeDirectory(WHO, path);
        }
    }

    @Test
    void aNameTooLongForTheHostIsInvalid() {
        assertStatus(NtStatus.OBJECT_NAME_INVALID, () -> volume.createDirectory(WHO, "\u20AC".repeat(100), 0755));
        assertStatus(NtStatus.OBJECT_NAME_INVALID, () -> volume.stat(WHO, "x".repeat(5_000)));
        assertStatus(NtStatus.OBJECT_NAME_INVALID, () -> volume.createDirectory(WHO, "x".repeat(5_000), 0755));
    }

    @Test
    void namesThatAreNoTextAreNotShown() throws IOException, InterruptedException {
        make("\u00E4\uD83D\uDE00", "");
        Process touch =
                new ProcessBuilder("sh", "-c", "cd \"$0\" && touch \"$(printf 'bad\\377')\"", root.toString()).start();
        assertEquals(0, touch.waitFor());
        assertEquals(List.of("\u00E4\uD83D\uDE00"), names(""));
    }

    @Test
    void loneSurrogatesAreInvalid() {
        assertStatus(NtStatus.OBJECT_NAME_INVALID, () -> volume.stat(WHO, "\uD800"));
        assertStatus(NtStatus.OBJECT_NAME_INVALID, () -> volume.createDirectory(WHO, "\uDC00", 0755));
    }

    @Test
    void renamingOneNameOfAFileOverAnotherTakesTheFirstAway() {
        make("a", "A");
        volume.link(WHO, "a", "b");
        volume.rename(WHO, "a", "b", true);
        assertEquals(List.of("b"), names(""));
        volume.rename(WHO, "b", "b", true);
        assertEquals("A", text("b"));
    }

    @Test
    void aClosedFileIsNotUsed() {
        make("f", "x");
        StoreFile file = volume.open(WHO, "f", StoreAccess.READ);
        file.close();
        file.close();
        assertStatus(NtStatus.FILE_CLOSED, file::stat);
        assertThrows(SmbException.class, () -> file.read(bytes("x"), 0));
    }

    @Test
    void spaceNamesTheFileSystem() {
        try (StoreFile directory = volume.open(WHO, "", StoreAccess.METADATA)) {
            assertTrue(volume.space(directory).fileSystemType().matches("[a-z0-9]+"));
        }
    }

    @Test
    void allocationReservesSpaceWithoutSize() {
        try (StoreFile file = volume.createFile(WHO, "f", StoreAccess.READ_WRITE, 0644)) {
            assertEquals(0, file.stat().allocatedBytes());
            file.allocate(1 << 20);
            assertEquals(0, file.stat().size());
            assertTrue(file.stat().allocatedBytes() >= 1 << 20);
        }
    }

    @Test
    void theFeedTellsOfEveryChange() throws IOException {
        volume.createDirectory(WHO, "d", 0755).close();
        try (DirectoryFeed feed = volume.openFeed().orElseThrow();
                StoreFile directory = volume.open(WHO, "d", StoreAccess.READ)) {
            int watch = feed.watch(directory);
            Assumptions.assumeTrue(watch >= 0, "a file system that tells of changes");
            Files.createFile(root.resolve("d/a"));
            volume.rename(WHO, "d/a", "d/b", false);
            volume.unlink(WHO, "d/b");
            assertEquals(
                    List.of(
                            new DirectoryFeed.Change(DirectoryFeed.Kind.ADDED, watch, "a"),
                            new DirectoryFeed.Change(DirectoryFeed.Kind.REMOVED, watch, "a"),
                            new DirectoryFeed.Change(DirectoryFeed.Kind.ADDED, watch, "b"),
                            new DirectoryFeed.Change(DirectoryFeed.Kind.REMOVED, watch, "b")),
                    feed.drain());
            assertEquals(List.of(), feed.drain());
            volume.removeDirectory(WHO, "d");
        }
        assertEquals(Optional.empty(), volume.stat(WHO, "d"));
    }
}

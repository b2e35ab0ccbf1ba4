package org.smbd.vfs.recycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smbd.core.type.PosixIdentity;
import org.smbd.vfs.store.Identities;
import org.smbd.vfs.store.Volumes;

class RecycleBinTest {
    private static final Instant NOW = Instant.parse("2030-01-02T03:04:05Z");

    private final PosixIdentity who = Identities.daemon();
    private FileSystem host;
    private Path root;

    @BeforeEach
    void makeRoot() throws IOException {
        host = Jimfs.newFileSystem(
                Configuration.unix().toBuilder().setAttributeViews("posix").build());
        root = Files.createDirectory(host.getPath("/share"));
    }

    @AfterEach
    void dropRoot() throws IOException {
        host.close();
    }

    private static RecycleOptions options(boolean keepTree, boolean versions, boolean touch) {
        return new RecycleOptions(
                ".bin/alice",
                0700,
                0700,
                keepTree,
                versions,
                touch,
                touch,
                1,
                100,
                List.of("*.tmp"),
                List.of("/scratch"),
                List.of("*.log"));
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void unlink(RecycleOptions options, String path) throws IOException {
        try (RecycleBin bin = new RecycleBin(Volumes.open(root, false), options, InstantSource.fixed(NOW))) {
            bin.unlink(who, path);
        }
        assertFalse(Files.exists(root.resolve(path)), path);
    }

    private void assertBinned(String path, String text) throws IOException {
        assertEquals(text, Files.readString(root.resolve(".bin/alice").resolve(path)));
    }

    @Test
    void aDeletedFileIsInTheBin() throws IOException {
        write("a/b.txt", "one");
        unlink(options(false, false, false), "a/b.txt");
        assertBinned("b.txt", "one");
    }

    @Test
    void itKeepsItsDirectoriesIfAskedTo() throws IOException {
        write("a/b/c.txt", "one");
        unlink(options(true, false, false), "a/b/c.txt");
        assertBinned("a/b/c.txt", "one");
    }

    @Test
    void aNameThatIsTakenIsReplaced() throws IOException {
        write("b.txt", "one");
        unlink(options(false, false, false), "b.txt");
        write("b.txt", "two");
        unlink(options(false, false, false), "b.txt");
        assertBinned("b.txt", "two");
        assertFalse(Files.exists(root.resolve(".bin/alice/Copy #1 of b.txt")));
    }

    @Test
    void orGetsANumber() throws IOException {
        for (String text : List.of("one", "two", "three")) {
            write("b.txt", text);
            unlink(options(false, true, false), "b.txt");
        }
        assertBinned("b.txt", "one");
        assertBinned("Copy #1 of b.txt", "two");
        assertBinned("Copy #2 of b.txt", "three");
    }

    @Test
    void someNamesGetNoNumber() throws IOException {
        for (String text : List.of("one", "two")) {
            write("b.LOG", text);
            unlink(options(false, true, false), "b.LOG");
        }
        assertBinned("b.LOG", "two");
        assertFalse(Files.exists(root.resolve(".bin/alice/Copy #1 of b.LOG")));
    }

    @Test
    void whatIsTooShortOrTooLongOrExcludedIsGone() throws IOException {
        for (String path : List.of("empty.txt", "long.txt", "a.tmp", "scratch/a.txt", "scratch/deep/a.txt")) {
            write(path, path.equals("empty.txt") ? "" : path.equals("long.txt") ? "x".repeat(101) : "text");
            unlink(options(false, false, false), path);
        }
        assertFalse(Files.exists(root.resolve(".bin")));
    }

    @Test
    void whatIsDeletedInTheBinIsGone() throws IOException {
        write("b.txt", "one");
        unlink(options(false, true, false), "b.txt");
        unlink(options(false, true, false), ".bin/alice/b.txt");
        try (var left = Files.list(root.resolve(".bin/alice"))) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void aRecycledFileIsTouchedIfAskedTo() throws IOException {
        write("b.txt", "one");
        unlink(options(false, false, true), "b.txt");
        assertEquals(FileTime.from(NOW), Files.getLastModifiedTime(root.resolve(".bin/alice/b.txt")));
    }

    @Test
    void aFileThatCannotBeMovedIsDeleted() throws IOException {
        write(".bin", "in the way");
        write("b.txt", "one");
        unlink(options(false, false, false), "b.txt");
        assertTrue(Files.isRegularFile(root.resolve(".bin")));
    }
}

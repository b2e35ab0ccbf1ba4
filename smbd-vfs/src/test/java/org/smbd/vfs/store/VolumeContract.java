package org.smbd.vfs.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.core.type.FileTime;
import org.smbd.core.type.PosixIdentity;

/** What every volume does. */
abstract class VolumeContract {
    static final PosixIdentity WHO = Identity.ofThisProcess();

    /** Holds {@code share}, the root, and {@code outside}. */
    Path base;

    Path root;
    Volume volume;

    abstract Path makeBase() throws IOException;

    abstract Volume open(Path root, boolean followSymlinks) throws IOException;

    @BeforeEach
    void openVolume() throws IOException {
        base = makeBase();
        root = Files.createDirectory(base.resolve("share"));
        Files.writeString(Files.createDirectory(base.resolve("outside")).resolve("secret"), "secret");
        volume = open(root, true);
    }

    @AfterEach
    void closeVolume() {
        volume.close();
    }

    static void assertStatus(NtStatus expected, Executable call) {
        assertEquals(expected, assertThrows(SmbException.class, call).status());
    }

    static ByteBuffer bytes(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    void make(String path, String text) {
        try (StoreFile file = volume.createFile(WHO, path, StoreAccess.READ_WRITE, 0644)) {
            file.write(bytes(text), 0);
        }
    }

    String text(String path) {
        try (StoreFile file = volume.open(WHO, path, StoreAccess.READ)) {
            return text(file);
        }
    }

    static String text(StoreFile file) {
        ByteBuffer buffer = ByteBuffer.allocateDirect((int) file.stat().size() + 10);
        int count = file.read(buffer, 0);
        byte[] bytes = new byte[count];
        buffer.flip().get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    List<String> names(String path) {
        List<String> names = new ArrayList<>();
        try (StoreFile directory = volume.open(WHO, path, StoreAccess.READ)) {
            volume.list(directory, (name, type) -> names.add(name));
        }
        assertEquals(names.size(), new TreeSet<>(names).size(), "no name twice");
        return List.copyOf(new TreeSet<>(names));
    }

    @Test
    void whatIsWrittenIsReadBack() {
        try (StoreFile file = volume.createFile(WHO, "f", StoreAccess.READ_WRITE, 0640)) {
            assertEquals(5, file.write(bytes("hello"), 0));
            assertEquals(5, file.write(bytes("world"), 6));
            assertEquals("hello\0world", text(file));
            assertEquals(11, file.stat().size());
            assertEquals(StoreStat.Type.FILE, file.stat().type());
            assertEquals(0640, file.stat().mode());
            assertEquals(1, file.stat().numberOfLinks());
            file.sync(true);
        }
    }

    @Test
    void aReadStopsAtTheEndOfTheFile() {
        make("f", "0123456789");
        try (StoreFile file = volume.open(WHO, "f", StoreAccess.READ)) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(8);
            buffer.position(2).limit(6);
            assertEquals(2, file.read(buffer, 8));
            assertEquals(4, buffer.position());
            assertEquals('8', buffer.get(2));
            assertEquals(0, file.read(buffer, 10));
            assertEquals(0, file.read(buffer, 1L << 40));
        }
    }

    @Test
    void readThatMustNotWaitReadsTheSameOrNothing() {
        make("f", "0123456789");
        try (StoreFile file = volume.open(WHO, "f", StoreAccess.READ)) {
            for (int round = 0; round < 3; round++) {
                ByteBuffer now = ByteBuffer.allocateDirect(16).position(3);
                int count = file.readNow(now, 4);
                assertTrue(count == -1 || count == 6, "count " + count);
                if (count == 6) {
                    assertEquals(
                            "456789",
                            StandardCharsets.UTF_8
                                    .decode(now.limit(9).position(3))
                                    .toString());
                    assertEquals(0, file.readNow(ByteBuffer.allocateDirect(4), 10));
                }
                assertEquals(6, file.read(ByteBuffer.allocateDirect(16), 4)); // learns what it can tell
            }
        }
    }

    @Test
    void heapBuffersServeToo() {
        try (StoreFile file = volume.createFile(WHO, "f", StoreAccess.READ_WRITE, 0644)) {
            assertEquals(3, file.write(ByteBuffer.wrap("abcde".getBytes(StandardCharsets.UTF_8), 1, 3), 0));
            ByteBuffer target = ByteBuffer.allocate(4);
            assertEquals(3, file.read(target, 0));
            assertArrayEquals(new byte[] {'b', 'c', 'd', 0}, target.array());
        }
    }

    @Test
    void largeTransfersAreWhole() {
        ByteBuffer source = ByteBuffer.allocateDirect(3_000_001);
        for (int i = 0; i < source.capacity(); i++) {
            source.put(i, (byte) ((i * 31) >> 3));
        }
        try (StoreFile file = volume.createFile(WHO, "f", StoreAccess.READ_WRITE, 0644)) {
            assertEquals(source.capacity(), file.write(source.duplicate(), 7));
            ByteBuffer target = ByteBuffer.allocateDirect(source.capacity());
            assertEquals(source.capacity(), file.read(target, 7));
            assertEquals(source, target.flip());
        }
    }

    @Test
    void truncateCutsAndExtends() {
        make("f", "0123456789");
        try (StoreFile file = volume.open(WHO, "f", StoreAccess.READ_WRITE)) {
            file.truncate(4);
            assertEquals("0123", text(file));
            file.truncate(6);
            assertEquals("0123\0\0", text(file));
            file.allocate(1 << 20);
            assertEquals(6, file.stat().size());
        }
    }

    @Test
    void createCollidesWithAnyName() throws IOException {
        make("f", "old");
        volume.createDirectory(WHO, "d", 0755).close();
        Files.createSymbolicLink(root.resolve("dangling"), root.getFileSystem().getPath("nowhere"));
        for (String name : List.of("f", "d", "dangling")) {
            assertStatus(NtStatus.OBJECT_NAME_COLLISION, () -> volume.createFile(WHO, name, StoreAccess.WRITE, 0644));
            assertStatus(NtStatus.OBJECT_NAME_COLLISION, () -> volume.createDirectory(WHO, name, 0755));
        }
        assertEquals("old", text("f"));
        assertEquals(Optional.empty(), volume.stat(WHO, "dangling"));
    }

    @Test
    void modesAreExactWhateverTheUmask() {
        try (StoreFile file = volume.createFile(WHO, "f", StoreAccess.WRITE, 0666);
                StoreFile directory = volume.createDirectory(WHO, "d", 0777)) {
            assertEquals(0666, file.stat().mode());
            assertEquals(0777, directory.stat().mode());
            file.setMode(0600);
            directory.setMode(0750);
            assertEquals(0600, file.stat().mode());
            assertEquals(0750, directory.stat().mode());
        }
        try (StoreFile file = volume.createFile(WHO, "r", StoreAccess.READ, 0666)) {
            assertEquals(0666, file.stat().mode());
        }
    }

    @Test
    void directoriesAreListedWhole() {
        volume.createDirectory(WHO, "d", 0755).close();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            String name = "name-" + (10_000 + i);
            volume.createFile(WHO, "d/" + name, StoreAccess.WRITE, 0644).close();
            expected.add(name);
        }
        assertEquals(expected, names("d"));
        assertEquals(List.of("d"), names(""));
    }

    @Test
    void theSameDirectoryCanBeListedAgain() {
        make("a", "");
        try (StoreFile directory = volume.open(WHO, "", StoreAccess.READ)) {
            for (int round = 0; round < 2; round++) {
                List<String> names = new ArrayList<>();
                volume.list(directory, (name, type) -> names.add(name));
                assertEquals(List.of("a"), names);
            }
        }
    }

    @Test
    void aVisitorCanStop() {
        make("a", "");
        make("b", "");
        List<String> names = new ArrayList<>();
        try (StoreFile directory = volume.open(WHO, "", StoreAccess.READ)) {
            volume.list(directory, (name, type) -> {
                names.add(name);
                return false;
            });
        }
        assertEquals(1, names.size());
    }

    @Test
    void whatIsMissingIsNotFound() {
        make("f", "");
        assertEquals(Optional.empty(), volume.stat(WHO, "none"));
        assertEquals(Optional.empty(), volume.stat(WHO, "none/none"));
        assertEquals(Optional.empty(), volume.stat(WHO, "f/none"));
        assertStatus(NtStatus.OBJECT_NAME_NOT_FOUND, () -> volume.open(WHO, "none", StoreAccess.READ));
        assertStatus(NtStatus.OBJECT_NAME_NOT_FOUND, () -> volume.open(WHO, "none", StoreAccess.METADATA));
        assertStatus(NtStatus.OBJECT_NAME_NOT_FOUND, () -> volume.unlink(WHO, "none"));
        assertStatus(NtStatus.OBJECT_NAME_NOT_FOUND, () -> volume.removeDirectory(WHO, "none"));
        assertStatus(NtStatus.OBJECT_PATH_NOT_FOUND, () -> volume.open(WHO, "f/none", StoreAccess.READ));
        assertStatus(NtStatus.OBJECT_NAME_NOT_FOUND, () -> volume.rename(WHO, "none", "other", true));
    }

    @Test
    void filesAndDirectoriesAreRemovedEachByItsOwnCall() {
        make("f", "");
        volume.createDirectory(WHO, "d", 0755).close();
        make("d/f", "");
        assertStatus(NtStatus.NOT_A_DIRECTORY, () -> volume.removeDirectory(WHO, "f"));
        assertStatus(NtStatus.FILE_IS_A_DIRECTORY, () -> volume.unlink(WHO, "d"));
        assertStatus(NtStatus.DIRECTORY_NOT_EMPTY, () -> volume.removeDirectory(WHO, "d"));
        volume.unlink(WHO, "d/f");
        volume.removeDirectory(WHO, "d");
        volume.unlink(WHO, "f");
        assertEquals(List.of(), names(""));
    }

    @Test
    void theRootIsNeitherRemovedNorRenamed() {
        assertStatus(NtStatus.ACCESS_DENIED, () -> volume.removeDirectory(WHO, ""));
        assertStatus(NtStatus.ACCESS_DENIED, () -> volume.rename(WHO, "", "x", false));
        assertTrue(volume.stat(WHO, "").orElseThrow().isDirectory());
    }

    @Test
    void renameReplacesOnlyIfTold() {
        make("a", "A");
        make("b", "B");
        assertStatus(NtStatus.OBJECT_NAME_COLLISION, () -> volume.rename(WHO, "a", "b", false));
        assertEquals("B", text("b"));
        volume.rename(WHO, "a", "b", true);
        assertEquals("A", text("b"));
        volume.rename(WHO, "b", "c", false);
        assertEquals(List.of("c"), names(""));
    }

    @Test
    void renameChangesCase() {
        make("name", "x");
        volume.rename(WHO, "name", "NAME", false);
        assertEquals(List.of("NAME"), names(""));
    }

    @Test
    void anOpenFileFollowsItsRename() {
        volume.createDirectory(WHO, "d", 0755).close();
        make("d/a", "A");
        try (StoreFile file = volume.open(WHO, "d/a", StoreAccess.READ_WRITE);
                StoreFile facts = volume.open(WHO, "d/a", StoreAccess.METADATA)) {
            FileKey key = file.stat().key();
            volume.rename(WHO, "d", "e", false);
            volume.rename(WHO, "e/a", "b", false);
            make("e/a", "other");
            assertEquals(key, file.stat().key());
            assertEquals(key, facts.stat().key());
            facts.setMode(0600);
            assertEquals(0600, volume.stat(WHO, "b").orElseThrow().mode());
        }
    }

    @Test
    void anUnlinkedFileGoesOnUntilItsClose() {
        make("f", "text");
        try (StoreFile file = volume.open(WHO, "f", StoreAccess.READ_WRITE)) {
            volume.unlink(WHO, "f");
            file.write(bytes("more"), 4);
            assertEquals("textmore", text(file));
            assertEquals(0, file.stat().numberOfLinks());
        }
        assertEquals(Optional.empty(), volume.stat(WHO, "f"));
    }

    @Test
    void aDirectoryIsNotRenamedIntoItself() {
        volume.createDirectory(WHO, "d", 0755).close();
        assertStatus(NtStatus.INVALID_PARAMETER, () -> volume.rename(WHO, "d", "d/e", false));
    }

    @Test
    void aLinkIsASecondName() {
        make("a", "A");
        volume.link(WHO, "a", "b");
        assertEquals(
                volume.stat(WHO, "a").orElseThrow().key(),
                volume.stat(WHO, "b").orElseThrow().key());
        assertEquals(2, volume.stat(WHO, "a").orElseThrow().numberOfLinks());
        assertStatus(NtStatus.OBJECT_NAME_COLLISION, () -> volume.link(WHO, "a", "b"));
        volume.unlink(WHO, "a");
        assertEquals("A", text("b"));
    }

    @Test
    void timesAreSetEachForItself() {
        make("f", "x");
        long access = FileTime.of(Instant.parse("2001-02-03T04:05:06.1234567Z"));
        long write = FileTime.of(Instant.parse("1999-12-31T23:59:59.0000001Z"));
        try (StoreFile file = volume.open(WHO, "f", StoreAccess.METADATA)) {
            file.setTimes(access, write);
            assertEquals(access, file.stat().lastAccessTime());
            assertEquals(write, file.stat().lastWriteTime());
            file.setTimes(0, write + 10_000_000);
            assertEquals(access, file.stat().lastAccessTime());
            assertEquals(write + 10_000_000, file.stat().lastWriteTime());
        }
        try (StoreFile directory = volume.open(WHO, "", StoreAccess.METADATA)) {
            directory.setTimes(0, write);
            assertEquals(write, directory.stat().lastWriteTime());
        }
    }

    @Test
    void extendedAttributesAreKept() {
        Assumptions.assumeTrue(volume.capabilities().extendedAttributes());
        make("f", "x");
        for (StoreAccess access : List.of(StoreAccess.METADATA, StoreAccess.READ_WRITE)) {
            try (StoreFile file = volume.open(WHO, "f", access)) {
                assertEquals(Optional.empty(), file.attribute("user.x"));
                file.setAttribute("user.x", new byte[] {1, 2, 3});
                assertArrayEquals(new byte[] {1, 2, 3}, file.attribute("user.x").orElseThrow());
                file.setAttribute("user.x", new byte[0]);
                assertArrayEquals(new byte[0], file.attribute("user.x").orElseThrow());
                file.removeAttribute("user.x");
                file.removeAttribute("user.x");
                assertEquals(Optional.empty(), file.attribute("user.x"));
            }
        }
        try (StoreFile directory = volume.open(WHO, "", StoreAccess.METADATA)) {
            directory.setAttribute("user.x", new byte[] {9});
            assertArrayEquals(new byte[] {9}, directory.attribute("user.x").orElseThrow());
        }
    }

    @Test
    void spaceIsReported() {
        try (StoreFile directory = volume.open(WHO, "", StoreAccess.METADATA)) {
            StoreSpace space = volume.space(directory);
            assertTrue(space.unitBytes() > 0);
            assertTrue(space.totalUnits() >= space.freeUnits());
            assertTrue(space.freeUnits() >= space.availableUnits());
            assertEquals(255, space.nameLengthMax());
        }
    }

    @Test
    void directoriesAreMadeDurable() {
        volume.createDirectory(WHO, "d", 0755).close();
        volume.syncDirectory(WHO, "");
        volume.syncDirectory(WHO, "d");
        assertStatus(NtStatus.OBJECT_NAME_NOT_FOUND, () -> volume.syncDirectory(WHO, "none"));
    }

    @Test
    void pathsThatAreNotOfHostNamesAreRefused() {
        for (String path : List.of(
                "..",
                "../outside",
                "../outside/secret",
                "d/../../outside",
                "/etc",
                "/",
                ".",
                "a//b",
                "a/",
                "a/.",
                "a\0b")) {
            assertStatus(NtStatus.OBJECT_NAME_INVALID, () -> volume.stat(WHO, path));
            assertStatus(NtStatus.OBJECT_NAME_INVALID, () -> volume.open(WHO, path, StoreAccess.READ));
            assertStatus(
                    NtStatus.OBJECT_NAME_INVALID, () -> volume.createFile(WHO, path, StoreAccess.READ_WRITE, 0644));
            assertStatus(NtStatus.OBJECT_NAME_INVALID, () -> volume.createDirectory(WHO, path, 0755));
            assertStatus(NtStatus.OBJECT_NAME_INVALID, () -> volume.unlink(WHO, path));
            assertStatus(NtStatus.OBJECT_NAME_INVALID, () -> volume.removeDirectory(WHO, path));
            assertStatus(NtStatus.OBJECT_NAME_INVALID, () -> volume.rename(WHO, path, "x", true));
            assertStatus(NtStatus.OBJECT_NAME_INVALID, () -> volume.rename(WHO, "x", path, true));
            assertStatus(NtStatus.OBJECT_NAME_INVALID, () -> volume.link(WHO, path, "x"));
            assertStatus(NtStatus.OBJECT_NAME_INVALID, () -> volume.link(WHO, "x", path));
        }
    }

    @Test
    void linksWithinTheShareAreFollowed() throws IOException {
        volume.createDirectory(WHO, "d", 0755).close();
        volume.createDirectory(WHO, "d/e", 0755).close();
        make("d/e/f", "text");
        link("relative", "d/e");
        link("absolute", root.toRealPath() + "/d/e");
        link("file", "d/e/f");
        link("d/up", "../d/e");
        link("out-and-in", "../share/d/e");
        link("chain", "relative");
        for (String path : List.of("relative/f", "absolute/f", "file", "d/up/f", "out-and-in/f", "chain/f")) {
            assertEquals("text", text(path), path);
            assertEquals(4, volume.stat(WHO, path).orElseThrow().size());
        }
        make("absolute/new", "new");
        volume.rename(WHO, "absolute/new", "relative/newer", false);
        assertEquals(List.of("f", "newer"), names("chain"));
        volume.unlink(WHO, "file");
        assertEquals("text", text("d/e/f"), "the link goes, not its target");
    }

    @Test
    void linksOutOfTheShareLeadNowhere() throws IOException {
        link("relative", "../outside");
        link("absolute", base.toRealPath() + "/outside");
        link("prefix", root.toRealPath() + "-not");
        link("file", "../outside/secret");
        link("loop", "loop");
        volume.createDirectory(WHO, "d", 0755).close();
        link("d/deep", "../../outside");
        make("mine", "mine");
        for (String path : List.of("relative", "absolute", "prefix", "file", "loop", "d/deep")) {
            assertEquals(Optional.empty(), volume.stat(WHO, path), path);
            assertStatus(NtStatus.OBJECT_NAME_NOT_FOUND, () -> volume.open(WHO, path, StoreAccess.READ));
            assertStatus(NtStatus.OBJECT_NAME_NOT_FOUND, () -> volume.open(WHO, path, StoreAccess.METADATA));
            String below = path + "/secret";
            assertEquals(Optional.empty(), volume.stat(WHO, below), below);
            for (Executable call : List.<Executable>of(
                    () -> volume.open(WHO, below, StoreAccess.READ),
                    () -> volume.createFile(WHO, path + "/new", StoreAccess.READ_WRITE, 0644),
                    () -> volume.createDirectory(WHO, path + "/new", 0755),
                    () -> volume.unlink(WHO, below),
                    () -> volume.removeDirectory(WHO, below),
                    () -> volume.rename(WHO, "mine", path + "/new", true),
                    () -> volume.rename(WHO, below, "theirs", true),
                    () -> volume.link(WHO, "mine", path + "/new"),
                    () -> volume.link(WHO, below, "theirs"),
                    () -> volume.syncDirectory(WHO, path))) {
                NtStatus status = assertThrows(SmbException.class, call).status();
                assertTrue(
                        status == NtStatus.OBJECT_PATH_NOT_FOUND || status == NtStatus.OBJECT_NAME_NOT_FOUND,
                        path + " " + status);
            }
        }
        assertEquals("secret", Files.readString(base.resolve("outside/secret")));
        assertEquals(List.of("outside", "share"), hostNames(base));
        assertEquals(List.of("secret"), hostNames(base.resolve("outside")));
    }

    @Test
    void noLinkIsFollowedWhereTheShareForbidsIt() throws IOException {
        make("f", "text");
        volume.createDirectory(WHO, "d", 0755).close();
        link("file", "f");
        link("directory", "d");
        try (Volume strict = open(root, false)) {
            assertEquals(Optional.empty(), strict.stat(WHO, "file"));
            assertStatus(NtStatus.OBJECT_NAME_NOT_FOUND, () -> strict.open(WHO, "file", StoreAccess.READ));
            assertThrows(SmbException.class, () -> strict.createFile(WHO, "directory/x", StoreAccess.READ_WRITE, 0644));
            assertNotEquals(Optional.empty(), strict.stat(WHO, "f"));
        }
    }

    @Test
    void anOpenDirectoryHasNoData() {
        try (StoreFile directory = volume.open(WHO, "", StoreAccess.READ)) {
            assertThrows(SmbException.class, () -> directory.read(ByteBuffer.allocateDirect(4), 0));
        }
        assertStatus(NtStatus.FILE_IS_A_DIRECTORY, () -> volume.open(WHO, "", StoreAccess.READ_WRITE));
    }

    void link(String path, String target) throws IOException {
        Files.createSymbolicLink(root.resolve(path), root.getFileSystem().getPath(target));
    }

    static List<String> hostNames(Path directory) throws IOException {
        try (var stream = Files.list(directory)) {
            return stream.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}

package org.smbd.vfs.name;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.PosixIdentity;
import org.smbd.vfs.Outcome;
import org.smbd.vfs.store.Volume;

/** What clients see of names, on any volume. */
abstract class IndexedPathResolverContract {
    static final PosixIdentity WHO = PosixIdentity.ROOT; // of no effect where the tests do not run as root

    Path root;
    CountingVolume volume;
    IndexedPathResolver resolver;

    abstract Path makeRoot() throws IOException;

    abstract Volume open(Path root) throws IOException;

    @BeforeEach
    void openResolver() throws IOException {
        root = makeRoot();
        volume = new CountingVolume(open(root));
        resolver = new IndexedPathResolver(volume);
    }

    @AfterEach
    void closeResolver() {
        resolver.close();
        volume.close();
    }

    ResolvedPath resolve(String clientPath) {
        Outcome<ResolvedPath> outcome = resolver.resolve(WHO, clientPath);
        assertInstanceOf(Outcome.Done.class, outcome, clientPath);
        return ((Outcome.Done<ResolvedPath>) outcome).value();
    }

    NtStatus failure(String clientPath) {
        Outcome<ResolvedPath> outcome = resolver.resolve(WHO, clientPath);
        assertInstanceOf(Outcome.Fail.class, outcome, clientPath);
        return ((Outcome.Fail<ResolvedPath>) outcome).status();
    }

    void make(String path) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "x");
    }

    @Test
    void theRootIsTheEmptyPath() {
        ResolvedPath path = resolve("");
        assertEquals("", path.hostPath());
        assertEquals("", path.clientPath());
        assertTrue(path.stat().orElseThrow().isDirectory());
    }

    @Test
    void namesAreFoundInAnyCaseAndShownInTheirOwn() throws IOException {
        make("Some/Deep/File.Txt");
        for (String path : List.of("Some\\Deep\\File.Txt", "some\\deep\\file.txt", "SOME\\Deep\\FILE.TXT")) {
            ResolvedPath found = resolve(path);
            assertEquals("Some/Deep/File.Txt", found.hostPath());
            assertEquals("Some\\Deep\\File.Txt", found.clientPath());
            assertTrue(found.stat().isPresent());
        }
    }

    @Test
    void aMissingLastNameHasThePlaceItWouldGet() throws IOException {
        make("Dir/x");
        ResolvedPath path = resolve("dir\\New");
        assertEquals("Dir", path.hostParent());
        assertEquals("New", path.hostName());
        assertEquals("Dir\\New", path.clientPath());
        assertTrue(path.stat().isEmpty());
    }

    @Test
    void aMissingOrWrongParentIsNoPath() throws IOException {
        make("file");
        assertEquals(NtStatus.OBJECT_PATH_NOT_FOUND, failure("none\\x"));
        assertEquals(NtStatus.OBJECT_PATH_NOT_FOUND, failure("none\\x\\y"));
        assertEquals(NtStatus.OBJECT_PATH_NOT_FOUND, failure("FILE\\x"));
        assertEquals(NtStatus.OBJECT_PATH_NOT_FOUND, failure("file\\x"));
    }

    @Test
    void theExactNameWinsOverOneInOtherCase() throws IOException {
        make("name");
        make("NAME");
        assertEquals("name", resolve("name").hostName());
        assertEquals("NAME", resolve("NAME").hostName());
        assertEquals("NAME", resolve("Name").hostName(), "always the same one");
    }

    @Test
    void changesBehindOurBackAreSeen() throws IOException {
        make("d/one");
        assertEquals("one", resolve("d\\ONE").hostName());
        Files.move(root.resolve("d/one"), root.resolve("d/Two"));
        assertTrue(resolve("d\\ONE").stat().isEmpty());
        assertEquals("Two", resolve("d\\TWO").hostName());
        Files.move(root.resolve("d"), root.resolve("e"));
        assertEquals(NtStatus.OBJECT_PATH_NOT_FOUND, failure("D\\TWO"));
        assertEquals("Two", resolve("E\\two").hostName());
        Files.delete(root.resolve("e/Two"));
        Files.delete(root.resolve("e"));
        make("e/three");
        assertEquals("three", resolve("E\\THREE").hostName());
    }

    @Test
    void randomChangesBehindOurBackAreSeen() throws IOException {
        Random random = new Random(42);
        Set<String> model = new HashSet<>();
        Files.createDirectory(root.resolve("d"));
        for (int round = 0; round < 1_500; round++) {
            String name = "n" + random.nextInt(30);
            Path file = root.resolve("d").resolve(name);
            if (model.add(name)) {
                Files.createFile(file);
            } else if (random.nextBoolean()) {
                Files.delete(file);
                model.remove(name);
            } else {
                String other = "n" + random.nextInt(30);
                Files.move(file, root.resolve("d").resolve(other), StandardCopyOption.REPLACE_EXISTING);
                model.remove(name);
                model.add(other);
            }
            String asked = "n" + random.nextInt(30);
            assertEquals(
                    model.contains(asked),
                    resolve("D\\" + asked.toUpperCase(Locale.ROOT)).stat().isPresent(),
                    asked + " in round " + round);
        }
    }

    @Test
    void charactersOfTheHostThatClientsMayNotUseAreShownAsPrivateOnes() throws IOException {
        make("a:b");
        make("trailing.");
        assertEquals("a\uF022b", resolver.clientName("a:b"));
        assertEquals("trailing\uF029", resolver.clientName("trailing."));
        assertEquals("a:b", resolve("a\uF022b").hostName());
        assertEquals("a:b", resolve("A\uF022B").hostName());
        assertEquals("trailing.", resolve("TRAILING\uF029").hostName());
        assertEquals("new*", resolve("new\uF021").hostName());
        assertEquals("new\uF021", resolve("new\uF021").clientPath());
    }

    @Test
    void aPrivateCharacterThatAnotherServerStoredIsFoundAsItIs() throws IOException {
        make("a\uF022b");
        assertEquals("a\uF022b", resolve("a\uF022b").hostName());
        assertEquals("a\uF022b", resolve("A\uF022B").hostName());
    }

    @Test
    void theWayUpEndsAtTheRoot() throws IOException {
        make("d/x");
        assertEquals("d/x", resolve("d\\..\\d\\x").hostPath());
        assertEquals("", resolve("d\\..").hostPath());
        assertEquals(NtStatus.OBJECT_PATH_SYNTAX_BAD, failure(".."));
        assertEquals(NtStatus.OBJECT_PATH_SYNTAX_BAD, failure("d\\..\\..\\x"));
        assertTrue(resolve("\uF029").stat().isEmpty(), "a dot in disguise");
        assertEquals(".\uF029", resolve(".\uF029").hostName());
    }

    @Test
    void wrongSyntaxIsRefused() {
        assertEquals(NtStatus.INVALID_PARAMETER, failure("\\x"));
        for (String path : List.of(
                "a\\\\b",
                ".",
                "a\\.\\b",
                "a/b",
                "a:b",
                "a:b:$DATA",
                "::$DATA",
                "d\\::$DATA",
                "a*",
                "a?",
                "a<",
                "a>",
                "a|",
                "a\"",
                "a\u0001",
                "a\0",
                "\uD800",
                "\uDC00",
                "\uDC00\uD800",
                "x".repeat(256))) {
            assertEquals(NtStatus.OBJECT_NAME_INVALID, failure(path), path);
        }
        for (String path : List.of("x".repeat(255), "\uD83D\uDE00", "CON", "aux.txt", "a\u0308", "~1", "a b.c d")) {
            assertTrue(resolve(path).stat().isEmpty(), path);
        }
    }

    @Test
    void theDefaultStreamIsTheFile() throws IOException {
        make("d/File");
        assertEquals("d/File", resolve("D\\file::$data").hostPath());
        assertEquals(NtStatus.OBJECT_NAME_INVALID, failure("D::$DATA\\file"));
    }

    @Test
    void aTrailingBackslashIsLeftOut() throws IOException {
        make("d/File");
        assertEquals("d", resolve("D\\").hostPath());
    }
}

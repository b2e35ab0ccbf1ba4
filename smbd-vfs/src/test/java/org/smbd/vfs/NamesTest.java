package org.smbd.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smbd.core.file.CreateDisposition;
import org.smbd.core.file.CreateOptions;
import org.smbd.core.file.FileAttributes;
import org.smbd.core.status.NtStatus;
import org.smbd.vfs.dir.NamePatterns;
import org.smbd.vfs.name.CharacterMap;
import org.smbd.vfs.name.NameOptions;
import org.smbd.vfs.name.ShortNames;
import org.smbd.vfs.store.Volume;
import org.smbd.vfs.store.Volumes;

/** What the parameters about names do: case, short names, mapped characters, vetoed and hidden names. */
class NamesTest extends FileServiceFixture {
    private static final ShortNames ALL_SHORT = new ShortNames(ShortNames.Kind.ALL, 1, ShortNames.Method.HASH2);

    @TempDir
    Path scratch;

    /** The parameters under test, as far as they are not the defaults. */
    private static final class Parameters {
        boolean caseSensitive;
        boolean preserveCase = true;
        boolean shortPreserveCase = true;
        boolean upper;
        ShortNames shortNames = ShortNames.DEFAULT;
        CharacterMap characters = CharacterMap.NONE;
        String veto = "";
        String hide = "";
        boolean deleteVeto;
        boolean hideSpecial;

        NameOptions options() {
            return new NameOptions(
                    caseSensitive,
                    preserveCase,
                    shortPreserveCase,
                    upper,
                    true,
                    shortNames,
                    characters,
                    NamePatterns.of(veto),
                    NamePatterns.of(hide),
                    deleteVeto,
                    hideSpecial,
                    true);
        }
    }

    @Override
    Path makeRoot() throws IOException {
        return scratch.toRealPath();
    }

    @Override
    Volume volume(Path directory) throws IOException {
        return Volumes.open(directory, true);
    }

    @BeforeEach
    void withDefaults() throws IOException {
        reopen(parameters -> parameters);
    }

    private void reopen(UnaryOperator<Parameters> change) throws IOException {
        files.close();
        files = share(ShareOptions.of(root, "test")
                .withNames(change.apply(new Parameters()).options()));
    }

    private List<String> list(String pattern) {
        FileOpen directory = open("", READ).open();
        List<String> names = names(directory, pattern, RESTART);
        files.close(directory);
        names.removeAll(List.of(".", ".."));
        return names;
    }

    private Optional<String> shortName(String path) {
        FileOpen open = open(path, READ).open();
        Optional<String> name = files.queryShortName(open);
        files.close(open);
        return name;
    }

    private void delete(String path) {
        files.close(open(path, DELETE).options(CreateOptions.DELETE_ON_CLOSE).open());
    }

    @Test
    void aShortNameOpensItsFileAndIsListedWithIt() throws IOException {
        reopen(parameters -> {
            parameters.shortNames = ALL_SHORT;
            return parameters;
        });
        make("a rather long name.text", "x");
        String made = shortName("a rather long name.text").orElseThrow();
        assertEquals("x", read(opened(made)));
        assertEquals(
                "a rather long name.text",
                opened(made.toLowerCase(java.util.Locale.ROOT)).path());
        assertEquals(List.of("a rather long name.text"), list(made));
        assertEquals(List.of("a rather long name.text"), list("?*~?.TEX"));
        List<String> shown = new ArrayList<>();
        FileOpen directory = opened("");
        files.queryDirectory(directory, "a*", RESTART, entry -> shown.add(entry.shortName()));
        assertEquals(List.of(made), shown);
        create(made).refusedWith(NtStatus.OBJECT_NAME_COLLISION);
        closeAll();
    }

    private final List<FileOpen> opened = new ArrayList<>();

    private FileOpen opened(String path) {
        FileOpen open = open(path, READ).open();
        opened.add(open);
        return open;
    }

    private void closeAll() {
        opened.forEach(files::close);
    }

    @Test
    void aFileMadeAnewByItsShortNameGetsItsLongNameBack() throws IOException {
        reopen(parameters -> {
            parameters.shortNames = ALL_SHORT;
            return parameters;
        });
        make("a rather long name.text", "x");
        String made = shortName("a rather long name.text").orElseThrow();
        delete(made);
        make(made, "y");
        assertEquals(List.of("a rather long name.text"), list("*"));
    }

    @Test
    void onlyIllegalNamesHaveShortOnesByDefault() throws IOException {
        Files.createFile(root.resolve("what?"));
        make("a rather long name.text", "x");
        assertEquals(Optional.empty(), shortName("a rather long name.text"));
        assertEquals(Optional.of("fits.txt"), madeAndShort("fits.txt"));
        String made = shortName("what\uf025").orElseThrow();
        assertEquals("what\uf025", opened(made).path());
        closeAll();
    }

    private Optional<String> madeAndShort(String name) {
        make(name, "");
        return shortName(name);
    }

    @Test
    void withoutMangledNamesThereAreNone() throws IOException {
        reopen(parameters -> {
            parameters.shortNames = new ShortNames(ShortNames.Kind.NONE, 1, ShortNames.Method.HASH2);
            return parameters;
        });
        assertEquals(Optional.empty(), madeAndShort("a rather long name.text"));
    }

    @Test
    void caseCountsOnACaseSensitiveShare() throws IOException {
        reopen(parameters -> {
            parameters.caseSensitive = true;
            return parameters;
        });
        make("Name", "1");
        make("name", "2");
        open("NAME", READ).refusedWith(NtStatus.OBJECT_NAME_NOT_FOUND);
        assertEquals(List.of("Name"), list("N*"));
        assertEquals(List.of("name"), list("name"));
        assertEquals(0x1, files.queryVolume(opened("")).attributes() & 0x1);
        closeAll();
    }

    @Test
    void newNamesGetTheDefaultCaseWhereTheirsIsNotPreserved() throws IOException {
        reopen(parameters -> {
            parameters.shortPreserveCase = false;
            return parameters;
        });
        make("Short.TXT", "");
        make("A Longer Name.TXT", "");
        assertEquals(List.of("A Longer Name.TXT", "short.txt"), list("*"));
        reopen(parameters -> {
            parameters.preserveCase = false;
            parameters.upper = true;
            return parameters;
        });
        make("Another Long Name.txt", "");
        assertEquals(List.of("ANOTHER LONG NAME.TXT"), list("another*"));
    }

    @Test
    void eitherFormOfAnAccentFindsTheFileButNotANewOne() throws IOException {
        Files.createFile(root.resolve("a\u0308rger"));
        assertEquals("a\u0308rger", opened("\u00e4rger").path());
        assertEquals("a\u0308rger", opened("\u00c4RGER").path());
        make("\u00e4rger", "new");
        assertEquals("\u00e4rger", opened("\u00e4rger").path());
        assertEquals("a\u0308rger", opened("a\u0308rger").path());
        assertEquals(2, list("*").size());
        closeAll();
    }

    @Test
    void charactersAreMappedBothWays() throws IOException {
        reopen(parameters -> {
            parameters.characters = CharacterMap.parse("0x22:0xa8,0x2a:0xa4, 0x3a:0xf7");
            return parameters;
        });
        Files.createFile(root.resolve("a:\"b\""));
        assertEquals(List.of("a\u00f7\u00a8b\u00a8"), list("*"));
        assertEquals("a\u00f7\u00a8b\u00a8", opened("A\u00f7\u00a8B\u00a8").path());
        make("new\u00a4", "");
        assertTrue(Files.exists(root.resolve("new*")));
        closeAll();
    }

    @Test
    void whatWindowsForbidsIsKeptByItsRealNameOnTheHost() throws IOException {
        make("a\uf022b\uf025c ", "1");
        make("dot\uf029", "2");
        assertTrue(Files.exists(root.resolve("a:b?c ")));
        assertTrue(Files.exists(root.resolve("dot.")));
        assertEquals(List.of("a\uf022b\uf025c\uf028", "dot\uf029"), list("*"));
        assertEquals("2", read(opened("dot.")));
        closeAll();
    }

    @Test
    void whatAnotherServerHasKeptInThePrivateAreaIsFound() throws IOException {
        Files.createFile(root.resolve("a\uf022b"));
        assertEquals(List.of("a\uf022b"), list("*"));
        files.close(open("a\uf022b", READ).open());
    }

    @Test
    void aVetoedNameIsNowhere() throws IOException {
        Files.createDirectories(root.resolve("Secret.d/sub"));
        Files.createFile(root.resolve("Secret.d/sub/f"));
        Files.createFile(root.resolve("a.tmp"));
        Files.createFile(root.resolve("plain"));
        reopen(parameters -> {
            parameters.veto = "/*.TMP/secret.d/._*/";
            parameters.shortNames = ALL_SHORT;
            return parameters;
        });
        assertEquals(List.of("plain"), list("*"));
        assertEquals(List.of(), list("a.tmp"));
        for (String name : List.of("a.tmp", "A.Tmp", "Secret.d", "new.tmp", "._x")) {
            for (CreateDisposition disposition : CreateDisposition.values()) {
                with(name, ALL, disposition).refusedWith(NtStatus.OBJECT_NAME_NOT_FOUND);
            }
        }
        open("secret.D\\sub\\f", READ).refusedWith(NtStatus.OBJECT_PATH_NOT_FOUND);
        FileOpen plain = open("plain", ALL).open();
        assertStatus(NtStatus.OBJECT_NAME_NOT_FOUND, () -> files.rename(plain, "b.tmp", true));
        assertStatus(NtStatus.OBJECT_NAME_NOT_FOUND, () -> files.link(plain, "b.tmp", true));
        assertStatus(NtStatus.OBJECT_PATH_NOT_FOUND, () -> files.rename(plain, "SECRET.D\\x", true));
        files.close(plain);
    }

    @Test
    void aDirectoryOfVetoedNamesGoesOnlyWithDeleteVetoFiles() throws IOException {
        Files.createDirectories(root.resolve("d/._x/deep"));
        Files.createFile(root.resolve("d/._x/deep/f"));
        Files.createFile(root.resolve("d/._y"));
        reopen(parameters -> {
            parameters.veto = "/._*/";
            return parameters;
        });
        FileOpen kept = open("d", ALL).open();
        assertStatus(NtStatus.DIRECTORY_NOT_EMPTY, () -> files.setDisposition(kept, true));
        files.close(kept);
        reopen(parameters -> {
            parameters.veto = "/._*/";
            parameters.deleteVeto = true;
            return parameters;
        });
        Files.createFile(root.resolve("d/other"));
        FileOpen still = open("d", ALL).open();
        assertStatus(NtStatus.DIRECTORY_NOT_EMPTY, () -> files.setDisposition(still, true));
        delete("d\\other");
        files.setDisposition(still, true);
        files.close(still);
        assertFalse(Files.exists(root.resolve("d")));
    }

    @Test
    void hiddenNamesHaveTheAttribute() throws IOException {
        make("desktop.ini", "");
        make("shown", "");
        reopen(parameters -> {
            parameters.hide = "/Desktop.*/";
            return parameters;
        });
        assertEquals(
                FileAttributes.HIDDEN,
                files.queryMetadata(opened("desktop.ini")).attributes() & FileAttributes.HIDDEN);
        assertEquals(0, files.queryMetadata(opened("shown")).attributes() & FileAttributes.HIDDEN);
        closeAll();
    }

    @Test
    void specialFilesAreListedUnlessHidden() throws Exception {
        Process process = new ProcessBuilder("mkfifo", root.resolve("fifo").toString()).start();
        assertEquals(0, process.waitFor());
        make("file", "");
        assertEquals(List.of("fifo", "file"), list("*"));
        reopen(parameters -> {
            parameters.hideSpecial = true;
            return parameters;
        });
        assertEquals(List.of("file"), list("*"));
        assertEquals(List.of(), list("fifo"));
    }

    @Test
    void namesAreAsLongAsTheHostHasThemAndNotLonger() {
        String longest = "x".repeat(255);
        make(longest, "1");
        assertEquals(List.of(longest), list("x*"));
        create("x".repeat(256)).refusedWith(NtStatus.OBJECT_NAME_INVALID);
        create("\u00e4".repeat(255)).refusedWith(NtStatus.OBJECT_NAME_INVALID);
        open("y".repeat(256) + "\\f", READ).refusedWith(NtStatus.OBJECT_NAME_INVALID);
        String path = "d".repeat(200);
        makeDirectory(path);
        for (int depth = 1; depth < 18; depth++) { // 3,600 units
            path += "\\" + "d".repeat(200);
            makeDirectory(path);
        }
        make(path + "\\f", "deep");
        assertEquals("deep", read(opened(path + "\\F")));
        closeAll();
    }
}

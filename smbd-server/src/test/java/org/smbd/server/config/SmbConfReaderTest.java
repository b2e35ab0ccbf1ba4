package org.smbd.server.config;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the texts below mean was seen of testparm 4.17 where Samba says anything of it. */
class SmbConfReaderTest {
    @TempDir
    Path directory;

    @Test
    void signsInValuesAreText() {
        Section share = share("[a]\n path = /tmp/a;x#y\\z = q \"u\" %S : [b]\n");
        assertEquals("/tmp/a;x#y\\z = q \"u\" %S : [b]", value(share, "path"));
    }

    @Test
    void commentsAndBlankLinesAreSkipped() {
        Section share = share("# path = /a\n;[b]\n\n   \t\n[a]\n  # comment = x\n\t; comment = y\npath = /p\n");
        assertEquals(Map.of("path", "/p"), plain(share));
    }

    @Test
    void aBackslashContinuesALine() {
        Section share =
                share("[a]\npath = /x\\\ny\ncomment = one \\\n    two\\\n three\nvolume = v\\\n\nfstype=z\\  \n;w\n");
        assertEquals(Map.of("path", "/xy", "comment", "one two three", "volume", "v", "fstype", "z;w"), plain(share));
    }

    @Test
    void aNameMayBeContinued() {
        assertEquals("/q/", value(share("[a]\nveto\\\n files = /q/\n"), "veto files"));
    }

    @Test
    void aCommentIsNotContinued() {
        assertEquals("/p", value(share("[a]\n# not \\\npath = /p\n"), "path"));
    }

    @Test
    void backslashesInsideStay() {
        assertEquals("q \\ z\\", value(share("[a]\ncomment = q \\ z\\\\\n"), "comment"));
    }

    @Test
    void theLaterOfTwoValuesHolds() {
        assertEquals("/b", value(share("[a]\npath = /a\npath = /b\n"), "path"));
    }

    @Test
    void sectionsOfOneNameJoin() {
        Section share = share("[a b]\npath = /a\ncomment = one\n[B]\n[A  B]\ncomment = two\n");
        assertEquals(Map.of("path", "/a", "comment", "two"), plain(share));
    }

    @Test
    void caseAndBlanksOfNamesDoNotMatter() {
        assertEquals("no", value(share("[a]\n R e a d\tONLY = no\n"), "read only"));
    }

    @ParameterizedTest
    @CsvSource({
        "writeable = yes, read only, no", "writable = no, read only, yes", "write ok = On, read only, no",
        "public = yes, guest ok, yes", "browsable = no, browseable, no", "directory = /d, path, /d",
        "group = g, force group, g", "create mode = 0700, create mask, 0700", "only guest = yes, guest only, yes",
        "allow hosts = 1.2.3.4, hosts allow, 1.2.3.4", "smb encrypt = required, server smb encrypt, required"
    })
    void synonymsMeanTheSame(String line, String name, String value) {
        assertEquals(value, value(share("[a]\n" + line + "\n"), name));
    }

    @Test
    void linesBeforeAnySectionAreGlobal() {
        assertEquals(
                "QQ",
                read("workgroup = QQ\n[a]\n").global().own().get("workgroup").value());
    }

    @Test
    void globalGivesDefaultsToTheSharesAfterIt() {
        SmbConfReader reader = read("[a]\n[global]\nread only = no\n[b]\n[c]\nread only = yes\n");
        assertEquals(null, setting(reader, 0, "read only"));
        assertEquals("no", setting(reader, 1, "read only"));
        assertEquals("yes", setting(reader, 2, "read only"));
    }

    @Test
    void copyTakesOverWhatTheShareHasNotSetSoFar() {
        SmbConfReader reader =
                read("[a]\npath = /a\ncomment = a\nvolume = a\n[b]\ncomment = b\ncopy = A\nvolume = b\n");
        assertEquals(
                Map.of("path", "/a", "comment", "b", "volume", "b"),
                plain(reader.shares().get(1)));
    }

    @Test
    void copyOfAShareThatIsNotThereIsAMistake() {
        assertMistake("[a]\ncopy = b\n[b]\n", "(text):2: copy: no share [b] above this line to copy");
        assertMistake("[a]\ncopy = a\n", "(text):2: copy: no share [a] above this line to copy");
    }

    @Test
    void includeReadsAnotherFileInPlace() throws IOException {
        write("inc.conf", "comment = from inc\n[y]\npath = /y\n");
        Path main = write("smb.conf", "[x]\npath = /x\ninclude = inc.conf\ncomment = late\n");
        SmbConfReader reader = reader();
        reader.readFile(main);
        assertEquals(
                Map.of("path", "/x", "comment", "from inc"),
                plain(reader.shares().get(0)));
        assertEquals(
                Map.of("path", "/y", "comment", "late"), plain(reader.shares().get(1)));
        Setting included = reader.shares().get(1).own().get("path");
        assertEquals(directory.resolve("inc.conf") + ":3", included.origin().toString());
    }

    @Test
    void includeOfAMissingFileIsAWarning() {
        SmbConfReader reader = read("[a]\ninclude = /nonexistent/x.conf\npath = /p\n");
        assertEquals(
                "(text):2: the included file /nonexistent/x.conf does not exist",
                reader.warnings().get(0).toString());
        assertEquals("/p", setting(reader, 0, "path"));
    }

    @Test
    void includeKnowsTheVariablesOfTheServer() throws IOException {
        write("HOST.conf", "comment = yes\n");
        Path main = write("smb.conf", "[x]\ninclude = " + directory + "/%L.conf\n");
        SmbConfReader reader = reader();
        reader.readFile(main);
        assertEquals("yes", setting(reader, 0, "comment"));
    }

    @Test
    void includesThatNeverEndStop() throws IOException {
        Path main = write("smb.conf", "[a]\ninclude = smb.conf\n");
        ConfigException e = assertThrows(ConfigException.class, () -> reader().readFile(main));
        assertTrue(e.getMessage().endsWith("smb.conf:2: include: files include each other too deep or too often"));
    }

    @Test
    void aFileThatCannotBeReadIsAMistake() {
        Path missing = directory.resolve("none.conf");
        assertThrows(ConfigException.class, () -> reader().readFile(missing));
        assertThrows(ConfigException.class, () -> reader().readFile(directory));
    }

    @Test
    void aFileThatIsTooLongIsAMistake() throws IOException {
        Path file = directory.resolve("long.conf");
        Files.write(file, new byte[SmbConfReader.FILE_BYTES_MAX + 1]);
        ConfigException e = assertThrows(ConfigException.class, () -> reader().readFile(file));
        assertTrue(e.getMessage().contains("is longer than"), e.getMessage());
    }

    @Test
    void bytesThatAreNoTextAreAMistake() throws IOException {
        Path file = directory.resolve("bytes.conf");
        Files.write(file, new byte[] {'[', 'a', ']', '\n', (byte) 0xff, '=', 'x'});
        assertThrows(ConfigException.class, () -> reader().readFile(file));
        Files.write(file, new byte[] {'[', 'a', 0, ']'});
        assertThrows(ConfigException.class, () -> reader().readFile(file));
    }

    @Test
    void aByteOrderMarkAndCarriageReturnsAreNoText() throws IOException {
        Path file = write("dos.conf", "\uFEFF[a]\r\npath = /p\r\ncomment = x \\\r\n y\r\n");
        SmbConfReader reader = reader();
        reader.readFile(file);
        assertEquals(
                Map.of("path", "/p", "comment", "x y"), plain(reader.shares().get(0)));
    }

    @Test
    void aLineWithoutEndIsAMistake() {
        String line = "comment = " + "x".repeat(LogicalLines.LINE_CHARACTERS_MAX);
        assertMistake("[a]\n" + line, "(text):2: the line is longer than 65536");
        String joined = "comment = x\\\n".repeat(10_000);
        assertMistake("[a]\n" + joined, "(text):2: the line is longer than 65536");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [a       | (text):1: [a: the section's name has no closing ]
            []       | (text):1: []: the section has no name
            [  ]     | (text):1: [  ]: the section has no name
            path /x  | (text):1: path /x: neither a section nor a parameter = value
            = x      | (text):1: = x: a value without a parameter
            """)
    void aLineOfNoFormIsAMistake(String line, String message) {
        assertMistake(line, message);
    }

    @Test
    void whatFollowsASectionsNameIsNothing() {
        assertEquals("b", read("[b] junk\n").shares().get(0).name());
        assertEquals("c d", read("[ c d ] # comment\n").shares().get(0).name());
    }

    @Test
    void anEmptyValueIsAValue() {
        assertEquals("", value(share("[a]\ncomment = x\ncomment =\n"), "comment"));
    }

    @Test
    void anUnknownParameterIsAWarning() {
        SmbConfReader reader = read("[a]\npaht = /x\n");
        assertEquals(
                "(text):2: unknown parameter \"paht\"", reader.warnings().get(0).toString());
    }

    @Test
    void aGlobalParameterInAShareIsAWarning() {
        SmbConfReader reader = read("[a]\nworkgroup = X\n");
        assertEquals(
                "(text):2: \"workgroup\" belongs into [global] and is ignored here",
                reader.warnings().get(0).toString());
        assertTrue(reader.shares().get(0).own().isEmpty());
    }

    @Test
    void namesMayHoldAnyLetter() {
        Section share = share("[Bücher 🙂]\npath = /srv/größe\n");
        assertEquals("Bücher 🙂", share.name());
        assertEquals("/srv/größe", value(share, "path"));
    }

    @Test
    void anyTextEitherReadsOrIsAMistakeWithAPlace() {
        String alphabet = "[]=:;#\\%\n\" aé\t/";
        java.util.Random random = new java.util.Random(42);
        for (int round = 0; round < 5_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertDoesNotThrow(
                    () -> {
                        try {
                            read(text.toString());
                        } catch (ConfigException e) {
                            assertTrue(e.origin().line() > 0, text.toString());
                        }
                    },
                    text::toString);
        }
    }

    private static void assertMistake(String text, String message) {
        assertEquals(
                message, assertThrows(ConfigException.class, () -> read(text)).getMessage());
    }

    private static SmbConfReader reader() {
        return new SmbConfReader(new ServerVariables("host.example", "HOST", "1"));
    }

    private static SmbConfReader read(String text) {
        SmbConfReader reader = reader();
        reader.readText("(text)", Path.of(""), text);
        return reader;
    }

    private static Section share(String text) {
        return read(text).shares().get(0);
    }

    private static String value(Section share, String name) {
        return share.settings().get(name).value();
    }

    private static String setting(SmbConfReader reader, int share, String name) {
        Setting setting = List.copyOf(reader.shares()).get(share).settings().get(name);
        return setting == null ? null : setting.value();
    }

    private static Map<String, String> plain(Section share) {
        Map<String, String> plain = new java.util.HashMap<>();
        share.settings().forEach((name, setting) -> plain.put(name, setting.value()));
        return plain;
    }

    private Path write(String name, String text) throws IOException {
        return Files.write(directory.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }
}

package org.smbd.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smbd.auth.account.FileAccountStore;
import org.smbd.server.control.ControlServer;
import org.smbd.server.control.ServerStatus;

/** The command line as scripts see it: what goes in, what comes out, and the exit status. */
class SmbdCommandLineTest {
    @TempDir
    Path root;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String stdin = "";
    private Optional<CommandIo.Prompt> prompt = Optional.empty();
    private Path config;

    @BeforeEach
    void writeConfiguration() throws IOException {
        config = root.resolve("smb.conf");
        Files.writeString(config, """
                [global]
                private dir = %1$s/private
                state directory = %1$s/s
                lock directory = %1$s/lock
                cache directory = %1$s/cache
                pid directory = %1$s/run
                smb ports = 0
                fake oplocks = yes
                [data]
                path = %1$s
                read only = no
                [hidden]
                path = %1$s
                printable = yes
                """.formatted(root));
    }

    @Test
    void versionAndHelpEndWell() {
        assertEquals(ExitStatus.SUCCESS, run("--version"));
        assertTrue(out().startsWith("smbd "), out());
        assertEquals(ExitStatus.SUCCESS, run("--help"));
        assertTrue(out().contains("Usage: smbd"), out());
        assertEquals(ExitStatus.SUCCESS, run("user", "add", "--help"));
        assertEquals("", err());
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "--nonsense",
                "check",
                "check -c",
                "user",
                "user add",
                "user add alice",
                "user add alice secret -c x",
                "user nonsense -c x",
                "status",
                "status -c x",
                "status --json",
                "serve",
                "serve . --port x"
            })
    void aWrongCommandLineIsOneLineAndTwo(String words) {
        assertEquals(ExitStatus.USAGE, run(words.isEmpty() ? new String[0] : words.split(" ", -1)));
        assertOneLine();
        assertEquals("", out());
    }

    @Test
    void checkShowsWhatHoldsAndWhatToKnow() {
        assertEquals(ExitStatus.SUCCESS, run("check", "-c", config.toString()));
        assertTrue(out().contains("[global]\n"), out());
        assertTrue(out().contains("\tserver smb transports = 0\n"), out());
        assertTrue(out().contains("[data]\n\tpath = " + root + "\n\tread only = no\n"), out());
        assertFalse(out().contains("guest account"), out());
        assertEquals(
                List.of(
                        "warning: " + config + ":8: \"fake oplocks = yes\" is not supported yet",
                        "refused: " + config
                                + ":14: share [hidden] is not served: \"printable = yes\" is not supported yet"),
                err().lines().toList());
    }

    @Test
    void checkShowsDefaultsToo() {
        assertEquals(ExitStatus.SUCCESS, run("check", "-v", "-c", config.toString()));
        assertTrue(out().contains("\tguest account = nobody\n"), out());
        assertTrue(out().contains("\tsmb2 max read = 8M\n"), out());
    }

    @Test
    void aWrongValueIsFileLineKeyAndTwo() throws IOException {
        Files.writeString(config, "[global]\nserver signing = perhaps\n");
        for (String[] words : new String[][] {
            {"check", "-c"}, {"user", "list", "-c"}, {"status", "--json", "-c"}, {"user", "remove", "x", "-c"}
        }) {
            String[] all = Arrays.copyOf(words, words.length + 1);
            all[words.length] = config.toString();
            assertEquals(ExitStatus.USAGE, run(all));
            assertOneLine();
            assertTrue(err().startsWith("smbd: " + config + ":2: server signing: \"perhaps\" is none of "), err());
        }
    }

    @Test
    void aMissingConfigurationIsTwo() {
        assertEquals(ExitStatus.USAGE, run("check", "-c", root.resolve("none").toString()));
        assertOneLine();
    }

    @Test
    void anAccountIsAddedWithThePasswordOfStandardInput() throws IOException {
        stdin = "correct horse\nnext line\n";
        assertEquals(ExitStatus.SUCCESS, run("user", "add", "alice", "-c", config.toString()), err());
        assertEquals("", out() + err());

        FileAccountStore store = store();
        assertEquals("alice", store.find("ALICE").orElseThrow().name());
        byte[] hash = store.find("alice").orElseThrow().ntHash();
        stdin = "correct horse\n";
        assertEquals(ExitStatus.SUCCESS, run("user", "add", "bob", "-c", config.toString()));
        assertTrue(Arrays.equals(hash, store.find("bob").orElseThrow().ntHash()));
    }

    @Test
    void passwordsAreKeptWhereOnlyTheOwnerReads() throws IOException {
        stdin = "secret\n";
        run("user", "add", "alice", "-c", config.toString());
        try (Stream<Path> files = Files.list(root.resolve("private"))) {
            for (Path file : files.toList()) {
                assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            }
        }
        assertEquals(
                "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("private"))));
    }

    @Test
    void aPersonIsAskedTwice() throws IOException {
        Queue<String> typed = new ArrayDeque<>(List.of("one", "one", "two", "other"));
        prompt = Optional.of(question -> typed.remove().toCharArray());
        assertEquals(ExitStatus.SUCCESS, run("user", "add", "alice", "-c", config.toString()));
        byte[] hash = store().find("alice").orElseThrow().ntHash();

        assertEquals(ExitStatus.FAILURE, run("user", "passwd", "alice", "-c", config.toString()));
        assertEquals("smbd: the two passwords differ\n", err());
        assertTrue(Arrays.equals(hash, store().find("alice").orElseThrow().ntHash()));
    }

    @Test
    void aPersonMayTypeNothing() {
        prompt = Optional.of(question -> null);
        assertEquals(ExitStatus.FAILURE, run("user", "add", "alice", "-c", config.toString()));
        assertOneLine();
    }

    @Test
    void emptyStandardInputIsNoPassword() throws IOException {
        assertEquals(ExitStatus.FAILURE, run("user", "add", "alice", "-c", config.toString()));
        assertEquals("smbd: standard input is empty\n", err());
        assertTrue(store().find("alice").isEmpty());
    }

    @Test
    void accountsAreChangedDisabledEnabledAndRemoved() throws IOException {
        stdin = "first\n";
        run("user", "add", "alice", "-c", config.toString());
        byte[] first = store().find("alice").orElseThrow().ntHash();

        stdin = "second\n";
        assertEquals(ExitStatus.SUCCESS, run("user", "passwd", "alice", "-c", config.toString()));
        assertFalse(Arrays.equals(first, store().find("alice").orElseThrow().ntHash()));

        assertEquals(ExitStatus.SUCCESS, run("user", "disable", "alice", "-c", config.toString()));
        assertTrue(store().find("alice").orElseThrow().disabled());
        run("user", "list", "-c", config.toString());
        assertEquals("alice (disabled)\n", out());

        assertEquals(ExitStatus.SUCCESS, run("user", "enable", "alice", "-c", config.toString()));
        assertFalse(store().find("alice").orElseThrow().disabled());
        assertEquals(ExitStatus.SUCCESS, run("user", "remove", "alice", "-c", config.toString()));
        assertTrue(store().find("alice").isEmpty());
    }

    @Test
    void accountsAreListedAsJson() {
        stdin = "secret\n";
        run("user", "add", "alice", "-c", config.toString());
        assertEquals(ExitStatus.SUCCESS, run("user", "list", "--json", "-c", config.toString()));
        assertTrue(
                out().matches("\\[\\{\"name\":\"alice\",\"rid\":\\d+,"
                        + "\"disabled\":false,\"passwordLastSet\":\"[^\"]+\"}]\n"),
                out());
        assertFalse(out().toLowerCase(java.util.Locale.ROOT).contains("hash"), out());
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @ValueSource(strings = {"passwd", "remove", "disable", "enable"})
    void anAccountThatIsNotThereIsAFailure(String command) {
        stdin = "secret\n";
        assertEquals(ExitStatus.FAILURE, run("user", command, "stranger", "-c", config.toString()));
        assertEquals("smbd: there is no account stranger\n", err());
    }

    @Test
    void anAccountThatIsThereIsNotAddedAgain() {
        stdin = "secret\n";
        run("user", "add", "alice", "-c", config.toString());
        assertEquals(ExitStatus.FAILURE, run("user", "add", "Alice", "-c", config.toString()));
        assertOneLine();
    }

    @Test
    void aNameThatCannotBeOneIsTwo() {
        stdin = "secret\n";
        assertEquals(ExitStatus.USAGE, run("user", "add", "a/b", "-c", config.toString()));
        assertOneLine();
    }

    @Test
    void statusIsWhatTheServerSays() throws IOException {
        Files.createDirectories(root.resolve("s"));
        ServerStatus status = new ServerStatus(
                "1",
                2,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                new ServerStatus.MemoryStatus(3, 4, 5),
                6);
        try (ControlServer control = ControlServer.start(root.resolve("s/control.sock"), () -> status)) {
            assertEquals(ExitStatus.SUCCESS, run("status", "--json", "-c", config.toString()));
            assertNotNull(control);
        }
        assertEquals(
                "{\"version\":\"1\",\"uptimeSeconds\":2,\"connections\":[],\"sessions\":[],\"trees\":[],\"opens\":[],"
                        + "\"counters\":{},\"memory\":{\"heap\":3,\"direct\":4,\"rss\":5},\"descriptors\":6}\n",
                out());
    }

    @Test
    void statusWithoutAServerIsAFailure() {
        assertEquals(ExitStatus.FAILURE, run("status", "--json", "-c", config.toString()));
        assertOneLine();
        assertTrue(err().startsWith("smbd: no server is running"), err());
    }

    private int run(String... words) {
        out.reset();
        err.reset();
        CommandIo io = new CommandIo(
                new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                prompt);
        return new SmbdCommandLine(io).run(words);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private void assertOneLine() {
        assertTrue(err().startsWith("smbd: "), err());
        assertEquals(1, err().lines().count(), err());
    }

    private FileAccountStore store() throws IOException {
        return FileAccountStore.open(root.resolve("private"), Clock.systemUTC());
    }
}

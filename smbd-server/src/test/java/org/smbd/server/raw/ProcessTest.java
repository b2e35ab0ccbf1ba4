package org.smbd.server.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.smbd.server.raw.RawServer.USER;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.CreateRequest;
import org.smbd.protocol.smb2.Smb2Command;
import org.smbd.server.SmbdMain;

/** The program in a process of its own: signals, exit statuses, serving a directory. Root or not. */
class ProcessTest {
    private static final int LOGINS = 12;
    private static final long ENDS_SECONDS_MAX = 120;

    @TempDir
    private Path directory;

    private Path configuration;
    private Path errors;
    private Process process;
    private BufferedReader out;

    @BeforeEach
    void name() {
        configuration = directory.resolve("smb.conf");
        errors = directory.resolve("stderr");
    }

    @AfterEach
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    private void run(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SmbdMain.class.getName()));
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        out = process.inputReader();
    }

    private void configure(String ports, Path privateDirectory, String... lines) throws IOException {
        String text = """
                [global]
                interfaces = 127.0.0.1
                bind interfaces only = yes
                smb ports = %s
                private dir = %s
                state directory = %3$s/state
                lock directory = %3$s/lock
                cache directory = %3$s/cache
                pid directory = %3$s/run
                %4$s
                [data]
                path = %3$s
                """.formatted(ports, privateDirectory, directory, String.join("\n", lines));
        Files.writeString(configuration, text);
    }

    /** What it says until it is ready. */
    private List<String> awaitReady() throws IOException {
        List<String> said = new ArrayList<>();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            said.add(line);
            if (line.equals("ready")) {
                return said;
            }
        }
        throw new AssertionError(said + Files.readString(errors));
    }

    private static int port(List<String> said) {
        String listening = said.stream()
                .filter(line -> line.startsWith("listening tcp "))
                .findFirst()
                .orElseThrow();
        return Integer.parseInt(listening.substring(listening.lastIndexOf(':') + 1));
    }

    private void assertEndsWith(int status) throws InterruptedException, IOException {
        assertTrue(process.waitFor(ENDS_SECONDS_MAX, TimeUnit.SECONDS), "it goes on");
        assertEquals(status, process.exitValue(), Files.readString(errors));
    }

    private void assertOneLineSays(String what) throws IOException {
        List<String> said = Files.readAllLines(errors).stream()
                .filter(line -> line.startsWith("smbd: "))
                .toList();
        assertEquals(1, said.size(), said.toString());
        assertTrue(said.get(0).contains(what), said.get(0));
    }

    @Test
    void aDirectoryIsServedToGuests() throws IOException, InterruptedException {
        Path served = Files.createDirectory(directory.resolve("served"));
        Files.writeString(served.resolve("hello"), "world");
        run("serve", served.toString(), "--guest");
        List<String> said = awaitReady();
        int port = port(said);
        assertTrue(said.contains("smbclient //127.0.0.1/served -p " + port + " -N"), said.toString());
        for (String user : List.of("", "anybody")) {
            try (RawClient client = new RawClient(port)) {
                RawSession session = client.negotiate().logIn(user, "x");
                session.protection = RawSession.Protection.PLAIN;
                client.connect(session, "served").expect(NtStatus.SUCCESS);
                client.call(session, Smb2Command.CREATE, open("hello")).expect(NtStatus.SUCCESS);
                client.open(session, "made by " + user + "_");
            }
        }
        assertEquals(Files.getOwner(served), Files.getOwner(served.resolve("made by anybody_")), "nobody else's files");
        process.destroy();
        assertEndsWith(0);
    }

    private static CreateRequest open(String name) {
        return new CreateRequest(0, 2, 0x81, 0, 7, 1, 0, name, List.of());
    }

    @Test
    void aDirectoryIsServedWithAPassword() throws IOException, InterruptedException {
        Path served = Files.createDirectory(directory.resolve("served"));
        run("serve", served.toString());
        List<String> said = awaitReady();
        String command = said.stream()
                .filter(line -> line.startsWith("smbclient "))
                .findFirst()
                .orElseThrow();
        String password = command.substring(command.indexOf('%') + 1);
        try (RawClient client = new RawClient(port(said))) {
            RawSession session = client.negotiate().logIn("smb", password);
            client.connect(session, "served").expect(NtStatus.SUCCESS);
            client.open(session, "made");
        }
        assertEquals(Files.getOwner(served), Files.getOwner(served.resolve("made")));
        try (RawClient client = new RawClient(port(said))) {
            RawLogin stranger = new RawLogin(client.negotiate(), "smb", "wrong");
            stranger.first().expect(NtStatus.MORE_PROCESSING_REQUIRED);
            stranger.second().expect(NtStatus.LOGON_FAILURE);
        }
        process.destroy();
        assertEndsWith(0);
    }

    /** Log-ins that are answered late keep it from being drained. */
    @Test
    void aSecondSignalEndsAtOnceWhatTheFirstOneDrains() throws IOException, InterruptedException {
        configure("0", directory.resolve("private"), "login failures before delay = 1", "login failure delay = 60000");
        run("-c", configuration.toString());
        int port = port(awaitReady());
        try (RawClient client = new RawClient(port)) {
            client.negotiate();
            for (int i = 0; i < LOGINS; i++) {
                RawLogin login = new RawLogin(client, "mallory", "guess");
                login.first().expect(NtStatus.MORE_PROCESSING_REQUIRED);
                login.sendSecond(0);
                if (i == 0) {
                    client.receive().expect(NtStatus.LOGON_FAILURE); // from here on they are late
                }
            }
            process.destroy();
            assertFalse(process.waitFor(1, TimeUnit.SECONDS), "it drains");
            process.destroy();
            assertTrue(process.waitFor(3, TimeUnit.SECONDS), "it drains still");
            assertEquals(0, process.exitValue());
        }
    }

    @Test
    void aMistakeInTheConfigurationIsTwo() throws IOException, InterruptedException {
        configure("0", directory.resolve("private"), "smb2 max read = much");
        run("-c", configuration.toString());
        assertEndsWith(2);
        assertOneLineSays("smb.conf:10: ");
    }

    @Test
    void aPortInUseIsThree() throws IOException, InterruptedException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            configure(Integer.toString(taken.getLocalPort()), directory.resolve("private"));
            run("-c", configuration.toString());
            assertEndsWith(3);
            assertOneLineSays(Integer.toString(taken.getLocalPort()));
        }
    }

    /** Nobody, not even root, makes a directory in sysfs. */
    @Test
    void aDirectoryThatMayNotBeMadeIsFour() throws IOException, InterruptedException {
        Path forbidden;
        if (USER.equals("root")) {
            forbidden = Path.of("/sys/smbd");
            Assumptions.assumeTrue(
                    Files.exists(Path.of("/sys/kernel"))
                            && !Files.getFileStore(Path.of("/sys")).isReadOnly(),
                    "no sysfs to be refused by");
        } else {
            Path closed = Files.createDirectory(
                    directory.resolve("closed"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));
            forbidden = closed.resolve("private");
        }
        configure("0", forbidden);
        run("-c", configuration.toString());
        assertEndsWith(4);
        assertOneLineSays(forbidden.toString());
        assertNotEquals(true, Files.exists(forbidden));
    }
}

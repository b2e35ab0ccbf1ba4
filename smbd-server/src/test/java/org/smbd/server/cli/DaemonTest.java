package org.smbd.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smbd.server.SmbServer;
import org.smbd.server.config.ServerConfig;
import org.smbd.server.control.ControlClient;

class DaemonTest {
    private static final String LOOPBACK = "127.0.0.1";

    @TempDir
    Path root;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void announcesServesAnswersAndCleansUp() throws IOException {
        ServerConfig config = config("0");
        Daemon daemon = new Daemon(config, new PrintStream(out, true, StandardCharsets.UTF_8));
        Path pidFile = config.directories().pid().resolve("smbd.pid");
        List<SmbServer.Endpoint> announced = new ArrayList<>();

        daemon.run(endpoints -> {
            announced.addAll(endpoints);
            try (Socket client = new Socket(
                    endpoints.get(0).address().getAddress(),
                    endpoints.get(0).address().getPort())) {
                assertTrue(client.isConnected());
                assertTrue(ControlClient.status(config.directories().controlSocket())
                        .startsWith("{\"version\":"));
                assertEquals(ProcessHandle.current().pid() + "\n", Files.readString(pidFile));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            assertTrue(daemon.stop());
            assertFalse(daemon.stop());
        });

        assertEquals(
                "listening tcp 127.0.0.1:" + announced.get(0).address().getPort() + "\nready\n",
                out.toString(StandardCharsets.UTF_8));
        assertTrue(Files.notExists(pidFile));
        assertTrue(Files.notExists(config.directories().controlSocket()));
    }

    @Test
    void aPortInUseIsSaidAndLeavesNothing() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ServerConfig config = config(Integer.toString(taken.getLocalPort()));
            Daemon daemon = new Daemon(config, new PrintStream(out, true, StandardCharsets.UTF_8));
            IOException failure = assertThrows(IOException.class, () -> daemon.run(endpoints -> {}));
            assertEquals(ExitStatus.ADDRESS_IN_USE, CommandFailure.of(failure).status(), failure.toString());
            assertEquals("", out.toString(StandardCharsets.UTF_8));
            assertTrue(Files.notExists(config.directories().controlSocket()));
        }
    }

    @Test
    void addressesOfIpv6StandInBrackets() throws IOException {
        InetAddress six = InetAddress.getByAddress(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
        assertEquals(
                "nbt [0:0:0:0:0:0:0:1]:1139",
                Daemon.describe(new SmbServer.Endpoint("nbt", new InetSocketAddress(six, 1139))));
    }

    private ServerConfig config(String port) {
        return ServerConfig.builder()
                .set("smb ports", port)
                .set("interfaces", LOOPBACK)
                .set("bind interfaces only", "yes")
                .set("private dir", root.resolve("p").toString())
                .set("state directory", root.resolve("s").toString())
                .set("lock directory", root.resolve("l").toString())
                .set("cache directory", root.resolve("c").toString())
                .set("pid directory", root.resolve("r").toString())
                .build();
    }
}

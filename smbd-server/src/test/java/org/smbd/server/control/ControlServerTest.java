package org.smbd.server.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlServerTest {
    private static final ServerStatus STATUS = new ServerStatus(
            "0.1",
            61,
            List.of(new ServerStatus.ConnectionStatus("10.0.0.1:5000", "3.1.1", 1, 512)),
            List.of(new ServerStatus.SessionStatus(
                    "1f",
                    "alice",
                    "10.0.0.1:5000",
                    "3.1.1",
                    "AES-128-GCM",
                    "AES-128-GMAC",
                    List.of("10.0.0.1:5000", "10.0.0.1:5001"))),
            List.of(new ServerStatus.TreeStatus(7, "1f", "data", "alice", "10.0.0.1:5000", true)),
            List.of(new ServerStatus.OpenStatus(
                    "data", "a \"quoted\"/name\n", "alice", "read", 3, "lease", "RWH", "durable", true)),
            Map.of("smb2.read", new ServerStatus.CounterStatus(3, 4096, 1)),
            new ServerStatus.MemoryStatus(10, 20, 30),
            42);

    private static final String JSON = "{\"version\":\"0.1\",\"uptimeSeconds\":61,"
            + "\"connections\":[{\"address\":\"10.0.0.1:5000\",\"dialect\":\"3.1.1\","
            + "\"sessions\":1,\"creditsGranted\":512}],"
            + "\"sessions\":[{\"id\":\"1f\",\"user\":\"alice\",\"address\":\"10.0.0.1:5000\",\"dialect\":\"3.1.1\","
            + "\"cipher\":\"AES-128-GCM\",\"signing\":\"AES-128-GMAC\","
            + "\"channels\":[\"10.0.0.1:5000\",\"10.0.0.1:5001\"]}],"
            + "\"trees\":[{\"id\":7,\"session\":\"1f\",\"share\":\"data\",\"user\":\"alice\","
            + "\"address\":\"10.0.0.1:5000\","
            + "\"encrypted\":true}],"
            + "\"opens\":[{\"share\":\"data\",\"path\":\"a \\\"quoted\\\"/name\\n\",\"user\":\"alice\","
            + "\"access\":\"read\",\"locks\":3,\"oplock\":\"lease\",\"lease\":\"RWH\","
            + "\"durable\":\"durable\",\"connected\":true}],"
            + "\"counters\":{\"smb2.read\":{\"count\":3,\"bytes\":4096,\"errors\":1}},"
            + "\"memory\":{\"heap\":10,\"direct\":20,\"rss\":30},\"descriptors\":42}";

    @TempDir
    Path directory;

    private Path socket;
    private ControlServer server;

    @BeforeEach
    void start() throws IOException {
        socket = directory.resolve("control.sock");
        server = ControlServer.start(socket, () -> STATUS);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void statusIsTheDocumentedObject() throws IOException {
        assertEquals(JSON, ControlClient.status(socket));
        assertEquals(JSON, ControlClient.status(socket));
    }

    @Test
    void onlyTheOwnerMayAskAndNothingElseIsLeft() throws IOException {
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(List.of(socket), files.toList());
        }
    }

    @Test
    void aSocketThatAnEarlierProcessLeftIsReplaced() throws IOException {
        try (ControlServer second = ControlServer.start(socket, () -> STATUS)) {
            assertEquals(JSON, ControlClient.status(socket));
            assertNotNull(second);
        }
    }

    @Test
    void closingTakesTheSocketAway() throws IOException {
        server.close();
        assertTrue(Files.notExists(socket));
        assertThrows(IOException.class, () -> ControlClient.status(socket));
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{\"command\":\"stop\"}",
                "{\"command\":1}",
                "{\"other\":\"status\"}",
                "{\"command\":{\"command\":\"status\"}}",
                "\u0000\u0001",
                "{\"a\":[[[[[[[[[[[["
            })
    void anythingElseIsAnError(String request) throws IOException {
        assertEquals("{\"error\":\"unknown command\"}\n", ask(request + "\n"));
        assertEquals(JSON, ControlClient.status(socket));
    }

    @Test
    void unknownFieldsArePassedOver() throws IOException {
        assertEquals(JSON + "\n", ask("{\"x\":{\"y\":[1,2]},\"command\":\"status\",\"z\":null}\n"));
    }

    @Test
    void aRequestWithoutEndIsCut() throws IOException {
        assertEquals("{\"error\":\"unknown command\"}\n", ask("x".repeat(4_096)));
    }

    @Test
    void oneWhoSaysNothingDoesNotKeepOthersWaiting() throws IOException {
        try (SocketChannel silent = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            silent.connect(UnixDomainSocketAddress.of(socket));
            assertEquals(JSON, ControlClient.status(socket));
        }
    }

    @Test
    void aPathThatIsTooLongIsAFailureThatLeavesNothing() throws IOException {
        Path deep = Files.createDirectory(directory.resolve("d".repeat(120)));
        assertThrows(IOException.class, () -> ControlServer.start(deep.resolve("control.sock"), () -> STATUS));
        try (Stream<Path> files = Files.list(deep)) {
            assertEquals(0, files.count());
        }
    }

    private String ask(String request) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

package org.smbd.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.smbd.server.ServerUnderTest.PASSWORD;
import static org.smbd.server.ServerUnderTest.USER;

import com.hierynomus.msdtyp.AccessMask;
import com.hierynomus.mssmb2.SMB2CreateDisposition;
import com.hierynomus.mssmb2.SMB2Dialect;
import com.hierynomus.mssmb2.SMB2ShareAccess;
import com.hierynomus.mssmb2.SMBApiException;
import com.hierynomus.smbj.SMBClient;
import com.hierynomus.smbj.SmbConfig;
import com.hierynomus.smbj.auth.AuthenticationContext;
import com.hierynomus.smbj.connection.Connection;
import com.hierynomus.smbj.session.Session;
import com.hierynomus.smbj.share.DiskShare;
import com.hierynomus.smbj.share.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smbd.server.config.ServerConfig;

/** smbj as the client of a server in this process, or of the jar: {@link ServerUnderTest}. */
class SmbServerTest {
    @TempDir
    private Path directory;

    private ServerUnderTest server;
    private int port;

    @AfterEach
    void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    private void start(Map<String, String> parameters) throws IOException {
        server = ServerUnderTest.start(directory, parameters);
        port = server.port();
    }

    private static void writeReadAndList(DiskShare share) throws IOException {
        byte[] content = new byte[3_000_000];
        new Random(1).nextBytes(content);
        try (File file = share.openFile(
                "file.bin",
                EnumSet.of(AccessMask.GENERIC_READ, AccessMask.GENERIC_WRITE),
                null,
                SMB2ShareAccess.ALL,
                SMB2CreateDisposition.FILE_OVERWRITE_IF,
                null)) {
            file.write(content, 0);
            try (InputStream in = file.getInputStream()) {
                assertArrayEquals(content, in.readAllBytes());
            }
        }
        assertTrue(share.list("").stream().anyMatch(entry -> entry.getFileName().equals("file.bin")));
        share.rm("file.bin");
        assertEquals(
                List.of(".", ".."),
                share.list("").stream()
                        .map(entry -> entry.getFileName())
                        .sorted()
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "SMB_2_0_2,false,false", "SMB_2_0_2,true,false", "SMB_2_1,false,false", "SMB_2_1,true,false",
        "SMB_3_0,true,false", "SMB_3_0,false,true", "SMB_3_0_2,true,false", "SMB_3_0_2,false,true",
        "SMB_3_1_1,true,false", "SMB_3_1_1,false,true"
    })
    void writesReadsAndListsInEveryDialectPlainSignedAndSealed(SMB2Dialect dialect, boolean signed, boolean sealed)
            throws IOException {
        start(Map.of());
        SmbConfig config = SmbConfig.builder()
                .withDialects(dialect)
                .withSigningRequired(signed)
                .withEncryptData(sealed)
                .build();
        try (SMBClient client = new SMBClient(config);
                Connection connection = client.connect("127.0.0.1", port);
                Session session = connection.authenticate(new AuthenticationContext(USER, PASSWORD.toCharArray(), ""));
                DiskShare share = (DiskShare) session.connectShare("data")) {
            writeReadAndList(share);
            String cipher = server.status("sessions").get(0).get("cipher");
            assertEquals(sealed, !cipher.equals("none"), cipher);
            String signing = server.status("sessions").get(0).get("signing");
            assertTrue(!signed || !signing.equals("none"), signing);
        }
    }

    @Test
    void wrongPasswordIsLogonFailureAndUnknownShareBadNetworkName() throws IOException {
        start(Map.of());
        try (SMBClient client = new SMBClient();
                Connection connection = client.connect("127.0.0.1", port)) {
            SMBApiException refused = assertThrows(
                    SMBApiException.class,
                    () -> connection.authenticate(new AuthenticationContext(USER, "wrong".toCharArray(), "")));
            assertEquals(0xC000006DL, refused.getStatusCode());
            Session session = connection.authenticate(new AuthenticationContext(USER, PASSWORD.toCharArray(), ""));
            SMBApiException unknown = assertThrows(SMBApiException.class, () -> session.connectShare("nowhere"));
            assertEquals(0xC00000CCL, unknown.getStatusCode());
        }
    }

    @Test
    void clientThatVanishesLeavesNothingBehind() throws Exception {
        start(Map.of());
        SMBClient client = new SMBClient();
        Connection connection = client.connect("127.0.0.1", port);
        Session session = connection.authenticate(new AuthenticationContext(USER, PASSWORD.toCharArray(), ""));
        DiskShare share = (DiskShare) session.connectShare("data");
        share.openFile(
                "held",
                EnumSet.of(AccessMask.GENERIC_WRITE),
                null,
                SMB2ShareAccess.ALL,
                SMB2CreateDisposition.FILE_OPEN_IF,
                null);
        assertEquals(1, server.status("opens").size());
        connection.close(true);
        client.close();
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!server.status("connections").isEmpty() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertEquals(0, server.status("connections").size());
        assertEquals(0, server.status("opens").size());
    }

    @Test
    void silentAndHalfWayConnectionsAreCutWhileOthersAreServed() throws Exception {
        start(Map.of("login timeout", ServerUnderTest.isJar() ? "20" : "1")); // a JVM that just started is slow
        try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), port);
                Socket begun = new Socket(InetAddress.getLoopbackAddress(), port)) {
            begun.getOutputStream().write(new byte[] {0, 0, 1});
            silent.setSoTimeout(30_000);
            begun.setSoTimeout(30_000);
            try (SMBClient client = new SMBClient();
                    Connection connection = client.connect("127.0.0.1", port);
                    Session session =
                            connection.authenticate(new AuthenticationContext(USER, PASSWORD.toCharArray(), ""));
                    DiskShare share = (DiskShare) session.connectShare("data")) {
                assertEquals(-1, silent.getInputStream().read());
                assertEquals(-1, begun.getInputStream().read());
                writeReadAndList(share);
            }
        }
    }

    @Test
    void oldestStrangerOfAnAddressGoesWhenThereAreTooMany() throws Exception {
        start(Map.of("max unauthenticated connections per address", "2"));
        try (Socket first = new Socket(InetAddress.getLoopbackAddress(), port);
                Socket second = new Socket(InetAddress.getLoopbackAddress(), port);
                Socket third = new Socket(InetAddress.getLoopbackAddress(), port)) {
            first.setSoTimeout(10_000);
            assertEquals(-1, first.getInputStream().read());
            assertTrue(second.isConnected() && third.isConnected());
        }
    }

    @Test
    void frameAboveTheLimitBeforeLogInClosesTheConnection() throws Exception {
        start(Map.of());
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(new byte[] {0, 0x01, 0x00, 0x01});
            assertEquals(-1, socket.getInputStream().read());
        }
    }

    @Test
    void portInUseIsABindException() throws IOException {
        start(Map.of());
        ServerConfig same = ServerConfig.builder()
                .set("smb ports", Integer.toString(port))
                .set("interfaces", "127.0.0.1")
                .set("bind interfaces only", "yes")
                .set("private dir", directory.resolve("private").toString())
                .build();
        SmbServer second = SmbServer.builder(same).build();
        assertThrows(BindException.class, second::start);
    }
}

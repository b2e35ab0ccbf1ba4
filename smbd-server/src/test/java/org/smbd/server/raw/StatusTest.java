package org.smbd.server.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.smbd.server.raw.RawServer.PASSWORD;
import static org.smbd.server.raw.RawServer.USER;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.Dialect;
import org.smbd.protocol.smb2.EchoRequest;
import org.smbd.protocol.smb2.FlushRequest;
import org.smbd.protocol.smb2.Smb2Command;
import org.smbd.server.control.ServerStatus.SessionStatus;
import org.smbd.server.raw.RawSession.Protection;

/** What {@code status} says of the protection of a session is what is done. */
class StatusTest {
    @TempDir
    private Path directory;

    private static SessionStatus only(RawServer server) {
        List<SessionStatus> sessions = server.status().sessions();
        assertEquals(1, sessions.size());
        return sessions.get(0);
    }

    @Test
    void signingIsNoneWhereOnlyTheTreeConnectWasSigned() throws IOException {
        try (RawServer server = new RawServer(directory, Map.of());
                RawClient client = server.client().negotiate()) {
            RawSession session = client.logIn(USER, PASSWORD);
            client.connect(session, "data").expect(NtStatus.SUCCESS);
            session.protection = Protection.PLAIN;
            client.call(session, Smb2Command.ECHO, new EchoRequest()).expect(NtStatus.SUCCESS);
            assertEquals("none", only(server).signing());
            assertEquals("none", only(server).cipher());
            session.protection = Protection.SIGNED;
            client.call(session, Smb2Command.ECHO, new EchoRequest()).expect(NtStatus.SUCCESS);
            assertEquals("AES-128-GMAC", only(server).signing());
        }
    }

    @Test
    void signingIsNamedWhereItIsRequired() throws IOException {
        try (RawServer server = new RawServer(directory, Map.of("server signing", "mandatory"));
                RawClient client = server.client().negotiate(Dialect.SMB_2_1)) {
            client.logIn(USER, PASSWORD);
            assertEquals("HMAC-SHA256", only(server).signing());
        }
    }

    @Test
    void aSealedSessionIsNotSigned() throws IOException {
        try (RawServer server = new RawServer(directory, Map.of("server smb encrypt", "required"));
                RawClient client = server.client().negotiate()) {
            RawSession session = client.logIn(USER, PASSWORD);
            session.protection = Protection.SEALED;
            client.connect(session, "data").expect(NtStatus.SUCCESS);
            client.call(session, Smb2Command.FLUSH, new FlushRequest(client.open(session, "a")))
                    .expect(NtStatus.SUCCESS);
            assertEquals("none", only(server).signing());
            assertEquals("AES-128-GCM", only(server).cipher());
        }
    }

    @Test
    void aGuestIsNeitherSignedNorSealed() throws IOException {
        try (RawServer server =
                        new RawServer(directory, Map.of("map to guest", "Bad User"), Map.of("guest ok", "yes"));
                RawClient client = server.client().negotiate()) {
            RawSession session = client.logIn("stranger", "any");
            client.connect(session, "data").expect(NtStatus.SUCCESS);
            assertEquals("none", only(server).signing());
            assertEquals("none", only(server).cipher());
        }
    }
}

package org.smbd.server.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.smbd.server.raw.RawServer.OTHER;
import static org.smbd.server.raw.RawServer.PASSWORD;
import static org.smbd.server.raw.RawServer.USER;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.Dialect;
import org.smbd.protocol.smb2.FileId;
import org.smbd.protocol.smb2.FlushRequest;
import org.smbd.protocol.smb2.LogoffRequest;
import org.smbd.protocol.smb2.Smb2Command;
import org.smbd.protocol.smb2.WriteRequest;

/** MS-SMB2 3.3.5.5.2 Reauthenticating an Existing Session, PreviousSessionId of 3.3.5.5.3, and 3.3.5.6 LOGOFF. */
class SessionLifeTest {
    @TempDir
    private Path directory;

    private RawServer server;
    private RawClient client;

    @BeforeEach
    void start() throws IOException {
        server = new RawServer(directory, Map.of());
        client = server.client();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    private static WriteRequest write(FileId file) {
        return new WriteRequest(0, file, 0, 0, Unpooled.wrappedBuffer(new byte[] {1}));
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void renewedLogInKeepsKeysTreesAndOpens(Dialect dialect) throws IOException {
        RawSession session = client.negotiate(dialect).logIn(USER, PASSWORD);
        client.connect(session, "data").expect(NtStatus.SUCCESS);
        FileId file = client.open(session, "a");
        RawLogin again = new RawLogin(client, USER, PASSWORD).renew(session);
        again.first().expect(NtStatus.MORE_PROCESSING_REQUIRED);
        client.call(session, Smb2Command.WRITE, write(file)).expect(NtStatus.SUCCESS); // works between two legs
        RawAnswer last = again.second().expect(NtStatus.SUCCESS);
        assertEquals(session.id(), last.header().sessionId());
        assertTrue(session.verify(last.message()));
        assertTrue(session.verify(client.call(session, Smb2Command.WRITE, write(file))
                .expect(NtStatus.SUCCESS)
                .message()));
    }

    @Test
    void failedRenewalEndsTheSession() throws IOException {
        RawSession session = client.negotiate().logIn(USER, PASSWORD);
        RawLogin again = new RawLogin(client, USER, "wrong").renew(session);
        again.first().expect(NtStatus.MORE_PROCESSING_REQUIRED);
        again.second().expect(NtStatus.LOGON_FAILURE);
        client.connect(session, "data").expect(NtStatus.USER_SESSION_DELETED);
        assertTrue(server.status().sessions().isEmpty());
    }

    @Test
    void secondLogOffFindsNoSession() throws IOException {
        RawSession session = client.negotiate().logIn(USER, PASSWORD);
        ByteBuf first = session.sign(client.build(session, Smb2Command.LOGOFF, new LogoffRequest()));
        ByteBuf second = session.sign(client.build(session, Smb2Command.LOGOFF, new LogoffRequest()));
        client.send(first);
        RawAnswer answer = client.receive().expect(NtStatus.SUCCESS);
        assertTrue(session.verify(answer.message()));
        client.send(second);
        client.receive().expect(NtStatus.USER_SESSION_DELETED);
        client.logIn(USER, PASSWORD);
    }

    @Test
    void twoLogOffsAtOnceEndOneSession() throws IOException {
        RawSession session = client.negotiate().logIn(USER, PASSWORD);
        RawSession neighbour = client.logIn(USER, PASSWORD);
        client.send(session.sign(client.build(session, Smb2Command.LOGOFF, new LogoffRequest())));
        client.send(session.sign(client.build(session, Smb2Command.LOGOFF, new LogoffRequest())));
        int successes = 0;
        for (int i = 0; i < 2; i++) {
            int status = client.receive().status();
            assertTrue(
                    status == 0 || status == NtStatus.USER_SESSION_DELETED.code(), () -> Integer.toHexString(status));
            successes += status == 0 ? 1 : 0;
        }
        assertTrue(successes >= 1);
        client.connect(neighbour, "data").expect(NtStatus.SUCCESS);
        assertEquals(1, server.status().sessions().size());
    }

    @Test
    void previousSessionOfTheSameUserIsReplacedWithItsOpens() throws IOException, InterruptedException {
        RawSession old = client.negotiate().logIn(USER, PASSWORD);
        client.connect(old, "data").expect(NtStatus.SUCCESS);
        FileId file = client.open(old, "a");
        try (RawClient other = server.client().negotiate()) {
            RawLogin login = new RawLogin(other, USER, PASSWORD);
            login.previousSessionId = old.id();
            login.first().expect(NtStatus.MORE_PROCESSING_REQUIRED);
            assertEquals(1, server.status().opens().size());
            login.second().expect(NtStatus.SUCCESS);
            server.await(status -> status.opens().isEmpty() && status.sessions().size() == 1);
            client.call(old, Smb2Command.FLUSH, new FlushRequest(file)).expect(NtStatus.USER_SESSION_DELETED);
        }
    }

    @Test
    void previousSessionOfAnotherUserStays() throws IOException {
        assumeFalse(USER.equals(OTHER));
        RawSession old = client.negotiate().logIn(USER, PASSWORD);
        client.connect(old, "data").expect(NtStatus.SUCCESS);
        FileId file = client.open(old, "a");
        try (RawClient other = server.client().negotiate()) {
            RawLogin login = new RawLogin(other, OTHER, PASSWORD);
            login.previousSessionId = old.id();
            login.first().expect(NtStatus.MORE_PROCESSING_REQUIRED);
            login.second().expect(NtStatus.SUCCESS);
            assertNotEquals(old.id(), login.session().id());
            client.call(old, Smb2Command.WRITE, write(file)).expect(NtStatus.SUCCESS);
        }
    }

    @Test
    void previousSessionStaysIfTheLogInFails() throws IOException {
        RawSession old = client.negotiate().logIn(USER, PASSWORD);
        try (RawClient other = server.client().negotiate()) {
            RawLogin login = new RawLogin(other, USER, "wrong");
            login.previousSessionId = old.id();
            login.first().expect(NtStatus.MORE_PROCESSING_REQUIRED);
            login.second().expect(NtStatus.LOGON_FAILURE);
            client.connect(old, "data").expect(NtStatus.SUCCESS);
        }
    }

    @Test
    void sessionOfAnotherConnectionIsNotThere() throws IOException {
        RawSession session = client.negotiate().logIn(USER, PASSWORD);
        try (RawClient other = server.client().negotiate()) {
            other.connect(session, "data").expect(NtStatus.USER_SESSION_DELETED);
        }
        client.connect(session, "data").expect(NtStatus.SUCCESS);
    }
}

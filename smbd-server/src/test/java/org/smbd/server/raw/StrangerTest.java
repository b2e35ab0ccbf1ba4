package org.smbd.server.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.smbd.server.raw.RawServer.PASSWORD;
import static org.smbd.server.raw.RawServer.USER;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.CreateRequest;
import org.smbd.protocol.smb2.Dialect;
import org.smbd.protocol.smb2.SecurityMode;
import org.smbd.protocol.smb2.SessionSetupResponse;
import org.smbd.protocol.smb2.Smb2Command;
import org.smbd.protocol.smb2.TreeConnectRequest;

/** Who is let in without a password: guests, whose client has a key that the server has not, and null sessions. */
class StrangerTest {
    private static final CreateRequest LOOK = new CreateRequest(0, 2, 0x81, 0, 7, 1, 1, "", List.of());

    @TempDir
    private Path directory;

    private final List<RawClient> clients = new ArrayList<>();
    private final ListAppender<ILoggingEvent> troubles = new ListAppender<>();
    private RawServer server;

    private void start(Map<String, String> parameters, Map<String, String> shareParameters) throws IOException {
        server = new RawServer(directory, parameters, shareParameters);
    }

    private void startForGuests() throws IOException {
        start(Map.of("map to guest", "Bad User"), Map.of("guest ok", "yes"));
    }

    private RawClient client() throws IOException {
        RawClient client = server.client();
        clients.add(client);
        return client;
    }

    @BeforeEach
    void watchTheLog() {
        troubles.start();
        ((Logger) LoggerFactory.getLogger("org.smbd.auth")).addAppender(troubles);
    }

    /** A thread that has acted as the guest account reads the daemon's own files as the daemon. */
    @AfterEach
    void accountsCouldBeRead() {
        ((Logger) LoggerFactory.getLogger("org.smbd.auth")).detachAppender(troubles);
        assertEquals(List.of(), troubles.list);
    }

    @AfterEach
    void stop() throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void aGuestWorksWhetherItsClientSignsOrNot(Dialect dialect) throws IOException {
        startForGuests();
        for (int securityMode : new int[] {SecurityMode.SIGNING_ENABLED, SecurityMode.SIGNING_REQUIRED}) {
            RawClient client = client();
            client.securityMode = securityMode;
            RawSession session = client.negotiate(dialect).logIn("stranger", "x");
            assertEquals(SessionSetupResponse.FLAG_IS_GUEST, session.flags());
            session.protection = securityMode == SecurityMode.SIGNING_REQUIRED
                    ? RawSession.Protection.SIGNED // with a key that only the client has
                    : RawSession.Protection.PLAIN;
            for (String share : List.of("IPC$", "data")) {
                RawAnswer connected = client.connect(session, share).expect(NtStatus.SUCCESS);
                assertFalse(connected.signed(), share);
            }
            assertFalse(client.call(session, Smb2Command.CREATE, LOOK)
                    .expect(NtStatus.SUCCESS)
                    .signed());
        }
    }

    @Test
    void aGuestDoesNotGetWhereEncryptionIsDemanded() throws IOException {
        startForGuests();
        RawClient client = client().negotiate();
        RawSession session = client.logIn("stranger", "x");
        client.connect(session, "sealed").expect(NtStatus.ACCESS_DENIED);
        client.connect(session, "data").expect(NtStatus.SUCCESS);
    }

    @Test
    void aGuestIsNotLetInWhereNoneIsWanted() throws IOException {
        start(Map.of("map to guest", "Bad User"), Map.of());
        RawClient other = client().negotiate();
        other.connect(other.logIn("stranger", "x"), "data").expect(NtStatus.ACCESS_DENIED);
    }

    @Test
    void aWrongPasswordMakesNoGuestUnlessConfigured() throws IOException {
        startForGuests();
        RawLogin login = new RawLogin(client().negotiate(), USER, "wrong");
        login.first().expect(NtStatus.MORE_PROCESSING_REQUIRED);
        login.second().expect(NtStatus.LOGON_FAILURE);
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyCredentialGetsWhereGuestsGet(Dialect dialect) throws IOException {
        startForGuests();
        RawClient client = client().negotiate(dialect);
        RawSession session = client.logIn("", "");
        assertEquals(SessionSetupResponse.FLAG_IS_NULL, session.flags());
        session.protection = RawSession.Protection.PLAIN;
        client.connect(session, "IPC$").expect(NtStatus.SUCCESS);
        client.connect(session, "data").expect(NtStatus.SUCCESS);
        client.call(session, Smb2Command.CREATE, LOOK).expect(NtStatus.SUCCESS);
        client.connect(session, "sealed").expect(NtStatus.ACCESS_DENIED);
    }

    @Test
    void aShareWithoutGuestsIsClosedToAnEmptyCredential() throws IOException {
        start(Map.of(), Map.of());
        RawClient client = client().negotiate();
        RawSession session = client.logIn("", "");
        client.connect(session, "data").expect(NtStatus.ACCESS_DENIED);
        client.connect(session, "IPC$").expect(NtStatus.SUCCESS);
    }

    @ParameterizedTest
    @EnumSource
    void anAnonymousClientSignsWithAKeyOfZeros(Dialect dialect) throws IOException {
        start(Map.of(), Map.of());
        RawClient client = client().negotiate(dialect);
        RawSession session = client.logIn("", "");
        RawAnswer signed = client.connect(session, "IPC$").expect(NtStatus.SUCCESS);
        assertTrue(signed.signed());
        assertTrue(session.verify(signed.message()));
        ByteBuf changed = session.sign(client.build(session, Smb2Command.TREE_CONNECT, toPipes()));
        changed.setByte(changed.writerIndex() - 1, 0x7F);
        client.send(changed);
        client.receive().expect(NtStatus.ACCESS_DENIED);
        session.protection = RawSession.Protection.PLAIN;
        assertFalse(client.connect(session, "IPC$").expect(NtStatus.SUCCESS).signed());
    }

    private static TreeConnectRequest toPipes() {
        return new TreeConnectRequest(0, "\\\\server\\IPC$");
    }

    @ParameterizedTest
    @EnumSource(names = {"SMB_3_0", "SMB_3_0_2", "SMB_3_1_1"})
    void anAnonymousClientEncryptsWhereSomebodyKnownIsLoggedIn(Dialect dialect) throws IOException {
        start(Map.of(), Map.of());
        RawClient client = client().negotiate(dialect);
        client.logIn(USER, PASSWORD);
        RawSession session = client.logIn("", "");
        session.protection = RawSession.Protection.SEALED;
        assertTrue(client.connect(session, "IPC$").expect(NtStatus.SUCCESS).sealed());
        RawClient alone = client().negotiate(dialect);
        RawSession theirs = alone.logIn("", "");
        theirs.protection = RawSession.Protection.SEALED;
        alone.send(theirs.protect(alone.build(theirs, Smb2Command.TREE_CONNECT, toPipes())));
        alone.assertClosed();
    }

    @Test
    void strangersAreRefusedAtTheLogInWhereTheyCouldDoNothing() throws IOException {
        start(Map.of("map to guest", "Bad User", "server signing", "mandatory"), Map.of("guest ok", "yes"));
        for (String user : List.of("stranger", "")) {
            RawLogin login = new RawLogin(client().negotiate(), user, "x");
            login.first().expect(NtStatus.MORE_PROCESSING_REQUIRED);
            login.second().expect(NtStatus.ACCESS_DENIED);
        }
    }
}

package org.smbd.server.raw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.smbd.server.raw.RawServer.PASSWORD;
import static org.smbd.server.raw.RawServer.USER;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.crypto.SigningAlgorithm;
import org.smbd.protocol.smb2.Dialect;
import org.smbd.protocol.smb2.EchoRequest;
import org.smbd.protocol.smb2.FileId;
import org.smbd.protocol.smb2.FlushRequest;
import org.smbd.protocol.smb2.LogoffRequest;
import org.smbd.protocol.smb2.Smb2Command;
import org.smbd.protocol.smb2.Smb2Flags;
import org.smbd.protocol.smb2.Smb2Header;
import org.smbd.protocol.smb2.TreeConnectRequest;
import org.smbd.protocol.smb2.WriteRequest;
import org.smbd.server.raw.RawSession.Protection;

/** MS-SMB2 3.3.5.2.4 Verifying the Signature, 3.3.4.1.1 Signing the Message, 3.3.5.2.3 (sequence numbers). */
class SigningTest {
    @TempDir
    private Path directory;

    private RawServer server;
    private RawClient client;

    @BeforeEach
    void start() throws IOException {
        server = new RawServer(directory, Map.of("server signing", "mandatory"));
        client = server.client();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    private RawSession loggedIn(Dialect dialect) throws IOException {
        RawSession session = client.negotiate(dialect).logIn(USER, PASSWORD);
        client.connect(session, "data").expect(NtStatus.SUCCESS);
        return session;
    }

    private static WriteRequest write(FileId file, String text) {
        return new WriteRequest(0, file, 0, 0, Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.US_ASCII)));
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void everyAnswerOfASessionThatSignsIsSigned(Dialect dialect) throws IOException {
        RawSession session = loggedIn(dialect);
        FileId file = client.open(session, "a");
        for (RawAnswer answer : List.of(
                client.call(session, Smb2Command.WRITE, write(file, "x")).expect(NtStatus.SUCCESS),
                client.call(session, Smb2Command.FLUSH, new FlushRequest(new FileId(9, 9)))
                        .expect(NtStatus.FILE_CLOSED),
                client.call(session, Smb2Command.LOGOFF, new LogoffRequest()).expect(NtStatus.SUCCESS))) {
            assertTrue(answer.signed(), answer.toString());
            assertTrue(session.verify(answer.message()), answer.toString());
        }
    }

    @ParameterizedTest
    @EnumSource(SigningAlgorithm.class)
    void eachAlgorithmSigns(SigningAlgorithm algorithm) throws IOException {
        client.negotiate(Dialect.SMB_3_1_1, List.of(algorithm), List.of());
        assertEquals(algorithm, client.signing());
        RawSession session = client.logIn(USER, PASSWORD);
        assertTrue(session.verify(
                client.connect(session, "data").expect(NtStatus.SUCCESS).message()));
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void finalAnswerOfALogInIsSignedAndThoseBeforeAreNot(Dialect dialect) throws IOException {
        RawLogin login = new RawLogin(client.negotiate(dialect), USER, PASSWORD);
        assertFalse(login.first().signed());
        RawAnswer last = login.second().expect(NtStatus.SUCCESS);
        assertTrue(last.signed());
        assertTrue(login.session().verify(last.message()));
        assertFalse(last.sealed());
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 32, 36, 52, 72, 112})
    void changedBitIsRefusedAndWritesNothing(int at) throws IOException {
        RawSession session = loggedIn(Dialect.SMB_3_1_1);
        FileId file = client.open(session, "a");
        client.call(session, Smb2Command.WRITE, write(file, "good")).expect(NtStatus.SUCCESS);
        ByteBuf message = session.sign(client.build(session, Smb2Command.WRITE, write(file, "evil")));
        message.setByte(at, message.getByte(at) ^ 0x40);
        client.send(message);
        client.receive().expect(NtStatus.ACCESS_DENIED);
        assertArrayEquals(
                "good".getBytes(StandardCharsets.US_ASCII),
                Files.readAllBytes(server.share().resolve("a")));
    }

    @Test
    void missingSignatureIsRefusedForEveryCommandOfTheSession() throws IOException {
        RawSession session = loggedIn(Dialect.SMB_3_0);
        FileId file = client.open(session, "a");
        session.protection = Protection.PLAIN;
        client.call(session, Smb2Command.WRITE, write(file, "x")).expect(NtStatus.ACCESS_DENIED);
        client.call(session, Smb2Command.CREATE, RawClient.create("b", 0)).expect(NtStatus.ACCESS_DENIED);
        client.call(session, Smb2Command.TREE_CONNECT, new TreeConnectRequest(0, "\\\\s\\data"))
                .expect(NtStatus.ACCESS_DENIED);
        client.call(session, Smb2Command.LOGOFF, new LogoffRequest()).expect(NtStatus.ACCESS_DENIED);
        client.call(session, Smb2Command.ECHO, new EchoRequest()).expect(NtStatus.ACCESS_DENIED);
        assertFalse(Files.exists(server.share().resolve("b")));
        session.protection = Protection.SIGNED;
        client.call(session, Smb2Command.WRITE, write(file, "x")).expect(NtStatus.SUCCESS);
    }

    @Test
    void treeConnectOf311WithoutSignatureClosesTheConnectionWhereSigningIsNotDemanded() throws IOException {
        server.close();
        server = new RawServer(directory.resolve("other"), Map.of());
        client = server.client().negotiate();
        RawSession session = client.logIn(USER, PASSWORD);
        session.protection = Protection.PLAIN;
        client.send(client.build(session, Smb2Command.TREE_CONNECT, new TreeConnectRequest(0, "\\\\s\\data")));
        client.assertClosed();
    }

    @Test
    void replayedPacketClosesTheConnection() throws IOException {
        RawSession session = loggedIn(Dialect.SMB_3_1_1);
        FileId file = client.open(session, "a");
        ByteBuf message = session.sign(client.build(session, Smb2Command.WRITE, write(file, "x")));
        client.send(message);
        client.receive().expect(NtStatus.SUCCESS);
        client.send(message);
        client.assertClosed();
    }

    @Test
    void signatureOfAnotherMessageIdIsRefused() throws IOException {
        RawSession session = loggedIn(Dialect.SMB_3_1_1);
        FileId file = client.open(session, "a");
        ByteBuf message = session.sign(client.build(session, Smb2Command.WRITE, write(file, "x")));
        client.send(message);
        client.receive().expect(NtStatus.SUCCESS);
        Smb2Header.setMessageId(message, 0, client.messageId++);
        client.send(message);
        client.receive().expect(NtStatus.ACCESS_DENIED);
    }

    @Test
    void signatureOfAnotherSessionIsRefused() throws IOException {
        RawSession session = loggedIn(Dialect.SMB_3_1_1);
        RawSession second = client.logIn(USER, PASSWORD);
        ByteBuf message = client.build(session, Smb2Command.CREATE, RawClient.create("b", 0));
        client.send(second.sign(message));
        client.receive().expect(NtStatus.ACCESS_DENIED);
    }

    @Test
    void refusalOfABadSignatureIsSignedItself() throws IOException {
        RawSession session = loggedIn(Dialect.SMB_3_1_1);
        ByteBuf message = client.build(session, Smb2Command.ECHO, new EchoRequest());
        Smb2Header.addFlags(message, 0, Smb2Flags.SIGNED);
        client.send(message);
        assertTrue(
                session.verify(client.receive().expect(NtStatus.ACCESS_DENIED).message()));
    }
}

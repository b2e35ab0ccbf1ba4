package org.smbd.server.raw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.smbd.server.raw.RawServer.PASSWORD;
import static org.smbd.server.raw.RawServer.USER;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.crypto.EncryptionAlgorithm;
import org.smbd.protocol.crypto.SigningAlgorithm;
import org.smbd.protocol.smb2.CancelRequest;
import org.smbd.protocol.smb2.ChangeNotifyRequest;
import org.smbd.protocol.smb2.CreateResponse;
import org.smbd.protocol.smb2.Dialect;
import org.smbd.protocol.smb2.EchoRequest;
import org.smbd.protocol.smb2.FileId;
import org.smbd.protocol.smb2.LogoffRequest;
import org.smbd.protocol.smb2.ReadRequest;
import org.smbd.protocol.smb2.ReadResponse;
import org.smbd.protocol.smb2.SessionSetupResponse;
import org.smbd.protocol.smb2.Smb2Command;
import org.smbd.protocol.smb2.Smb2Header;
import org.smbd.protocol.smb2.TreeConnectRequest;
import org.smbd.protocol.smb2.TreeConnectResponse;
import org.smbd.protocol.smb2.WriteRequest;
import org.smbd.server.raw.RawSession.Protection;

/** MS-SMB2 3.3.5.2.1.1 Decrypting the Message, 3.3.4.1.4 Encrypting the Message, and who must encrypt. */
class EncryptionTest {
    private static final int DIRECTORY_FILE = 1;
    private static final int NAME_CHANGES = 3;

    @TempDir
    private Path directory;

    private RawServer server;
    private RawClient client;

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    private void start(Map<String, String> parameters) throws IOException {
        server = new RawServer(directory, parameters);
        client = server.client();
    }

    private void startRequired() throws IOException {
        start(Map.of("server smb encrypt", "required"));
    }

    private RawSession sealed(Dialect dialect) throws IOException {
        RawSession session = client.negotiate(dialect).logIn(USER, PASSWORD);
        session.protection = Protection.SEALED;
        return session;
    }

    @ParameterizedTest
    @EnumSource(EncryptionAlgorithm.class)
    void everyCipherWritesAndReads(EncryptionAlgorithm cipher) throws IOException {
        startRequired();
        client.negotiate(Dialect.SMB_3_1_1, List.of(SigningAlgorithm.AES_CMAC), List.of(cipher));
        assertEquals(cipher, client.cipher().orElseThrow());
        writeAndRead();
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"SMB_3_0", "SMB_3_0_2"})
    void everyDialectThatEncryptsWritesAndReads(Dialect dialect) throws IOException {
        startRequired();
        client.negotiate(dialect);
        writeAndRead();
    }

    private void writeAndRead() throws IOException {
        RawSession session = client.logIn(USER, PASSWORD);
        assertNotEquals(0, session.flags() & SessionSetupResponse.FLAG_ENCRYPT_DATA);
        session.protection = Protection.SEALED;
        assertTrue(client.connect(session, "data").expect(NtStatus.SUCCESS).sealed());
        FileId file = client.open(session, "a");
        byte[] content = new byte[40_000];
        new Random(7).nextBytes(content);
        client.call(session, Smb2Command.WRITE, new WriteRequest(0, file, 0, 0, Unpooled.wrappedBuffer(content)))
                .expect(NtStatus.SUCCESS);
        RawAnswer read = client.call(session, Smb2Command.READ, new ReadRequest(0, content.length, 0, file, 0, 0))
                .expect(NtStatus.SUCCESS);
        assertTrue(read.sealed());
        assertFalse(read.signed());
        assertArrayEquals(content, ByteBufUtil.getBytes(read.message(), ReadResponse.PAYLOAD_OFFSET, content.length));
        assertArrayEquals(content, Files.readAllBytes(server.share().resolve("a")));
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"SMB_3_0", "SMB_3_0_2", "SMB_3_1_1"})
    void logInThatStartsEncryptionIsAnsweredPlainAndSigned(Dialect dialect) throws IOException {
        startRequired();
        RawLogin login = new RawLogin(client.negotiate(dialect), USER, PASSWORD);
        assertFalse(login.first().sealed());
        RawAnswer last = login.second().expect(NtStatus.SUCCESS);
        assertFalse(last.sealed());
        assertTrue(login.session().verify(last.message()));
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"SMB_2_0_2", "SMB_2_1"})
    void dialectThatCannotEncryptCannotLogInWhereItMust(Dialect dialect) throws IOException {
        startRequired();
        new RawLogin(client.negotiate(dialect), USER, PASSWORD).first().expect(NtStatus.ACCESS_DENIED);
    }

    @Test
    void plainRequestsOfASessionThatEncryptsAreRefused() throws IOException {
        startRequired();
        RawSession session = sealed(Dialect.SMB_3_1_1);
        client.connect(session, "data").expect(NtStatus.SUCCESS);
        session.protection = Protection.SIGNED;
        client.call(session, Smb2Command.CREATE, RawClient.create("a", 0)).expect(NtStatus.ACCESS_DENIED);
        client.call(session, Smb2Command.TREE_CONNECT, new TreeConnectRequest(0, "\\\\s\\data"))
                .expect(NtStatus.ACCESS_DENIED);
        client.call(session, Smb2Command.LOGOFF, new LogoffRequest()).expect(NtStatus.ACCESS_DENIED);
        assertFalse(Files.exists(server.share().resolve("a")));
        session.protection = Protection.SEALED;
        client.call(session, Smb2Command.CREATE, RawClient.create("a", 0)).expect(NtStatus.SUCCESS);
    }

    @Test
    void anEchoIsAnsweredSealedThoughItNeedsNoSession() throws IOException {
        startRequired();
        RawSession session = sealed(Dialect.SMB_3_1_1);
        assertTrue(client.call(session, Smb2Command.ECHO, new EchoRequest())
                .expect(NtStatus.SUCCESS)
                .sealed());
    }

    @Test
    void plainRequestsToAShareThatEncryptsAreRefusedAndOthersAreNot() throws IOException {
        start(Map.of());
        RawSession session = client.negotiate().logIn(USER, PASSWORD);
        client.connect(session, "data").expect(NtStatus.SUCCESS);
        client.call(session, Smb2Command.CREATE, RawClient.create("a", 0)).expect(NtStatus.SUCCESS);
        RawAnswer connected = client.connect(session, "sealed").expect(NtStatus.SUCCESS);
        assertNotEquals(
                0, connected.body(TreeConnectResponse.class).shareFlags() & TreeConnectResponse.FLAG_ENCRYPT_DATA);
        client.call(session, Smb2Command.CREATE, RawClient.create("b", 0)).expect(NtStatus.ACCESS_DENIED);
        assertFalse(Files.exists(server.share().resolve("b")));
        session.protection = Protection.SEALED;
        assertTrue(client.call(session, Smb2Command.CREATE, RawClient.create("b", 0))
                .expect(NtStatus.SUCCESS)
                .sealed());
    }

    @Test
    void shareThatEncryptsIsRefusedToADialectThatCannot() throws IOException {
        start(Map.of());
        RawSession session = client.negotiate(Dialect.SMB_2_1).logIn(USER, PASSWORD);
        client.connect(session, "sealed").expect(NtStatus.ACCESS_DENIED);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 20, 36, 52, 116, -1})
    void changedBitOfASealedMessageClosesTheConnection(int at) throws IOException {
        startRequired();
        RawSession session = sealed(Dialect.SMB_3_1_1);
        ByteBuf frame = session.seal(client.build(session, Smb2Command.ECHO, new EchoRequest()));
        int index = at < 0 ? frame.writerIndex() - 1 : at;
        frame.setByte(index, frame.getByte(index) ^ 1);
        client.send(frame);
        client.assertClosed();
    }

    @Test
    void messageSealedForAnUnknownSessionClosesTheConnection() throws IOException {
        startRequired();
        RawSession session = sealed(Dialect.SMB_3_1_1);
        client.send(session.sealFor(session.id() + 1, client.build(session, Smb2Command.ECHO, new EchoRequest())));
        client.assertClosed();
    }

    @Test
    void messageSealedForTheSessionOfAnotherClosesTheConnectionAndNotThatSession() throws IOException {
        startRequired();
        RawSession session = sealed(Dialect.SMB_3_1_1);
        try (RawClient victim = server.client().negotiate()) {
            RawSession theirs = victim.logIn(USER, PASSWORD);
            client.send(session.sealFor(theirs.id(), client.build(session, Smb2Command.ECHO, new EchoRequest())));
            client.assertClosed();
            theirs.protection = Protection.SEALED;
            victim.connect(theirs, "data").expect(NtStatus.SUCCESS);
        }
    }

    @Test
    void sealedMessageThatNamesAnotherSessionInsideClosesTheConnection() throws IOException {
        startRequired();
        RawSession session = sealed(Dialect.SMB_3_1_1);
        RawSession second = client.logIn(USER, PASSWORD);
        client.send(
                session.seal(client.build(second, Smb2Command.TREE_CONNECT, new TreeConnectRequest(0, "\\\\s\\data"))));
        client.assertClosed();
    }

    @Test
    void replayedSealedMessageClosesTheConnection() throws IOException {
        startRequired();
        RawSession session = sealed(Dialect.SMB_3_1_1);
        ByteBuf frame = session.seal(client.build(session, Smb2Command.ECHO, new EchoRequest()));
        client.send(frame.copy());
        client.receive().expect(NtStatus.SUCCESS);
        client.send(frame);
        client.assertClosed();
    }

    @Test
    void interimAndLateAnswersOfASessionThatEncryptsAreSealed() throws IOException {
        startRequired();
        RawSession session = sealed(Dialect.SMB_3_1_1);
        client.connect(session, "data").expect(NtStatus.SUCCESS);
        FileId root = client.call(session, Smb2Command.CREATE, RawClient.create("", DIRECTORY_FILE))
                .expect(NtStatus.SUCCESS)
                .body(CreateResponse.class)
                .fileId();
        long id = client.messageId;
        RawAnswer interim =
                client.call(session, Smb2Command.CHANGE_NOTIFY, new ChangeNotifyRequest(0, 1000, root, NAME_CHANGES));
        assertTrue(interim.expect(NtStatus.PENDING).sealed());
        ByteBuf cancel = client.build(session, Smb2Command.CANCEL, new CancelRequest());
        Smb2Header.setMessageId(cancel, 0, id);
        client.send(session.seal(cancel));
        RawAnswer late = client.receive().expect(NtStatus.CANCELLED);
        assertTrue(late.sealed());
        assertEquals(interim.header().asyncId(), late.header().asyncId());
    }

    @Test
    void logOffOfASessionThatEncryptsIsAnsweredSealed() throws IOException {
        startRequired();
        RawSession session = sealed(Dialect.SMB_3_1_1);
        assertTrue(client.call(session, Smb2Command.LOGOFF, new LogoffRequest())
                .expect(NtStatus.SUCCESS)
                .sealed());
    }

    @Test
    void renewedLogInOfASessionThatEncryptsIsAnsweredPlainAndSigned() throws IOException {
        startRequired();
        RawSession session = client.negotiate().logIn(USER, PASSWORD);
        RawLogin again = new RawLogin(client, USER, PASSWORD).renew(session);
        again.first().expect(NtStatus.MORE_PROCESSING_REQUIRED);
        RawAnswer last = again.second().expect(NtStatus.SUCCESS);
        assertFalse(last.sealed());
        assertTrue(session.verify(last.message()));
        session.protection = Protection.SEALED;
        client.connect(session, "data").expect(NtStatus.SUCCESS);
    }
}

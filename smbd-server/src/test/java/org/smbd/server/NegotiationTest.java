package org.smbd.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.Guid;
import org.smbd.protocol.smb1.Smb1Header;
import org.smbd.protocol.smb1.Smb1NegotiateRefusal;
import org.smbd.protocol.smb1.Smb1NegotiateRequest;
import org.smbd.protocol.smb2.Dialect;
import org.smbd.protocol.smb2.GlobalCapabilities;
import org.smbd.protocol.smb2.NegotiateContext;
import org.smbd.protocol.smb2.NegotiateRequest;
import org.smbd.protocol.smb2.NegotiateResponse;
import org.smbd.protocol.smb2.Smb2Command;
import org.smbd.protocol.smb2.Smb2Flags;
import org.smbd.protocol.smb2.Smb2Header;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;
import org.smbd.server.config.ServerConfig;

/** MS-SMB2 3.3.5.3 and 3.3.5.4, byte by byte over a socket. */
class NegotiationTest {
    @TempDir
    private Path directory;

    private SmbServer server;
    private Socket socket;

    @BeforeEach
    void start() throws IOException {
        Files.createDirectories(directory.resolve("private"));
        ServerConfig config = ServerConfig.builder()
                .set("smb ports", "0")
                .set("interfaces", "127.0.0.1")
                .set("bind interfaces only", "yes")
                .set("private dir", directory.resolve("private").toString())
                .build();
        server = SmbServer.builder(config).build();
        int port = server.start().get(0).address().getPort();
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
    }

    @AfterEach
    void stop() throws IOException {
        socket.close();
        server.stop(Duration.ofSeconds(5));
    }

    private void send(ByteBuf message) throws IOException {
        byte[] frame = new byte[4 + message.readableBytes()];
        Unpooled.wrappedBuffer(frame).setInt(0, message.readableBytes());
        message.readBytes(frame, 4, frame.length - 4);
        socket.getOutputStream().write(frame);
    }

    private ByteBuf receive() throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] message = new byte[in.readInt()];
        in.readFully(message);
        return Unpooled.wrappedBuffer(message);
    }

    private static ByteBuf smb1(String... dialects) {
        ByteBuf message = Unpooled.buffer();
        new Smb1NegotiateRequest(
                        new Smb1Header(Smb1Header.COM_NEGOTIATE, 0, 0x18, 0xC853, 1, 0, 0, 0), List.of(dialects))
                .encode(new WireWriter(message));
        return message;
    }

    private static ByteBuf negotiate(long messageId, int flags, List<NegotiateContext> contexts, Integer... dialects) {
        ByteBuf message = Unpooled.buffer();
        WireWriter out = new WireWriter(message);
        new Smb2Header(0, 0, Smb2Command.NEGOTIATE, 31, flags, 0, messageId, 0, 0, 0).encode(out);
        new NegotiateRequest(1, GlobalCapabilities.ENCRYPTION, Guid.random(), List.of(dialects), contexts).encode(out);
        return message;
    }

    private static NegotiateContext preauth(int algorithm) {
        return new NegotiateContext.PreauthIntegrity(List.of(algorithm), Unpooled.wrappedBuffer(new byte[32]));
    }

    private record Answer(Smb2Header header, NegotiateResponse response) {}

    private Answer answer() throws IOException {
        WireReader in = new WireReader(receive());
        Smb2Header header = Smb2Header.decode(in);
        return new Answer(header, header.status() == 0 ? NegotiateResponse.decode(in) : null);
    }

    private void assertClosed() throws IOException {
        assertEquals(-1, socket.getInputStream().read());
    }

    @Test
    void wildcardOfSmb1IsAnsweredByTheWildcardAndASecondNegotiateFollows() throws IOException {
        send(smb1("NT LM 0.12", "SMB 2.002", "SMB 2.???"));
        assertEquals(Dialect.WILDCARD_REVISION, answer().response().dialectRevision());
        send(negotiate(1, 0, List.of(), 0x0202, 0x0210));
        Answer second = answer();
        assertEquals(0x0210, second.response().dialectRevision());
        assertTrue(second.header().credits() >= 1);
    }

    @Test
    void basicDialectOfSmb1IsAnsweredAtOnce() throws IOException {
        send(smb1("NT LM 0.12", "SMB 2.002"));
        assertEquals(0x0202, answer().response().dialectRevision());
        send(negotiate(1, 0, List.of(), 0x0202));
        assertClosed();
    }

    @Test
    void clientOfSmb1AloneIsRefusedInItsOwnLanguage() throws IOException {
        send(smb1("PC NETWORK PROGRAM 1.0", "NT LM 0.12"));
        ByteBuf refusal = receive();
        assertEquals(
                Smb1Header.COM_NEGOTIATE,
                Smb1NegotiateRefusal.decode(new WireReader(refusal)).header().command());
        assertClosed();
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void greatestCommonDialectIsChosenAndOnlyOnce(Dialect newest) throws IOException {
        Integer[] offered = java.util.Arrays.stream(Dialect.values())
                .filter(newest::isAtLeast)
                .map(Dialect::revision)
                .toArray(Integer[]::new);
        List<NegotiateContext> contexts = newest.hasPreauthIntegrity()
                ? List.of(preauth(1), new NegotiateContext.Encryption(List.of(2, 1)))
                : List.of();
        send(negotiate(0, 0, contexts, offered));
        Answer answer = answer();
        assertEquals(newest.revision(), answer.response().dialectRevision());
        assertEquals(
                newest == Dialect.SMB_3_0 || newest == Dialect.SMB_3_0_2,
                (answer.response().capabilities() & GlobalCapabilities.ENCRYPTION) != 0);
        assertEquals(
                newest.hasMultiCredit() ? 8 << 20 : 64 << 10, answer.response().maxReadSize());
        assertEquals(
                newest.hasPreauthIntegrity(),
                !answer.response().negotiateContexts().isEmpty());
        send(negotiate(1, 0, contexts, offered));
        assertClosed();
    }

    @Test
    void unknownDialectsAreNotSupported() throws IOException {
        send(negotiate(0, 0, List.of(), 0x0999));
        assertEquals(NtStatus.NOT_SUPPORTED.code(), answer().header().status());
    }

    @Test
    void hashThatNobodyKnowsHasAStatusOfItsOwn() throws IOException {
        send(negotiate(0, 0, List.of(preauth(7)), 0x0311));
        assertEquals(
                NtStatus.SMB_NO_PREAUTH_INTEGRITY_HASH_OVERLAP.code(),
                answer().header().status());
    }

    @Test
    void contextsMissingOrDoubledAreInvalid() throws IOException {
        send(negotiate(0, 0, List.of(preauth(1), preauth(1)), 0x0311));
        assertEquals(NtStatus.INVALID_PARAMETER.code(), answer().header().status());
        send(negotiate(1, 0, List.of(new NegotiateContext.Encryption(List.of(1))), 0x0311));
        assertEquals(NtStatus.INVALID_PARAMETER.code(), answer().header().status());
    }

    @Test
    void signedNegotiateIsInvalid() throws IOException {
        send(negotiate(0, Smb2Flags.SIGNED, List.of(), 0x0210));
        assertEquals(NtStatus.INVALID_PARAMETER.code(), answer().header().status());
    }

    @Test
    void errorAnswerHasSeventyThreeBytes() throws IOException {
        send(negotiate(0, 0, List.of(), 0x0999));
        assertEquals(73, receive().readableBytes());
    }

    @ParameterizedTest
    @EnumSource(value = Smb2Command.class, names = "NEGOTIATE", mode = EnumSource.Mode.EXCLUDE)
    void anyOtherCommandBeforeNegotiateClosesTheConnection(Smb2Command command) throws IOException {
        ByteBuf message = Unpooled.buffer();
        new Smb2Header(0, 0, command, 1, 0, 0, 0, 0, 0, 0).encode(new WireWriter(message));
        send(message.writeZero(64));
        assertClosed();
    }

    @Test
    void messageIdOutsideTheWindowClosesTheConnection() throws IOException {
        send(negotiate(1, 0, List.of(), 0x0210));
        assertClosed();
    }

    @Test
    void sessionIsNeededAndItsIdMustExist() throws IOException {
        send(negotiate(0, 0, List.of(), 0x0210));
        assertEquals(0, answer().header().status());
        ByteBuf message = Unpooled.buffer();
        WireWriter out = new WireWriter(message);
        new Smb2Header(1, 0, Smb2Command.LOGOFF, 1, 0, 0, 1, 0, 0, 4711).encode(out);
        send(message.writeShortLE(4).writeShortLE(0));
        Smb2Header answer = Smb2Header.decode(new WireReader(receive()));
        assertEquals(NtStatus.USER_SESSION_DELETED.code(), answer.status());
        assertNotEquals(0, answer.credits());
    }

    @Test
    void shortTransformAndGarbageCloseTheConnection() throws IOException {
        send(Unpooled.buffer().writeIntLE(0x424D53FD).writeZero(20));
        assertClosed();
    }
}

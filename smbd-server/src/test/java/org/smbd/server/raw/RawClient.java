package org.smbd.server.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.smbd.core.file.AccessMask;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.Guid;
import org.smbd.protocol.crypto.EncryptionAlgorithm;
import org.smbd.protocol.crypto.PreauthHash;
import org.smbd.protocol.crypto.SigningAlgorithm;
import org.smbd.protocol.frame.TransformHeader;
import org.smbd.protocol.smb2.CreateRequest;
import org.smbd.protocol.smb2.CreateResponse;
import org.smbd.protocol.smb2.Dialect;
import org.smbd.protocol.smb2.FileId;
import org.smbd.protocol.smb2.GlobalCapabilities;
import org.smbd.protocol.smb2.NegotiateContext;
import org.smbd.protocol.smb2.NegotiateRequest;
import org.smbd.protocol.smb2.NegotiateResponse;
import org.smbd.protocol.smb2.SessionSetupRequest;
import org.smbd.protocol.smb2.SessionSetupResponse;
import org.smbd.protocol.smb2.Smb2Command;
import org.smbd.protocol.smb2.Smb2Header;
import org.smbd.protocol.smb2.Smb2Request;
import org.smbd.protocol.smb2.TreeConnectRequest;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * One connection of a client. Every step can be done alone: build a message, protect it, send it, take an answer.
 *
 * <p>One thread. Buffers are left to the garbage collector.
 */
final class RawClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;
    private static final int CREDIT_BYTES = 64 * 1024;

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final Map<Long, RawSession> sessions = new HashMap<>();
    private final Deque<RawAnswer> received = new ArrayDeque<>();
    private PreauthHash preauth = PreauthHash.START;
    private Dialect dialect;
    private SigningAlgorithm signing = SigningAlgorithm.HMAC_SHA256;
    private Optional<EncryptionAlgorithm> cipher = Optional.empty();
    private NegotiateResponse negotiated;

    /** ClientGuid. */
    Guid guid = Guid.random();

    /** The next MessageId. */
    long messageId;

    /** Credits that each request asks for. */
    int creditsAsked = 32;

    /** Credits that the client holds. */
    int credits = 1;

    /** SecurityMode of NEGOTIATE and SESSION_SETUP. */
    int securityMode = 1;

    /** What NEGOTIATE announces besides encryption and multi-credit requests. */
    int moreCapabilities = GlobalCapabilities.MULTI_CHANNEL;

    private boolean posixExtensions;

    RawClient(int port) throws IOException {
        this(port, 0);
    }

    /** @param receiveBufferBytes of the socket; 0: as the system likes it */
    RawClient(int port, int receiveBufferBytes) throws IOException {
        if (receiveBufferBytes != 0) {
            socket.setReceiveBufferSize(receiveBufferBytes);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
    }

    /** Everything that 3.1.1 offers. */
    /** Asks for the POSIX extensions in NEGOTIATE. */
    RawClient withPosixExtensions() {
        posixExtensions = true;
        return this;
    }

    RawClient negotiate() throws IOException {
        return negotiate(Dialect.SMB_3_1_1);
    }

    RawClient negotiate(Dialect only) throws IOException {
        return negotiate(only, List.of(SigningAlgorithm.values()), List.of(EncryptionAlgorithm.values()));
    }

    RawClient negotiate(Dialect only, List<SigningAlgorithm> signatures, List<EncryptionAlgorithm> ciphers)
            throws IOException {
        dialect = only;
        List<NegotiateContext> contexts = only.hasPreauthIntegrity() ? contexts(signatures, ciphers) : List.of();
        NegotiateRequest request =
                new NegotiateRequest(securityMode, capabilities(), guid, List.of(only.revision()), contexts);
        ByteBuf message = build(Smb2Command.NEGOTIATE, 0, 0, request);
        preauth = preauth.with(message, 0, message.readableBytes());
        send(message);
        RawAnswer answer = receive().expect(NtStatus.SUCCESS);
        preauth = preauth.with(answer.message(), 0, answer.message().readableBytes());
        negotiated = answer.body(NegotiateResponse.class);
        assertEquals(only.revision(), negotiated.dialectRevision());
        choose();
        return this;
    }

    private List<NegotiateContext> contexts(List<SigningAlgorithm> signatures, List<EncryptionAlgorithm> ciphers) {
        List<NegotiateContext> contexts = new ArrayList<>();
        contexts.add(new NegotiateContext.PreauthIntegrity(List.of(1), Unpooled.wrappedBuffer(new byte[32])));
        if (!ciphers.isEmpty()) {
            contexts.add(new NegotiateContext.Encryption(
                    ciphers.stream().map(EncryptionAlgorithm::id).toList()));
        }
        if (posixExtensions) {
            contexts.add(NegotiateContext.PosixExtensions.ofServer());
        }
        contexts.add(new NegotiateContext.Signing(
                signatures.stream().map(SigningAlgorithm::id).toList()));
        return contexts;
    }

    private void choose() {
        signing = dialect.isSmb3() ? SigningAlgorithm.AES_CMAC : SigningAlgorithm.HMAC_SHA256;
        if (dialect.isSmb3() && (negotiated.capabilities() & GlobalCapabilities.ENCRYPTION) != 0) {
            cipher = Optional.of(EncryptionAlgorithm.AES_128_CCM);
        }
        for (NegotiateContext context : negotiated.negotiateContexts()) {
            if (context instanceof NegotiateContext.Signing chosen) {
                signing = SigningAlgorithm.of(chosen.signingAlgorithms().get(0)).orElseThrow();
            } else if (context instanceof NegotiateContext.Encryption chosen) {
                cipher = EncryptionAlgorithm.of(chosen.ciphers().get(0));
            }
        }
    }

    NegotiateResponse negotiated() {
        return negotiated;
    }

    SigningAlgorithm signing() {
        return signing;
    }

    Optional<EncryptionAlgorithm> cipher() {
        return cipher;
    }

    Guid guid() {
        return guid;
    }

    int capabilities() {
        return dialect.isSmb3() ? GlobalCapabilities.ENCRYPTION | GlobalCapabilities.LARGE_MTU | moreCapabilities : 0;
    }

    /** Binds a session of another connection to this one. */
    RawSession bind(RawSession session, String user, String password) throws IOException {
        RawLogin login = new RawLogin(this, user, password).bind(session);
        login.first().expect(NtStatus.MORE_PROCESSING_REQUIRED);
        login.second().expect(NtStatus.SUCCESS);
        return login.session();
    }

    /** A whole log-in. */
    RawSession logIn(String user, String password) throws IOException {
        RawLogin login = new RawLogin(this, user, password);
        login.first().expect(NtStatus.MORE_PROCESSING_REQUIRED);
        login.second().expect(NtStatus.SUCCESS);
        return login.session();
    }

    PreauthHash preauth() {
        return preauth;
    }

    /** The session that a log-in has made, from the answer of its last leg. */
    RawSession established(RawAnswer last, byte[] sessionKey, PreauthHash behindRequest) {
        RawSession session = new RawSession(
                last.header().sessionId(),
                last.body(SessionSetupResponse.class).sessionFlags(),
                dialect,
                signing,
                cipher,
                sessionKey,
                behindRequest);
        sessions.put(session.id(), session);
        return session;
    }

    /** The same for a session that was bound to this connection: it has a signing key of its own here. */
    RawSession bound(RawSession session, byte[] sessionKey, PreauthHash behindRequest) {
        RawSession channel = session.channel(dialect, signing, sessionKey, behindRequest);
        sessions.put(channel.id(), channel);
        return channel;
    }

    /** SESSION_SETUP, unprotected. */
    ByteBuf sessionSetup(long sessionId, long previousSessionId, byte[] token) {
        return sessionSetup(0, sessionId, previousSessionId, token);
    }

    /** SESSION_SETUP with flags, unprotected. */
    ByteBuf sessionSetup(int flags, long sessionId, long previousSessionId, byte[] token) {
        SessionSetupRequest request =
                new SessionSetupRequest(flags, securityMode, 0, previousSessionId, Unpooled.wrappedBuffer(token));
        return build(Smb2Command.SESSION_SETUP, sessionId, 0, request);
    }

    /** Connects to a share; later requests of the session go there. */
    RawAnswer connect(RawSession session, String share) throws IOException {
        RawAnswer answer = call(session, Smb2Command.TREE_CONNECT, new TreeConnectRequest(0, "\\\\server\\" + share));
        session.treeId = answer.header().treeId();
        return answer;
    }

    /** Opens a file, or makes it, for everything. */
    FileId open(RawSession session, String name) throws IOException {
        return call(session, Smb2Command.CREATE, create(name, 0))
                .expect(NtStatus.SUCCESS)
                .body(CreateResponse.class)
                .fileId();
    }

    /** FILE_OPEN_IF with all access and all sharing. */
    static CreateRequest create(String name, int options) {
        return new CreateRequest(0, 2, AccessMask.FILE_ALL_ACCESS, 0, 7, 3, options, name, List.of());
    }

    /** Sends one request, protected as the session's are, and takes its answer. */
    RawAnswer call(RawSession session, Smb2Command command, Smb2Request body) throws IOException {
        send(session.protect(build(session, command, body)));
        return receive();
    }

    /** A message of a session, unprotected. */
    ByteBuf build(RawSession session, Smb2Command command, Smb2Request body) {
        return build(command, session.id(), session.treeId, body);
    }

    /** A message, with the next MessageId. */
    ByteBuf build(Smb2Command command, long sessionId, int treeId, Smb2Request body) {
        int charge = dialect.hasMultiCredit() ? (int) Math.max(1, (body.payloadBytes() - 1) / CREDIT_BYTES + 1) : 1;
        int paid = command == Smb2Command.NEGOTIATE ? 0 : charge;
        ByteBuf message = Unpooled.buffer();
        WireWriter out = new WireWriter(message);
        new Smb2Header(paid, 0, command, creditsAsked, 0, 0, messageId, 0xFEFF, treeId, sessionId).encode(out);
        body.encode(out);
        if (command != Smb2Command.CANCEL) {
            messageId += charge;
            credits -= charge;
        }
        return message;
    }

    /** Chains messages into a compound, each padded; they are not signed. */
    static ByteBuf chain(ByteBuf... messages) {
        ByteBuf frame = Unpooled.buffer();
        for (int i = 0; i < messages.length; i++) {
            if (i < messages.length - 1) {
                messages[i].writeZero(-messages[i].readableBytes() & 7);
                Smb2Header.setNextCommand(messages[i], 0, messages[i].readableBytes());
            }
            frame.writeBytes(messages[i], 0, messages[i].readableBytes());
        }
        return frame;
    }

    /** Sends a frame. */
    void send(ByteBuf frame) throws IOException {
        ByteBuf prefixed = Unpooled.buffer(4 + frame.readableBytes());
        prefixed.writeInt(frame.readableBytes()).writeBytes(frame, frame.readerIndex(), frame.readableBytes());
        sendBytes(prefixed);
    }

    /** Sends bytes that need not be a frame. */
    void sendBytes(ByteBuf bytes) throws IOException {
        socket.getOutputStream().write(ByteBufUtil.getBytes(bytes));
    }

    /** The next message of the server, opened and cut out of its compound. */
    RawAnswer receive() throws IOException {
        if (received.isEmpty()) {
            receiveFrame();
        }
        RawAnswer answer = received.remove();
        credits += answer.header().credits();
        return answer;
    }

    /** Waits for the beginning of an answer, and takes nothing of it. */
    void awaitBytes() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS);
        while (in.available() == 0 && System.nanoTime() < end) {
            Thread.sleep(1);
        }
        assertTrue(in.available() > 0, "nothing came");
    }

    /** Whether anything of the server is there already. */
    boolean hasReceived() throws IOException {
        return !received.isEmpty() || in.available() > 0;
    }

    /** Takes a frame; the number of messages in it. */
    private void receiveFrame() throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        boolean sealed = TransformHeader.startsAt(Unpooled.wrappedBuffer(bytes), 0);
        ByteBuf frame = sealed ? unseal(bytes) : Unpooled.wrappedBuffer(bytes);
        int offset = 0;
        while (offset < frame.readableBytes()) {
            ByteBuf rest = frame.slice(offset, frame.readableBytes() - offset);
            Smb2Header header = Smb2Header.decode(new WireReader(rest));
            int length = header.nextCommand() == 0 ? rest.readableBytes() : header.nextCommand();
            received.add(new RawAnswer(header, rest.slice(0, length), sealed));
            offset += length;
        }
    }

    private ByteBuf unseal(byte[] bytes) {
        ByteBuf frame = Unpooled.buffer(bytes.length + 16).writeBytes(bytes);
        TransformHeader header = TransformHeader.decode(new WireReader(frame));
        RawSession session = sessions.get(header.sessionId());
        assertTrue(session.open(frame, header.originalMessageSize()), "sealed by another key");
        byte[] message = Arrays.copyOfRange(bytes, TransformHeader.SIZE_BYTES, bytes.length);
        frame.getBytes(TransformHeader.SIZE_BYTES, message);
        return Unpooled.wrappedBuffer(message);
    }

    /** Waits for the server to close the connection; whatever it still sends is dropped. */
    void assertClosed() throws IOException {
        try {
            while (in.read() >= 0) {
                in.skipBytes(in.available());
            }
        } catch (EOFException | SocketException reset) {
            return; // what the server had not read resets the connection
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Breaks the connection off without a good-bye. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }
}

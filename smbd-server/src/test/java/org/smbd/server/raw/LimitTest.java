package org.smbd.server.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.smbd.server.raw.RawServer.PASSWORD;
import static org.smbd.server.raw.RawServer.USER;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.ChangeNotifyRequest;
import org.smbd.protocol.smb2.CreateResponse;
import org.smbd.protocol.smb2.EchoRequest;
import org.smbd.protocol.smb2.FileId;
import org.smbd.protocol.smb2.InfoType;
import org.smbd.protocol.smb2.LockElement;
import org.smbd.protocol.smb2.LockRequest;
import org.smbd.protocol.smb2.QueryInfoRequest;
import org.smbd.protocol.smb2.ReadRequest;
import org.smbd.protocol.smb2.Smb2Command;
import org.smbd.protocol.smb2.WriteRequest;
import org.smbd.server.control.ServerStatus;

/** Each limit of docs/limits.md that a client can run into, with a small value, while others are served. */
class LimitTest {
    @TempDir
    private Path directory;

    private final List<RawClient> clients = new ArrayList<>();
    private RawServer server;

    @AfterEach
    void stop() throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
        server.close();
    }

    private void start(String... parameters) throws IOException {
        Map<String, String> settings = new HashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            settings.put(parameters[i], parameters[i + 1]);
        }
        server = new RawServer(directory, settings);
    }

    private RawClient client() throws IOException {
        RawClient client = server.client();
        clients.add(client);
        return client;
    }

    private RawSession connected(RawClient client) throws IOException {
        RawSession session = client.negotiate().logIn(USER, PASSWORD);
        client.connect(session, "data").expect(NtStatus.SUCCESS);
        return session;
    }

    private static void assertServed(RawClient client, RawSession session) throws IOException {
        client.call(session, Smb2Command.ECHO, new EchoRequest()).expect(NtStatus.SUCCESS);
    }

    @Test
    void silentNegotiatedAndHalfLoggedInConnectionsAreClosedAndOthersServed() throws IOException {
        start("login timeout", "1");
        RawClient honest = client();
        RawSession session = connected(honest);
        RawClient silent = client();
        RawClient oneByte = client();
        oneByte.sendBytes(Unpooled.buffer().writeByte(0));
        RawClient negotiated = client().negotiate();
        RawClient half = client().negotiate();
        new RawLogin(half, USER, PASSWORD).first().expect(NtStatus.MORE_PROCESSING_REQUIRED);
        for (RawClient stranger : List.of(silent, oneByte, negotiated, half)) {
            stranger.assertClosed();
        }
        assertServed(honest, session);
    }

    @Test
    void connectionThatStopsInTheMiddleOfAFrameIsClosed() throws IOException {
        start("receive timeout", "1");
        RawClient honest = client();
        RawSession session = connected(honest);
        RawClient slow = client();
        connected(slow);
        slow.sendBytes(Unpooled.buffer().writeInt(1000).writeZero(10));
        slow.assertClosed();
        assertServed(honest, session);
    }

    @Test
    void connectionThatTakesNoAnswersIsClosedAndOthersServed() throws IOException, InterruptedException {
        start("slow reader timeout", "1", "max bytes queued", "64K");
        RawClient honest = client();
        RawSession session = connected(honest);
        RawClient lazy = new RawClient(server.port(), 4096);
        clients.add(lazy);
        lazy.creditsAsked = 512;
        RawSession theirs = connected(lazy);
        FileId file = lazy.open(theirs, "big");
        int bytes = 4 << 20;
        lazy.call(theirs, Smb2Command.WRITE, new WriteRequest(0, file, 0, 0, Unpooled.wrappedBuffer(new byte[bytes])))
                .expect(NtStatus.SUCCESS);
        for (int i = 0; i < 4; i++) {
            lazy.send(theirs.protect(lazy.build(theirs, Smb2Command.READ, new ReadRequest(0, bytes, 0, file, 0, 0))));
        }
        server.await(status -> status.connections().size() == 1);
        assertServed(honest, session);
    }

    @Test
    void oldestStrangerOfAnAddressGivesWay() throws IOException {
        start("max unauthenticated connections per address", "2");
        RawClient honest = client();
        RawSession session = connected(honest);
        RawClient oldest = client();
        client().negotiate();
        client().negotiate();
        oldest.assertClosed();
        assertServed(honest, session);
    }

    @Test
    void oldestStrangerOfAllGivesWay() throws IOException {
        start("max unauthenticated connections", "1");
        RawClient oldest = client();
        client().negotiate();
        oldest.assertClosed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"max smbd processes", "max ip connections"})
    void connectionsAboveTheLimitAreRefused(String parameter) throws IOException {
        start(parameter, "2");
        RawClient honest = client();
        RawSession session = connected(honest);
        client().negotiate();
        client().assertClosed();
        assertServed(honest, session);
    }

    @Test
    void longFrameBeforeTheLogInClosesTheConnection() throws IOException {
        start("max frame before login", "16K");
        RawClient client = client().negotiate();
        client.sendBytes(Unpooled.buffer().writeInt((16 << 10) + 1));
        client.assertClosed();
    }

    @Test
    void halfDoneLogInsAreBounded() throws IOException {
        start("max pending logins", "3");
        RawClient client = client().negotiate();
        for (int i = 0; i < 3; i++) {
            new RawLogin(client, USER, PASSWORD).first().expect(NtStatus.MORE_PROCESSING_REQUIRED);
        }
        new RawLogin(client, USER, PASSWORD).first().expect(NtStatus.INSUFFICIENT_RESOURCES);
    }

    @Test
    void sessionsOfOneConnectionAreBounded() throws IOException {
        start("max sessions per connection", "2");
        RawClient client = client();
        RawSession first = connected(client);
        client.logIn(USER, PASSWORD);
        new RawLogin(client, USER, PASSWORD).first().expect(NtStatus.INSUFFICIENT_RESOURCES);
        assertServed(client, first);
    }

    @Test
    void treeConnectsOfOneSessionAreBounded() throws IOException {
        start("max tree connects per session", "2");
        RawClient client = client();
        RawSession session = connected(client);
        client.connect(session, "data").expect(NtStatus.SUCCESS);
        client.connect(session, "data").expect(NtStatus.INSUFFICIENT_RESOURCES);
    }

    @Test
    void opensOfOneSessionAreBoundedAndOthersGoOn() throws IOException {
        start("max open files", "16");
        RawClient client = client();
        RawSession session = connected(client);
        for (int i = 0; i < 16; i++) {
            client.open(session, "a");
        }
        client.call(session, Smb2Command.CREATE, RawClient.create("a", 0)).expect(NtStatus.INSUFFICIENT_RESOURCES);
        RawClient other = client();
        other.open(connected(other), "a");
    }

    @Test
    void opensOfAllSessionsAreBoundedAndNoSessionTakesThemAll() throws IOException {
        start("max open files in all", "5");
        RawClient client = client();
        RawSession session = connected(client);
        for (int i = 0; i < 4; i++) {
            client.open(session, "a");
        }
        client.call(session, Smb2Command.CREATE, RawClient.create("a", 0)).expect(NtStatus.INSUFFICIENT_RESOURCES);
        RawClient other = client();
        RawSession theirs = connected(other);
        other.open(theirs, "a");
        other.call(theirs, Smb2Command.CREATE, RawClient.create("a", 0)).expect(NtStatus.INSUFFICIENT_RESOURCES);
    }

    @Test
    void locksOfOneOpenAreBounded() throws IOException {
        start("max locks per handle", "2");
        RawClient client = client();
        RawSession session = connected(client);
        FileId file = client.open(session, "a");
        int exclusive = LockElement.FLAG_EXCLUSIVE_LOCK | LockElement.FLAG_FAIL_IMMEDIATELY;
        for (int i = 0; i < 2; i++) {
            lock(client, session, file, i, exclusive).expect(NtStatus.SUCCESS);
        }
        lock(client, session, file, 2, exclusive).expect(NtStatus.INSUFFICIENT_RESOURCES);
        lock(client, session, file, 0, LockElement.FLAG_UNLOCK).expect(NtStatus.SUCCESS);
        lock(client, session, file, 1, exclusive).expect(NtStatus.LOCK_NOT_GRANTED);
        lock(client, session, file, 2, exclusive).expect(NtStatus.SUCCESS);
    }

    private static RawAnswer lock(RawClient client, RawSession session, FileId file, long offset, int flags)
            throws IOException {
        return client.call(
                session, Smb2Command.LOCK, new LockRequest(0, file, List.of(new LockElement(offset, 1, flags))));
    }

    @Test
    void waitingRequestsOfOneConnectionAreBounded() throws IOException {
        start("max pending requests", "2");
        RawClient client = client();
        RawSession session = connected(client);
        FileId root = client.call(session, Smb2Command.CREATE, RawClient.create("", 1))
                .expect(NtStatus.SUCCESS)
                .body(CreateResponse.class)
                .fileId();
        ChangeNotifyRequest watch = new ChangeNotifyRequest(0, 1000, root, 3);
        client.call(session, Smb2Command.CHANGE_NOTIFY, watch).expect(NtStatus.PENDING);
        client.call(session, Smb2Command.CHANGE_NOTIFY, watch).expect(NtStatus.PENDING);
        client.call(session, Smb2Command.CHANGE_NOTIFY, watch).expect(NtStatus.INSUFFICIENT_RESOURCES);
    }

    @Test
    void sizesOfRequestsAreAnnouncedAndBounded() throws IOException {
        start("smb2 max read", "64K", "smb2 max write", "128K", "smb2 max trans", "256K");
        RawClient client = client();
        RawSession session = connected(client);
        assertEquals(64 << 10, client.negotiated().maxReadSize());
        assertEquals(128 << 10, client.negotiated().maxWriteSize());
        assertEquals(256 << 10, client.negotiated().maxTransactSize());
        FileId file = client.open(session, "a");
        client.call(session, Smb2Command.READ, new ReadRequest(0, (64 << 10) + 1, 0, file, 0, 0))
                .expect(NtStatus.INVALID_PARAMETER);
        byte[] tooLong = new byte[(128 << 10) + 1];
        client.call(session, Smb2Command.WRITE, new WriteRequest(0, file, 0, 0, Unpooled.wrappedBuffer(tooLong)))
                .expect(NtStatus.INVALID_PARAMETER);
        client.call(session, Smb2Command.QUERY_INFO, queryAll(file, 256 << 10)).expect(NtStatus.SUCCESS);
        client.call(session, Smb2Command.QUERY_INFO, queryAll(file, (256 << 10) + 1))
                .expect(NtStatus.INVALID_PARAMETER);
    }

    private static QueryInfoRequest queryAll(FileId file, int lengthMax) {
        return new QueryInfoRequest(InfoType.FILE, 18, lengthMax, 0, 0, file, Unpooled.EMPTY_BUFFER);
    }

    /** Bytes that the client takes none of wait in the server and in the two ends of the connection. */
    @Test
    void aConnectionThatTakesNoAnswersIsAskedForNoMoreRequests() throws IOException, InterruptedException {
        start("max bytes queued", "64K");
        RawClient lazy = new RawClient(server.port(), 4096);
        clients.add(lazy);
        lazy.creditsAsked = 512;
        RawSession theirs = connected(lazy);
        FileId file = lazy.open(theirs, "big");
        int bytes = 4 << 20;
        lazy.call(theirs, Smb2Command.WRITE, new WriteRequest(0, file, 0, 0, Unpooled.wrappedBuffer(new byte[bytes])))
                .expect(NtStatus.SUCCESS);
        lazy.send(theirs.protect(lazy.build(theirs, Smb2Command.READ, new ReadRequest(0, bytes, 0, file, 0, 0))));
        lazy.awaitBytes();
        for (int i = 0; i < 2; i++) {
            lazy.send(theirs.protect(lazy.build(theirs, Smb2Command.ECHO, new EchoRequest())));
        }
        RawClient honest = client();
        assertServed(honest, connected(honest));
        assertEquals(1, counted(server.status(), "smb2.echo"), "that of the honest client alone");
        lazy.receive().expect(NtStatus.SUCCESS);
        for (int i = 0; i < 2; i++) {
            lazy.receive().expect(NtStatus.SUCCESS);
        }
    }

    private static long counted(ServerStatus status, String command) {
        ServerStatus.CounterStatus counter = status.counters().get(command);
        return counter == null ? 0 : counter.count();
    }

    @Test
    void longSecurityTokenIsInvalid() throws IOException {
        start("max security token", "4K");
        RawClient client = client().negotiate();
        client.send(client.sessionSetup(0, 0, new byte[4097]));
        client.receive().expect(NtStatus.INVALID_PARAMETER);
    }

    @Test
    void deepSecurityTokenIsInvalid() throws IOException {
        start("max asn1 depth", "3");
        RawClient client = client().negotiate();
        byte[] spnego = ByteBufUtil.getBytes(client.negotiated().securityBuffer());
        client.send(client.sessionSetup(0, 0, spnego));
        client.receive().expect(NtStatus.INVALID_PARAMETER);
    }

    @Test
    void repeatedFailuresAreAnsweredLateAndNobodyElseWaits() throws IOException {
        start("login failures before delay", "2", "login failure delay", "400");
        List<Duration> taken = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            RawLogin login = new RawLogin(client().negotiate(), "mallory", "guess");
            login.first().expect(NtStatus.MORE_PROCESSING_REQUIRED);
            long begin = System.nanoTime();
            login.second().expect(NtStatus.LOGON_FAILURE);
            taken.add(Duration.ofNanos(System.nanoTime() - begin));
        }
        assertTrue(taken.get(2).compareTo(Duration.ofMillis(400)) >= 0, taken.toString());
        assertServed(clients.get(0), clients.get(0).logIn(USER, PASSWORD));
    }
}

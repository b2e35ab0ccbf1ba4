package org.smbd.server.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.smbd.server.raw.RawServer.PASSWORD;
import static org.smbd.server.raw.RawServer.USER;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.CreateAction;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.Guid;
import org.smbd.protocol.smb2.CloseRequest;
import org.smbd.protocol.smb2.CreateContext;
import org.smbd.protocol.smb2.CreateRequest;
import org.smbd.protocol.smb2.CreateResponse;
import org.smbd.protocol.smb2.FileId;
import org.smbd.protocol.smb2.OplockLevel;
import org.smbd.protocol.smb2.Smb2Command;
import org.smbd.protocol.smb2.Smb2Flags;
import org.smbd.protocol.smb2.Smb2Header;
import org.smbd.protocol.smb2.WriteRequest;

/** A CREATE whose answer was lost is sent again, and makes no second open. */
@SuppressWarnings("EnumOrdinal") // the ordinal of a CreateAction is its wire value
class CreateReplayTest {
    private static final int RWH = 7;
    private static final Guid NO_KEY = new Guid(0, 0);

    @TempDir
    private Path directory;

    private final Guid clientGuid = Guid.random();
    private final Guid createGuid = Guid.random();
    private final Guid key = Guid.random();
    private RawServer server;
    private RawClient client;
    private RawSession session;

    @BeforeEach
    void start() throws IOException {
        server = new RawServer(directory, Map.of());
        client = connect(clientGuid);
        session = logIn(client);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    private RawClient connect(Guid guid) throws IOException {
        RawClient connected = server.client();
        connected.guid = guid;
        return connected.negotiate();
    }

    private static RawSession logIn(RawClient connected) throws IOException {
        RawSession made = connected.logIn(USER, PASSWORD);
        connected.connect(made, "data").expect(NtStatus.SUCCESS);
        return made;
    }

    private static CreateRequest create(String name, int oplock, CreateContext... contexts) {
        return new CreateRequest(oplock, 2, AccessMask.FILE_ALL_ACCESS, 0, 7, 3, 0, name, List.of(contexts));
    }

    private CreateRequest leased(Guid leaseKey) {
        return create(
                "f",
                OplockLevel.LEASE,
                new CreateContext.RequestLeaseV2(leaseKey, RWH, 0, NO_KEY, 0),
                new CreateContext.DurableHandleRequestV2(0, 0, createGuid));
    }

    private CreateRequest plain(String name) {
        return create(name, OplockLevel.NONE, new CreateContext.DurableHandleRequestV2(0, 0, createGuid));
    }

    private static void send(RawClient over, RawSession of, CreateRequest request, int flags) throws IOException {
        ByteBuf message = over.build(of, Smb2Command.CREATE, request);
        Smb2Header.addFlags(message, 0, flags);
        over.send(of.protect(message));
    }

    private static RawAnswer replay(RawClient over, RawSession of, CreateRequest request) throws IOException {
        send(over, of, request, Smb2Flags.REPLAY_OPERATION);
        return over.receive();
    }

    private static CreateResponse opened(RawAnswer answer) {
        return answer.expect(NtStatus.SUCCESS).body(CreateResponse.class);
    }

    private void write(FileId file) throws IOException {
        ByteBuf bytes = Unpooled.wrappedBuffer(new byte[] {1});
        client.call(session, Smb2Command.WRITE, new WriteRequest(0, file, 0, 0, bytes))
                .expect(NtStatus.SUCCESS);
    }

    @Test
    void theSameOpenIsAnsweredUntilItIsUsed() throws IOException {
        CreateResponse first = opened(client.call(session, Smb2Command.CREATE, plain("f")));
        CreateResponse again = opened(replay(client, session, plain("f")));
        assertEquals(first.fileId(), again.fileId());
        assertEquals(CreateAction.CREATED.ordinal(), again.createAction());
        assertEquals(1, server.status().opens().size());
        client.call(session, Smb2Command.CREATE, plain("f")).expect(NtStatus.DUPLICATE_OBJECTID);
        write(first.fileId());
        CreateResponse other = opened(replay(client, session, plain("f")));
        assertNotEquals(first.fileId(), other.fileId());
    }

    @Test
    void whatIsClosedIsNotFound() throws IOException {
        FileId file =
                opened(client.call(session, Smb2Command.CREATE, plain("f"))).fileId();
        client.call(session, Smb2Command.CLOSE, new CloseRequest(0, file)).expect(NtStatus.SUCCESS);
        assertNotEquals(
                file,
                opened(client.call(session, Smb2Command.CREATE, plain("f"))).fileId());
    }

    @Test
    void whatFailedMayBeTriedAgain() throws IOException {
        client.call(session, Smb2Command.CREATE, plain("no\\f")).expect(NtStatus.OBJECT_PATH_NOT_FOUND);
        opened(client.call(session, Smb2Command.CREATE, plain("f")));
    }

    @Test
    void itIsTheSessionsAndTheLeasesOwn() throws IOException {
        CreateResponse first = opened(client.call(session, Smb2Command.CREATE, leased(key)));
        replay(client, session, leased(Guid.random())).expect(NtStatus.ACCESS_DENIED);
        replay(client, session, plain("f")).expect(NtStatus.ACCESS_DENIED);
        RawSession second = logIn(client);
        replay(client, second, leased(key)).expect(NtStatus.DUPLICATE_OBJECTID);
        CreateResponse again = opened(replay(client, session, leased(key)));
        assertEquals(first.fileId(), again.fileId());
        assertEquals(first.createContexts(), again.createContexts());
        try (RawClient stranger = connect(Guid.random())) {
            RawSession strangers = logIn(stranger);
            FileId other = opened(replay(stranger, strangers, plain("g"))).fileId();
            assertNotEquals(first.fileId(), other);
        }
    }

    @Test
    void whatWaitsIsNotBegunTwiceAndGoesOnWhenItsChannelIsLost() throws IOException, InterruptedException {
        try (RawClient holder = connect(Guid.random());
                RawClient second = connect(clientGuid)) {
            RawSession holders = logIn(holder);
            FileId held = opened(holder.call(
                            holders,
                            Smb2Command.CREATE,
                            create(
                                    "f",
                                    OplockLevel.LEASE,
                                    new CreateContext.RequestLeaseV2(Guid.random(), RWH, 0, NO_KEY, 0))))
                    .fileId();
            RawSession channel = second.bind(session, USER, PASSWORD);
            client.call(session, Smb2Command.CREATE, plain("f")).expect(NtStatus.PENDING);
            replay(client, session, plain("f")).expect(NtStatus.FILE_NOT_AVAILABLE);
            client.close();
            server.await(status -> status.sessions().stream()
                    .allMatch(known -> known.channels().size() == 1));
            replay(second, channel, plain("f")).expect(NtStatus.FILE_NOT_AVAILABLE);
            assertEquals(Smb2Command.OPLOCK_BREAK, holder.receive().header().command());
            holder.call(holders, Smb2Command.CLOSE, new CloseRequest(0, held)).expect(NtStatus.SUCCESS);
            server.await(status -> status.opens().size() == 1);
            RawAnswer answer = replay(second, channel, plain("f"));
            while (answer.status() == NtStatus.FILE_NOT_AVAILABLE.code()) { // it is just about to be done
                answer = replay(second, channel, plain("f"));
            }
            assertEquals(CreateAction.OPENED.ordinal(), opened(answer).createAction());
            assertEquals(1, server.status().opens().size());
            client = second;
            session = channel;
            write(opened(answer).fileId());
        }
    }

    @Test
    void whatWaitsEndsWithItsSession() throws IOException, InterruptedException {
        try (RawClient holder = connect(Guid.random())) {
            RawSession holders = logIn(holder);
            opened(holder.call(
                    holders,
                    Smb2Command.CREATE,
                    create(
                            "f",
                            OplockLevel.LEASE,
                            new CreateContext.RequestLeaseV2(Guid.random(), RWH, 0, NO_KEY, 0))));
            client.call(session, Smb2Command.CREATE, plain("f")).expect(NtStatus.PENDING);
            client.close();
            server.await(status -> status.sessions().size() == 1);
            client = connect(clientGuid);
            session = logIn(client);
            RawAnswer answer = client.call(session, Smb2Command.CREATE, plain("f"));
            for (int i = 0; i < 1000 && answer.status() == NtStatus.DUPLICATE_OBJECTID.code(); i++) {
                answer = client.call(session, Smb2Command.CREATE, plain("f"));
            }
            answer.expect(NtStatus.PENDING);
            holder.reset();
            opened(client.receive());
        }
    }

    @Test
    void anOpenThatHasLostItsSessionIsTakenOver() throws IOException, InterruptedException {
        CreateResponse first = opened(client.call(session, Smb2Command.CREATE, leased(key)));
        client.reset();
        server.await(status -> status.opens().stream().noneMatch(open -> open.connected()));
        client = connect(clientGuid);
        session = logIn(client);
        client.call(session, Smb2Command.CREATE, leased(key)).expect(NtStatus.DUPLICATE_OBJECTID);
        CreateResponse again = opened(replay(client, session, leased(key)));
        assertEquals(CreateAction.CREATED.ordinal(), again.createAction());
        assertEquals(first.createContexts(), again.createContexts());
        write(again.fileId());
        assertTrue(server.status().opens().stream().allMatch(open -> open.connected()));
    }
}

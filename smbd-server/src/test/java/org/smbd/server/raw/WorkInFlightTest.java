package org.smbd.server.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.smbd.server.raw.RawServer.PASSWORD;
import static org.smbd.server.raw.RawServer.USER;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.CancelRequest;
import org.smbd.protocol.smb2.ChangeNotifyRequest;
import org.smbd.protocol.smb2.CloseRequest;
import org.smbd.protocol.smb2.CreateResponse;
import org.smbd.protocol.smb2.FileId;
import org.smbd.protocol.smb2.LockElement;
import org.smbd.protocol.smb2.LockRequest;
import org.smbd.protocol.smb2.LogoffRequest;
import org.smbd.protocol.smb2.ReadRequest;
import org.smbd.protocol.smb2.Smb2Command;
import org.smbd.protocol.smb2.Smb2Flags;
import org.smbd.protocol.smb2.Smb2Header;
import org.smbd.protocol.smb2.Smb2Request;
import org.smbd.protocol.smb2.TreeDisconnectRequest;
import org.smbd.protocol.smb2.WriteRequest;

/** What ends while requests are under way or wait: MS-SMB2 3.3.5.16 CANCEL, CLOSE, disconnects, log-off, a cut. */
class WorkInFlightTest {
    private static final int DIRECTORY_FILE = 1;
    private static final int NAME_CHANGES = 3;

    @TempDir
    private Path directory;

    private RawServer server;
    private RawClient client;
    private RawSession session;
    private FileId watched;
    private long watchId;
    private long asyncId;

    @BeforeEach
    void watch() throws IOException {
        server = new RawServer(directory, Map.of());
        client = server.client().negotiate();
        session = client.logIn(USER, PASSWORD);
        client.connect(session, "data").expect(NtStatus.SUCCESS);
        watched = client.call(session, Smb2Command.CREATE, RawClient.create("", DIRECTORY_FILE))
                .expect(NtStatus.SUCCESS)
                .body(CreateResponse.class)
                .fileId();
        watchId = client.messageId;
        RawAnswer interim = client.call(
                        session, Smb2Command.CHANGE_NOTIFY, new ChangeNotifyRequest(0, 1000, watched, NAME_CHANGES))
                .expect(NtStatus.PENDING);
        assertEquals(watchId, interim.header().messageId());
        asyncId = interim.header().asyncId();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    /** What ends the watch is answered, and so is the watch. */
    private void assertEnds(NtStatus status, Smb2Command command, Smb2Request body) throws IOException {
        long id = client.messageId;
        client.send(session.protect(client.build(session, command, body)));
        Map<Long, RawAnswer> answers = new HashMap<>();
        for (int i = 0; i < 2; i++) {
            RawAnswer answer = client.receive();
            answers.put(answer.header().messageId(), answer);
        }
        answers.get(id).expect(NtStatus.SUCCESS);
        RawAnswer ended = answers.get(watchId).expect(status);
        assertEquals(asyncId, ended.header().asyncId());
        assertEquals(0, ended.header().credits());
    }

    @Test
    void cancelByAsyncIdEndsTheWatch() throws IOException {
        ByteBuf cancel = client.build(session, Smb2Command.CANCEL, new CancelRequest());
        Smb2Header.addFlags(cancel, 0, Smb2Flags.ASYNC_COMMAND);
        Smb2Header.setAsyncId(cancel, 0, asyncId);
        client.send(session.sign(cancel));
        assertEquals(
                asyncId, client.receive().expect(NtStatus.CANCELLED).header().asyncId());
        client.call(session, Smb2Command.CLOSE, new CloseRequest(0, watched)).expect(NtStatus.SUCCESS);
    }

    @Test
    void cancelByMessageIdEndsTheWatch() throws IOException {
        ByteBuf cancel = client.build(session, Smb2Command.CANCEL, new CancelRequest());
        Smb2Header.setMessageId(cancel, 0, watchId);
        client.send(session.sign(cancel));
        assertEquals(
                watchId, client.receive().expect(NtStatus.CANCELLED).header().messageId());
    }

    @Test
    void closeEndsTheWatch() throws IOException {
        assertEnds(NtStatus.NOTIFY_CLEANUP, Smb2Command.CLOSE, new CloseRequest(0, watched));
    }

    @Test
    void treeDisconnectEndsTheWatch() throws IOException {
        assertEnds(NtStatus.NOTIFY_CLEANUP, Smb2Command.TREE_DISCONNECT, new TreeDisconnectRequest());
        assertTrue(server.status().opens().isEmpty());
    }

    @Test
    void logOffEndsTheWatch() throws IOException, InterruptedException {
        assertEnds(NtStatus.NOTIFY_CLEANUP, Smb2Command.LOGOFF, new LogoffRequest());
        server.await(status -> status.sessions().isEmpty()
                && status.opens().isEmpty()
                && status.connections().size() == 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void cutWithWorkUnderWayLeavesNothing(boolean reset) throws IOException, InterruptedException {
        FileId file = client.open(session, "a");
        FileId second = client.open(session, "a");
        LockElement exclusive = new LockElement(0, 100, LockElement.FLAG_EXCLUSIVE_LOCK);
        client.call(session, Smb2Command.LOCK, new LockRequest(0, file, List.of(exclusive)))
                .expect(NtStatus.SUCCESS);
        client.call(session, Smb2Command.LOCK, new LockRequest(0, second, List.of(exclusive)))
                .expect(NtStatus.PENDING);
        for (int i = 0; i < 10; i++) {
            client.send(session.protect(client.build(
                    session,
                    Smb2Command.WRITE,
                    new WriteRequest(1000, file, 0, 0, Unpooled.wrappedBuffer(new byte[60_000])))));
            client.send(session.protect(
                    client.build(session, Smb2Command.READ, new ReadRequest(0, 60_000, 1000, file, 0, 0))));
        }
        if (reset) {
            client.reset();
        } else {
            client.close();
        }
        server.awaitNothingLeft();
    }

    @Test
    void logOffWithWorkUnderWayAnswersAllAndLeavesNothing() throws IOException, InterruptedException {
        FileId file = client.open(session, "a");
        int sent = 0;
        for (; sent < 10; sent++) {
            client.send(session.protect(client.build(
                    session,
                    Smb2Command.WRITE,
                    new WriteRequest(0, file, 0, 0, Unpooled.wrappedBuffer(new byte[60_000])))));
        }
        client.send(session.protect(client.build(session, Smb2Command.LOGOFF, new LogoffRequest())));
        for (int i = 0; i < sent + 2; i++) { // and the log-off, and the watch
            client.receive();
        }
        server.await(status -> status.sessions().isEmpty() && status.opens().isEmpty());
    }
}

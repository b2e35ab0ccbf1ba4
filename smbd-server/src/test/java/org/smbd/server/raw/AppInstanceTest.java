package org.smbd.server.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.smbd.server.raw.RawServer.OTHER;
import static org.smbd.server.raw.RawServer.PASSWORD;
import static org.smbd.server.raw.RawServer.USER;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smbd.core.file.AccessMask;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.Guid;
import org.smbd.protocol.smb2.CloseRequest;
import org.smbd.protocol.smb2.CreateContext;
import org.smbd.protocol.smb2.CreateRequest;
import org.smbd.protocol.smb2.CreateResponse;
import org.smbd.protocol.smb2.Dialect;
import org.smbd.protocol.smb2.FileId;
import org.smbd.protocol.smb2.OplockLevel;
import org.smbd.protocol.smb2.Smb2Command;

/** An application that has moved to another client opens there what it has open here. */
class AppInstanceTest {
    @TempDir
    private Path directory;

    private final Guid id = Guid.random();
    private RawServer server;
    private RawClient client;
    private RawSession session;

    @BeforeEach
    void start() throws IOException {
        server = new RawServer(directory, Map.of());
        connect(USER, Dialect.SMB_3_1_1);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    private void connect(String user, Dialect dialect) throws IOException {
        client = server.client();
        client.negotiate(dialect);
        session = client.logIn(user, PASSWORD);
        client.connect(session, "data").expect(NtStatus.SUCCESS);
    }

    /** Opens alone, with a batch oplock. */
    private RawAnswer open(String name, CreateContext... contexts) throws IOException {
        List<CreateContext> all = new ArrayList<>(List.of(contexts));
        all.add(new CreateContext.DurableHandleRequestV2(0, 0, Guid.random()));
        CreateRequest request =
                new CreateRequest(OplockLevel.BATCH, 2, AccessMask.FILE_ALL_ACCESS, 0, 0, 3, 0, name, all);
        RawAnswer answer = client.call(session, Smb2Command.CREATE, request);
        return answer.status() == NtStatus.PENDING.code() ? client.receive() : answer;
    }

    private static FileId opened(RawAnswer answer) {
        return answer.expect(NtStatus.SUCCESS).body(CreateResponse.class).fileId();
    }

    private CreateContext instance() {
        return new CreateContext.AppInstanceId(id);
    }

    @Test
    void theOpenOfTheOtherClientIsClosed() throws IOException {
        FileId first = opened(open("f", instance()));
        FileId other = opened(open("other", instance()));
        RawClient before = client;
        RawSession beforeSession = session;
        connect(USER, Dialect.SMB_3_0);
        FileId second = opened(open("F", instance()));
        before.call(beforeSession, Smb2Command.CLOSE, new CloseRequest(0, first))
                .expect(NtStatus.FILE_CLOSED);
        before.call(beforeSession, Smb2Command.CLOSE, new CloseRequest(0, other))
                .expect(NtStatus.SUCCESS);
        client.call(session, Smb2Command.CLOSE, new CloseRequest(0, second)).expect(NtStatus.SUCCESS);
        before.close();
    }

    @Test
    void anOpenWithoutASessionIsClosedToo() throws IOException, InterruptedException {
        opened(open("f", instance()));
        client.reset();
        server.await(status -> status.opens().stream().noneMatch(open -> open.connected()));
        connect(USER, Dialect.SMB_3_1_1);
        opened(open("f", instance()));
        assertEquals(1, server.status().opens().size());
    }

    @Test
    void theSameClientAndAnotherInstanceMeetTheShareMode() throws IOException {
        CreateRequest plain = new CreateRequest(0, 2, AccessMask.FILE_ALL_ACCESS, 0, 0, 3, 0, "f", List.of(instance()));
        opened(client.call(session, Smb2Command.CREATE, plain));
        client.call(session, Smb2Command.CREATE, plain).expect(NtStatus.SHARING_VIOLATION);
        RawClient before = client;
        connect(USER, Dialect.SMB_3_1_1);
        CreateRequest stranger = new CreateRequest(
                0,
                2,
                AccessMask.FILE_ALL_ACCESS,
                0,
                0,
                3,
                0,
                "f",
                List.of(new CreateContext.AppInstanceId(Guid.random())));
        client.call(session, Smb2Command.CREATE, stranger).expect(NtStatus.SHARING_VIOLATION);
        before.close();
    }

    @Test
    void theYoungerInstanceStays() throws IOException {
        opened(open("f", instance(), new CreateContext.AppInstanceVersion(1, -1)));
        RawClient before = client;
        connect(USER, Dialect.SMB_3_1_1);
        open("f", instance()).expect(NtStatus.FILE_FORCED_CLOSED);
        open("f", instance(), new CreateContext.AppInstanceVersion(1, -1)).expect(NtStatus.FILE_FORCED_CLOSED);
        open("f", instance(), new CreateContext.AppInstanceVersion(0, -1)).expect(NtStatus.FILE_FORCED_CLOSED);
        opened(open("f", instance(), new CreateContext.AppInstanceVersion(2, 0)));
        before.close();
    }

    @Test
    void whoMayNotReadTheFileClosesNothing() throws IOException {
        Assumptions.assumeTrue(USER.equals("root"), "another user needs another Unix identity");
        opened(open("f", instance()));
        server.share().resolve("f").toFile().setReadable(false, false);
        RawClient before = client;
        connect(OTHER, Dialect.SMB_3_1_1);
        assertEquals(1, server.status().opens().size());
        RawAnswer refused = open("f", instance());
        assertEquals(false, refused.status() == NtStatus.SUCCESS.code());
        assertEquals(1, server.status().opens().size());
        before.close();
    }
}

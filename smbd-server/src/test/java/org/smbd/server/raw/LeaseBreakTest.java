package org.smbd.server.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.smbd.server.raw.RawServer.PASSWORD;
import static org.smbd.server.raw.RawServer.USER;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smbd.core.file.AccessMask;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.Guid;
import org.smbd.protocol.smb2.CancelRequest;
import org.smbd.protocol.smb2.CloseRequest;
import org.smbd.protocol.smb2.CreateContext;
import org.smbd.protocol.smb2.CreateContextResponse;
import org.smbd.protocol.smb2.CreateRequest;
import org.smbd.protocol.smb2.CreateResponse;
import org.smbd.protocol.smb2.FileId;
import org.smbd.protocol.smb2.LeaseBreakAcknowledgment;
import org.smbd.protocol.smb2.LeaseBreakNotification;
import org.smbd.protocol.smb2.LeaseBreakResponse;
import org.smbd.protocol.smb2.OplockBreakAcknowledgment;
import org.smbd.protocol.smb2.OplockBreakMessage;
import org.smbd.protocol.smb2.OplockLevel;
import org.smbd.protocol.smb2.Smb2Command;
import org.smbd.protocol.smb2.Smb2Flags;
import org.smbd.protocol.smb2.Smb2Header;
import org.smbd.protocol.smb2.WriteRequest;

/** Breaks of leases and oplocks as two clients see them, one of which does not do as it should. */
class LeaseBreakTest {
    private static final int R = 1;
    private static final int RH = 3;
    private static final int RWH = 7;
    private static final long NOTIFICATION_ID = -1;

    @TempDir
    private Path directory;

    private final Guid key = Guid.random();
    private RawServer server;
    private RawClient holder;
    private RawSession holding;
    private RawClient other;
    private RawSession others;

    @BeforeEach
    void connect() throws IOException {
        connect(directory, Map.of());
    }

    private void connect(Path home, Map<String, String> parameters) throws IOException {
        server = new RawServer(home, parameters);
        holder = server.client().negotiate();
        holding = holder.logIn(USER, PASSWORD);
        holder.connect(holding, "data").expect(NtStatus.SUCCESS);
        other = server.client().negotiate();
        others = other.logIn(USER, PASSWORD);
        other.connect(others, "data").expect(NtStatus.SUCCESS);
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        holder.close();
        other.close();
        server.awaitNothingLeft();
        server.close();
    }

    private static CreateRequest create(int oplockLevel, List<CreateContext> contexts) {
        return new CreateRequest(oplockLevel, 2, AccessMask.FILE_ALL_ACCESS, 0, 7, 3, 0, "f", contexts);
    }

    private CreateRequest leased(int state) {
        return create(OplockLevel.LEASE, List.of(new CreateContext.RequestLeaseV2(key, state, 0, new Guid(0, 0), 0)));
    }

    /** The holder's open; what it was granted is checked. */
    private FileId hold(int state) throws IOException {
        CreateResponse response = holder.call(holding, Smb2Command.CREATE, leased(state))
                .expect(NtStatus.SUCCESS)
                .body(CreateResponse.class);
        assertEquals(OplockLevel.LEASE, response.oplockLevel());
        CreateContextResponse.LeaseV2 lease =
                (CreateContextResponse.LeaseV2) response.createContexts().get(0);
        assertEquals(state, lease.leaseState());
        assertEquals(key, lease.leaseKey());
        return response.fileId();
    }

    /** The other's open, which has to wait. */
    private RawAnswer openWaits() throws IOException {
        return other.call(others, Smb2Command.CREATE, create(OplockLevel.NONE, List.of()))
                .expect(NtStatus.PENDING);
    }

    private LeaseBreakNotification told(int from, int to) throws IOException {
        RawAnswer notice = holder.receive().expect(NtStatus.SUCCESS);
        assertEquals(Smb2Command.OPLOCK_BREAK, notice.header().command());
        assertEquals(NOTIFICATION_ID, notice.header().messageId());
        LeaseBreakNotification broken = notice.body(LeaseBreakNotification.class);
        assertEquals(key, broken.leaseKey());
        assertEquals(from, broken.currentLeaseState());
        assertEquals(to, broken.newLeaseState());
        return broken;
    }

    private RawAnswer acknowledge(RawClient client, RawSession session, Guid leaseKey, int state) throws IOException {
        return client.call(session, Smb2Command.OPLOCK_BREAK, new LeaseBreakAcknowledgment(leaseKey, state));
    }

    @Test
    void theBreakIsSentBeforeTheWriteIsAnswered() throws IOException {
        hold(RH);
        FileId file = other.open(others, "f");
        ByteBuf bytes = Unpooled.copiedBuffer("new", StandardCharsets.US_ASCII);
        other.call(others, Smb2Command.WRITE, new WriteRequest(0, file, 0, 0, bytes))
                .expect(NtStatus.SUCCESS);
        assertTrue(holder.hasReceived(), "the break is there already");
        assertEquals(LeaseBreakNotification.FLAG_ACK_REQUIRED, told(RH, 0).flags());
    }

    @Test
    void aDelayedOpenGoesOnAtTheAcknowledgement() throws IOException {
        hold(RWH);
        openWaits();
        told(RWH, RH);
        LeaseBreakResponse response =
                acknowledge(holder, holding, key, RH).expect(NtStatus.SUCCESS).body(LeaseBreakResponse.class);
        assertEquals(RH, response.leaseState());
        other.receive().expect(NtStatus.SUCCESS);
    }

    @Test
    void aDelayedOpenGoesOnWhenTheHolderIsCutOff() throws IOException {
        hold(RWH);
        openWaits();
        holder.reset();
        other.receive().expect(NtStatus.SUCCESS);
    }

    @Test
    void othersWaitNoLongerThanTheTimeOut() throws IOException, InterruptedException {
        stop();
        connect(directory.resolve("impatient"), Map.of("oplock break timeout", "1"));
        hold(RWH);
        openWaits();
        told(RWH, RH);
        long begin = System.nanoTime();
        other.receive().expect(NtStatus.SUCCESS);
        assertTrue(System.nanoTime() - begin < 15_000_000_000L);
        acknowledge(holder, holding, key, RH).expect(NtStatus.UNSUCCESSFUL);
    }

    @Test
    void aCancelledOpenLeavesNothing() throws IOException, InterruptedException {
        hold(RWH);
        long asyncId = openWaits().header().asyncId();
        ByteBuf cancel = other.build(others, Smb2Command.CANCEL, new CancelRequest());
        Smb2Header.addFlags(cancel, 0, Smb2Flags.ASYNC_COMMAND);
        Smb2Header.setAsyncId(cancel, 0, asyncId);
        other.send(others.sign(cancel));
        other.receive().expect(NtStatus.CANCELLED);
        told(RWH, RH);
        acknowledge(holder, holding, key, RH).expect(NtStatus.SUCCESS);
        server.await(status -> status.opens().size() == 1);
    }

    /** MS-SMB2 3.3.5.22.2: the victim's lease stays as it is. */
    @Test
    void wrongAcknowledgementsAreRefused() throws IOException {
        FileId file = hold(RWH);
        acknowledge(holder, holding, key, R).expect(NtStatus.UNSUCCESSFUL);
        acknowledge(holder, holding, Guid.random(), R).expect(NtStatus.OBJECT_NAME_NOT_FOUND);
        RawAnswer waiting = openWaits();
        told(RWH, RH);
        RawClient third = server.client().negotiate();
        RawSession thirds = third.logIn(USER, PASSWORD);
        third.connect(thirds, "data").expect(NtStatus.SUCCESS);
        acknowledge(third, thirds, key, R).expect(NtStatus.OBJECT_NAME_NOT_FOUND);
        third.close();
        acknowledge(holder, holding, key, RWH).expect(NtStatus.REQUEST_NOT_ACCEPTED);
        acknowledge(holder, holding, key, R).expect(NtStatus.SUCCESS);
        RawAnswer answer = other.receive().expect(NtStatus.SUCCESS);
        assertEquals(waiting.header().messageId(), answer.header().messageId());
        holder.call(holding, Smb2Command.CLOSE, new CloseRequest(0, file)).expect(NtStatus.SUCCESS);
        acknowledge(holder, holding, key, R).expect(NtStatus.OBJECT_NAME_NOT_FOUND);
    }

    @Test
    void aBatchOplockIsBrokenAndAcknowledgedByItsOpen() throws IOException {
        CreateResponse response = holder.call(holding, Smb2Command.CREATE, create(OplockLevel.BATCH, List.of()))
                .expect(NtStatus.SUCCESS)
                .body(CreateResponse.class);
        assertEquals(OplockLevel.BATCH, response.oplockLevel());
        openWaits();
        OplockBreakMessage broken = holder.receive().expect(NtStatus.SUCCESS).body(OplockBreakMessage.class);
        assertEquals(new OplockBreakMessage(OplockLevel.II, response.fileId()), broken);
        holder.call(holding, Smb2Command.OPLOCK_BREAK, new OplockBreakAcknowledgment(OplockLevel.II, response.fileId()))
                .expect(NtStatus.SUCCESS);
        other.receive().expect(NtStatus.SUCCESS);
    }

    /** Who asks for a lease where there are none gets nothing, and no oplock either. */
    @Test
    void withoutLeasesARequestForOneGetsNoOplock() throws IOException {
        try (RawServer plain = new RawServer(directory.resolve("plain"), Map.of("smb2 leases", "no"))) {
            RawClient client = plain.client().negotiate();
            RawSession session = client.logIn(USER, PASSWORD);
            client.connect(session, "data").expect(NtStatus.SUCCESS);
            CreateResponse response = client.call(session, Smb2Command.CREATE, leased(RWH))
                    .expect(NtStatus.SUCCESS)
                    .body(CreateResponse.class);
            assertEquals(OplockLevel.NONE, response.oplockLevel());
            assertEquals(List.of(), response.createContexts());
            client.close();
        }
    }
}

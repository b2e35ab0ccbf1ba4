package org.smbd.server.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.smbd.server.raw.RawServer.PASSWORD;
import static org.smbd.server.raw.RawServer.USER;

import io.netty.buffer.Unpooled;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smbd.core.file.AccessMask;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.CreateRequest;
import org.smbd.protocol.smb2.CreateResponse;
import org.smbd.protocol.smb2.FileId;
import org.smbd.protocol.smb2.IoctlRequest;
import org.smbd.protocol.smb2.OplockBreakAcknowledgment;
import org.smbd.protocol.smb2.OplockBreakMessage;
import org.smbd.protocol.smb2.OplockLevel;
import org.smbd.protocol.smb2.Smb2Command;

/** Breaks that a connection does not take to the client: MS-SMB2 3.3.4.6, the last paragraph. */
class BreakRetryTest {
    private static final int FORCE_UNACKED_TIMEOUT = 0x83848003;
    private static final Map<String, String> HOOK = Map.of("smbd:FSCTL_SMBTORTURE", "yes");

    @TempDir
    private Path directory;

    private static CreateRequest create(int oplockLevel) {
        return new CreateRequest(oplockLevel, 2, AccessMask.FILE_ALL_ACCESS, 0, 7, 3, 0, "f", List.of());
    }

    private static IoctlRequest hook(int inputBytes) {
        return new IoctlRequest(
                FORCE_UNACKED_TIMEOUT,
                new FileId(-1, -1),
                0,
                0,
                IoctlRequest.FLAG_IS_FSCTL,
                Unpooled.wrappedBuffer(new byte[inputBytes]));
    }

    /** Sends the hook as smbtorture does: without a session. */
    private static RawAnswer block(RawClient client, int inputBytes) throws IOException {
        client.send(client.build(Smb2Command.IOCTL, 0, 0, hook(inputBytes)));
        return client.receive();
    }

    private static RawSession logIn(RawClient client) throws IOException {
        RawSession session = client.negotiate().logIn(USER, PASSWORD);
        client.connect(session, "data").expect(NtStatus.SUCCESS);
        return session;
    }

    private static FileId hold(RawClient client, RawSession session) throws IOException {
        CreateResponse held = client.call(session, Smb2Command.CREATE, create(OplockLevel.BATCH))
                .expect(NtStatus.SUCCESS)
                .body(CreateResponse.class);
        assertEquals(OplockLevel.BATCH, held.oplockLevel());
        return held.fileId();
    }

    @Test
    void aBreakThatIsNotAcknowledgedGoesOverAnotherChannel() throws IOException, InterruptedException {
        Assumptions.assumeTrue(Epoll.isAvailable());
        try (RawServer server = new RawServer(directory, HOOK);
                RawClient first = server.client();
                RawClient second = server.client();
                RawClient other = server.client()) {
            RawSession session = logIn(first);
            RawSession channel = second.negotiate().bind(session, USER, PASSWORD);
            FileId held = hold(first, session);
            block(first, 0).expect(NtStatus.SUCCESS);

            RawSession others = logIn(other);
            other.call(others, Smb2Command.CREATE, create(OplockLevel.NONE)).expect(NtStatus.PENDING);
            OplockBreakMessage broken = new OplockBreakMessage(OplockLevel.II, held);
            assertEquals(broken, first.receive().body(OplockBreakMessage.class));
            assertFalse(second.hasReceived());
            assertEquals(broken, second.receive().body(OplockBreakMessage.class));
            first.assertClosed();
            second.call(channel, Smb2Command.OPLOCK_BREAK, new OplockBreakAcknowledgment(OplockLevel.II, held))
                    .expect(NtStatus.SUCCESS);
            other.receive().expect(NtStatus.SUCCESS);
        }
    }

    @Test
    void whereThereIsNoOtherChannelTheSessionEnds() throws IOException, InterruptedException {
        Assumptions.assumeTrue(Epoll.isAvailable());
        try (RawServer server = new RawServer(directory, HOOK);
                RawClient first = server.client();
                RawClient other = server.client()) {
            hold(first, logIn(first));
            block(first, 0).expect(NtStatus.SUCCESS);
            RawSession others = logIn(other);
            other.call(others, Smb2Command.CREATE, create(OplockLevel.NONE)).expect(NtStatus.PENDING);
            other.receive().expect(NtStatus.SUCCESS);
            first.assertClosed();
            server.await(status -> status.sessions().size() == 1);
        }
    }

    @Test
    void theHookTakesNoInput() throws IOException {
        try (RawServer server = new RawServer(directory, HOOK);
                RawClient client = server.client()) {
            logIn(client);
            block(client, 1).expect(NtStatus.INVALID_PARAMETER);
        }
    }

    @Test
    void withoutItsParameterThereIsNoHook() throws IOException {
        try (RawServer server = new RawServer(directory, Map.of());
                RawClient client = server.client()) {
            RawSession session = logIn(client);
            block(client, 0).expect(NtStatus.USER_SESSION_DELETED);
            client.call(session, Smb2Command.IOCTL, hook(0)).expect(NtStatus.FILE_CLOSED);
        }
    }

    @Test
    void whatAClientSignsForASessionOfAnotherConnectionIsRefusedWithASignature() throws IOException {
        try (RawServer server = new RawServer(directory, Map.of());
                RawClient first = server.client();
                RawClient other = server.client()) {
            RawSession session = logIn(first);
            logIn(other);
            RawAnswer refusal = other.call(session, Smb2Command.CREATE, create(OplockLevel.NONE))
                    .expect(NtStatus.USER_SESSION_DELETED);
            assertTrue(session.verify(refusal.message()));
        }
    }
}

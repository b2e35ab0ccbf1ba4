package org.smbd.server.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.smbd.server.raw.RawServer.PASSWORD;
import static org.smbd.server.raw.RawServer.USER;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.smbd.core.file.AccessMask;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.CancelRequest;
import org.smbd.protocol.smb2.ChangeNotifyRequest;
import org.smbd.protocol.smb2.CloseRequest;
import org.smbd.protocol.smb2.CreateRequest;
import org.smbd.protocol.smb2.CreateResponse;
import org.smbd.protocol.smb2.Dialect;
import org.smbd.protocol.smb2.FileId;
import org.smbd.protocol.smb2.GlobalCapabilities;
import org.smbd.protocol.smb2.LogoffRequest;
import org.smbd.protocol.smb2.ReadRequest;
import org.smbd.protocol.smb2.Smb2Command;
import org.smbd.protocol.smb2.Smb2Flags;
import org.smbd.protocol.smb2.Smb2Header;
import org.smbd.protocol.smb2.TreeConnectRequest;
import org.smbd.protocol.smb2.TreeDisconnectRequest;
import org.smbd.protocol.smb2.WriteRequest;
import org.smbd.server.control.ServerStatus;
import org.smbd.server.control.ServerStatus.SessionStatus;
import org.smbd.server.raw.RawSession.Protection;

/** One session over several connections: MS-SMB2 3.3.5.5 (SMB2_SESSION_FLAG_BINDING), 3.3.7.1, 3.3.5.2.4. */
class MultiChannelTest {
    private static final int NAME_CHANGES = 3;

    @TempDir
    private Path directory;

    private RawServer server;
    private RawClient first;
    private RawClient second;

    @BeforeEach
    void start() throws IOException {
        server = new RawServer(directory, Map.of("max channels per session", "3"));
        first = server.client();
        second = server.client();
    }

    @AfterEach
    void stop() throws IOException {
        first.close();
        second.close();
        server.close();
    }

    private RawSession begin() throws IOException {
        RawSession session = first.negotiate().logIn(USER, PASSWORD);
        first.connect(session, "data").expect(NtStatus.SUCCESS);
        return session;
    }

    private static boolean hasOneChannel(ServerStatus status) {
        return status.sessions().get(0).channels().size() == 1;
    }

    private static WriteRequest write(FileId file, int value) {
        return new WriteRequest(0, file, 0, 0, Unpooled.wrappedBuffer(new byte[] {(byte) value}));
    }

    private static FileId watched(RawClient client, RawSession session) throws IOException {
        CreateRequest directory = new CreateRequest(0, 2, AccessMask.FILE_LIST_DIRECTORY, 0, 7, 1, 1, "", List.of());
        return client.call(session, Smb2Command.CREATE, directory)
                .expect(NtStatus.SUCCESS)
                .body(CreateResponse.class)
                .fileId();
    }

    private static RawAnswer watch(RawClient client, RawSession session, FileId watched) throws IOException {
        return client.call(session, Smb2Command.CHANGE_NOTIFY, new ChangeNotifyRequest(0, 1000, watched, NAME_CHANGES))
                .expect(NtStatus.PENDING);
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"SMB_3_0", "SMB_3_0_2", "SMB_3_1_1"})
    void aBoundConnectionSharesTreesAndOpensAndSignsWithItsOwnKey(Dialect dialect) throws IOException {
        RawSession session = first.negotiate(dialect).logIn(USER, PASSWORD);
        first.connect(session, "data").expect(NtStatus.SUCCESS);
        FileId file = first.open(session, "a");
        assertTrue((first.negotiated().capabilities() & GlobalCapabilities.MULTI_CHANNEL) != 0);

        RawSession channel = second.negotiate(dialect).bind(session, USER, PASSWORD);
        assertEquals(session.id(), channel.id());
        RawAnswer answer =
                second.call(channel, Smb2Command.WRITE, write(file, 7)).expect(NtStatus.SUCCESS);
        assertTrue(channel.verify(answer.message()));
        assertEquals(7, Files.readAllBytes(server.share().resolve("a"))[0]);
        assertTrue(session.verify(first.call(session, Smb2Command.WRITE, write(file, 8))
                .expect(NtStatus.SUCCESS)
                .message()));
        session.treeId = channel.treeId;
        second.call(session, Smb2Command.WRITE, write(file, 9)).expect(NtStatus.ACCESS_DENIED); // the other key
    }

    @Test
    void theAnswerToTheLastLegIsSignedWithTheKeyOfTheChannelAndTheOneBeforeWithThatOfTheSession() throws IOException {
        RawSession session = begin();
        RawLogin login = new RawLogin(second.negotiate(), USER, PASSWORD).bind(session);
        assertTrue(session.verify(
                login.first().expect(NtStatus.MORE_PROCESSING_REQUIRED).message()));
        assertTrue(login.second().expect(NtStatus.SUCCESS).header().has(Smb2Flags.SIGNED));
        assertEquals(0, login.session().treeId - session.treeId);
    }

    @Test
    void aSealedChannelUsesTheKeysOfTheSession() throws IOException {
        RawSession session = begin();
        RawSession channel = second.negotiate().bind(session, USER, PASSWORD);
        channel.protection = Protection.SEALED;
        FileId file = second.open(channel, "a");
        RawAnswer answer =
                second.call(channel, Smb2Command.WRITE, write(file, 1)).expect(NtStatus.SUCCESS);
        assertTrue(answer.sealed());
        session.protection = Protection.SEALED;
        assertTrue(first.call(session, Smb2Command.READ, new ReadRequest(0, 1, 0, file, 0, 0))
                .expect(NtStatus.SUCCESS)
                .sealed());
    }

    @Test
    void theSessionLivesUntilItsLastChannelEnds() throws IOException, InterruptedException {
        RawSession session = begin();
        FileId file = first.open(session, "a");
        RawSession channel = second.negotiate().bind(session, USER, PASSWORD);
        first.reset();
        server.await(status -> status.connections().size() == 1);
        second.call(channel, Smb2Command.WRITE, write(file, 1)).expect(NtStatus.SUCCESS);
        try (RawClient third = server.client()) {
            RawSession again = third.negotiate().bind(session, USER, PASSWORD); // with the key of the session still
            second.close();
            server.await(status -> status.connections().size() == 1);
            third.call(again, Smb2Command.WRITE, write(file, 2)).expect(NtStatus.SUCCESS);
        }
        server.awaitNothingLeft();
    }

    @Test
    void aLostChannelEndsOnlyWhatWaitsOnIt() throws IOException, InterruptedException {
        RawSession session = begin();
        RawSession channel = second.negotiate().bind(session, USER, PASSWORD);
        FileId watched = watched(first, session);
        watch(first, session, watched);
        RawAnswer interim = watch(second, channel, watched);
        first.reset();
        server.await(MultiChannelTest::hasOneChannel);
        assertEquals(1, server.status().counters().get("smb2.change_notify").count());
        second.send(channel.protect(second.build(channel, Smb2Command.CLOSE, new CloseRequest(0, watched))));
        RawAnswer one = second.receive();
        RawAnswer other = second.receive();
        RawAnswer ended = one.header().messageId() == interim.header().messageId() ? one : other;
        ended.expect(NtStatus.NOTIFY_CLEANUP);
    }

    @Test
    void cancelReachesOnlyWhatWaitsOnItsOwnChannel() throws IOException {
        RawSession session = begin();
        RawSession channel = second.negotiate().bind(session, USER, PASSWORD);
        FileId watched = watched(first, session);
        RawAnswer onFirst = watch(first, session, watched);
        RawAnswer onSecond = watch(second, channel, watched);
        assertEquals(onFirst.header().asyncId(), onSecond.header().asyncId(), "numbers are those of a connection");
        ByteBuf cancel = second.build(channel, Smb2Command.CANCEL, new CancelRequest());
        Smb2Header.addFlags(cancel, 0, Smb2Flags.ASYNC_COMMAND);
        Smb2Header.setAsyncId(cancel, 0, onSecond.header().asyncId());
        second.send(channel.sign(cancel));
        RawAnswer cancelled = second.receive().expect(NtStatus.CANCELLED);
        assertTrue(channel.verify(cancelled.message()));
        first.send(session.protect(first.build(session, Smb2Command.CLOSE, new CloseRequest(0, watched))));
        List<Integer> ends =
                Arrays.asList(first.receive().status(), first.receive().status());
        assertTrue(ends.contains(NtStatus.NOTIFY_CLEANUP.code()) && ends.contains(0), ends::toString);
    }

    @Test
    void logOffOverOneChannelEndsTheSessionOnAll() throws IOException, InterruptedException {
        RawSession session = begin();
        RawSession channel = second.negotiate().bind(session, USER, PASSWORD);
        watch(first, session, watched(first, session));
        RawAnswer last =
                second.call(channel, Smb2Command.LOGOFF, new LogoffRequest()).expect(NtStatus.SUCCESS);
        assertTrue(channel.verify(last.message()));
        assertTrue(
                session.verify(first.receive().expect(NtStatus.NOTIFY_CLEANUP).message()));
        first.call(session, Smb2Command.TREE_DISCONNECT, new TreeDisconnectRequest())
                .expect(NtStatus.USER_SESSION_DELETED);
        server.await(status -> status.sessions().isEmpty() && status.opens().isEmpty());
        assertEquals(2, server.status().connections().size());
    }

    @Test
    void renewedLogInOverOneChannelKeepsTheKeysOfAll() throws IOException {
        RawSession session = begin();
        RawSession channel = second.negotiate().bind(session, USER, PASSWORD);
        RawLogin again = new RawLogin(second, USER, PASSWORD).renew(channel);
        again.first().expect(NtStatus.MORE_PROCESSING_REQUIRED);
        assertTrue(channel.verify(again.second().expect(NtStatus.SUCCESS).message()));
        first.open(session, "a");
        second.open(channel, "a");
    }

    @Test
    void failedRenewalOverOneChannelEndsTheSessionOnAll() throws IOException {
        RawSession session = begin();
        RawSession channel = second.negotiate().bind(session, USER, PASSWORD);
        RawLogin again = new RawLogin(second, USER, "wrong").renew(channel);
        again.first().expect(NtStatus.MORE_PROCESSING_REQUIRED);
        again.second().expect(NtStatus.LOGON_FAILURE);
        first.call(session, Smb2Command.TREE_CONNECT, new TreeConnectRequest(0, "\\\\s\\data"))
                .expect(NtStatus.USER_SESSION_DELETED);
    }

    @Test
    void twoConnectionsMayBindAtOnce() throws IOException {
        RawSession session = begin();
        try (RawClient third = server.client()) {
            RawLogin one = new RawLogin(second.negotiate(), USER, PASSWORD).bind(session);
            RawLogin other = new RawLogin(third.negotiate(), USER, PASSWORD).bind(session);
            one.first().expect(NtStatus.MORE_PROCESSING_REQUIRED);
            other.first().expect(NtStatus.MORE_PROCESSING_REQUIRED);
            one.second().expect(NtStatus.SUCCESS);
            other.second().expect(NtStatus.SUCCESS);
            second.open(one.session(), "a");
            third.open(other.session(), "a");
        }
    }

    @Test
    void noMoreChannelsThanTheLimitAndALostOneMakesRoom() throws IOException, InterruptedException {
        RawSession session = begin();
        second.negotiate().bind(session, USER, PASSWORD);
        try (RawClient third = server.client();
                RawClient fourth = server.client().negotiate()) {
            third.negotiate().bind(session, USER, PASSWORD);
            new RawLogin(fourth, USER, PASSWORD).bind(session).first().expect(NtStatus.INSUFFICIENT_RESOURCES);
            second.reset();
            server.await(status -> status.sessions().get(0).channels().size() == 2);
            fourth.bind(session, USER, PASSWORD);
            first.open(session, "a");
        }
    }

    @Test
    void statusShowsASessionOnceWithItsChannels() throws IOException {
        RawSession session = begin();
        first.open(session, "a");
        second.negotiate().bind(session, USER, PASSWORD);
        assertEquals(1, server.status().sessions().size());
        SessionStatus shown = server.status().sessions().get(0);
        assertEquals(2, shown.channels().size());
        assertTrue(shown.channels().contains(shown.address()));
        assertEquals(1, server.status().trees().size());
        assertEquals(1, server.status().opens().size());
    }

    @Test
    void multiChannelIsAnnouncedToThoseOnlyWhoKnowIt() throws IOException {
        second.moreCapabilities = 0;
        assertEquals(0, second.negotiate().negotiated().capabilities() & GlobalCapabilities.MULTI_CHANNEL);
        assertFalse(first.negotiate(Dialect.SMB_2_1).negotiated().capabilities() == GlobalCapabilities.MULTI_CHANNEL);
    }

    @Test
    void aServerWithoutMultiChannelBindsNothing(@TempDir Path other) throws IOException {
        try (RawServer single = new RawServer(other, Map.of("server multi channel support", "no"));
                RawClient one = single.client().negotiate();
                RawClient two = single.client().negotiate()) {
            assertEquals(0, one.negotiated().capabilities() & GlobalCapabilities.MULTI_CHANNEL);
            RawSession session = one.logIn(USER, PASSWORD);
            new RawLogin(two, USER, PASSWORD).bind(session).first().expect(NtStatus.REQUEST_NOT_ACCEPTED);
            one.connect(session, "data").expect(NtStatus.SUCCESS);
        }
    }
}

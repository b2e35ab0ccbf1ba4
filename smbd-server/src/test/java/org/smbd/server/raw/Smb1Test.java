package org.smbd.server.raw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb1.Smb1Command;
import org.smbd.protocol.smb1.Smb1Header;
import org.smbd.protocol.smb2.FileId;
import org.smbd.protocol.smb2.LockElement;
import org.smbd.protocol.smb2.LockRequest;
import org.smbd.protocol.smb2.Smb2Command;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/** SMB1 frame by frame: MS-CIFS 3.3.5. */
class Smb1Test {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path directory;

    private RawServer server;

    @BeforeEach
    void start() throws IOException {
        server = new RawServer(directory, Map.of("server min protocol", "NT1"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private RawSmb1 client() throws IOException {
        return new RawSmb1(server.port());
    }

    private RawSmb1 connected() throws IOException {
        return connected(RawSmb1.UNICODE_NT_LONG);
    }

    private RawSmb1 connected(int flags2) throws IOException {
        RawSmb1 client = client();
        client.flags2 = flags2;
        client.negotiate();
        client.logIn(RawServer.USER, RawServer.PASSWORD).expect(NtStatus.SUCCESS);
        client.connect("data").expect(NtStatus.SUCCESS);
        return client;
    }

    @Test
    void aFileIsWrittenReadAndClosed() throws IOException {
        try (RawSmb1 client = connected()) {
            int fid = client.open("\\a.txt");
            client.write(fid, 0, HELLO).expect(NtStatus.SUCCESS);
            RawSmb1.Answer answer = client.read(fid, 1, 100).expect(NtStatus.SUCCESS);
            WireReader words = answer.words();
            words.skip(10);
            assertEquals(4, words.u16());
            byte[] read = new byte[4];
            answer.message().getBytes(words.u16(), read);
            assertArrayEquals("ello".getBytes(StandardCharsets.US_ASCII), read);
            client.close(fid).expect(NtStatus.SUCCESS);
            client.close(fid).expect(NtStatus.INVALID_HANDLE);
        }
        assertArrayEquals(HELLO, Files.readAllBytes(server.share().resolve("a.txt")));
    }

    @Test
    void signedMessagesAreAnsweredSignedAndOthersRefused() throws IOException {
        try (RawSmb1 client = connected(RawSmb1.UNICODE_NT_LONG | RawSmb1.SIGNED)) {
            int fid = client.open("\\signed");
            client.write(fid, 0, HELLO).expect(NtStatus.SUCCESS);
            ByteBuf forged = client.build(
                    Smb1Command.CLOSE,
                    out -> {
                        out.u16(fid);
                        out.i32(0);
                    },
                    out -> {});
            client.send(forged);
            assertEquals(NtStatus.ACCESS_DENIED, client.receive().status());
        }
    }

    @Test
    void aWrongPasswordIsRefused() throws IOException {
        try (RawSmb1 client = client()) {
            client.negotiate();
            client.logIn(RawServer.USER, "wrong").expect(NtStatus.LOGON_FAILURE);
        }
    }

    @Test
    void plainTextPasswordsAreRefused() throws IOException {
        try (RawSmb1 client = client()) {
            client.negotiate();
            byte[] plain = RawServer.PASSWORD.getBytes(StandardCharsets.US_ASCII);
            client.call(client.setup(RawServer.USER, plain, new byte[0])).expect(NtStatus.LOGON_FAILURE);
        }
    }

    @Test
    void logInAndTreeConnectMayBeOneChain() throws IOException {
        try (RawSmb1 client = client()) {
            client.negotiate();
            byte[] response = client.ntlmV2(RawServer.USER, RawServer.PASSWORD);
            ByteBuf message = Unpooled.buffer();
            WireWriter out = new WireWriter(message);
            client.header(Smb1Command.SESSION_SETUP_ANDX).encode(out);
            RawSmb1.block(
                    out,
                    words -> client.setupWords(words, new byte[0], response),
                    bytes -> client.setupBytes(bytes, RawServer.USER, new byte[0], response));
            out.patchU8(Smb1Header.SIZE_BYTES + 1, Smb1Command.TREE_CONNECT_ANDX.code());
            out.patchU16(Smb1Header.SIZE_BYTES + 3, out.position());
            RawSmb1.block(out, RawSmb1::connectWords, bytes -> client.connectBytes(bytes, "data"));
            RawSmb1.Answer answer = client.call(message).expect(NtStatus.SUCCESS);
            assertNotEquals(0, answer.header().uid());
            assertNotEquals(0, answer.header().tid());
            int second = answer.nextOffset(Smb1Header.SIZE_BYTES);
            assertEquals(3, answer.message().getUnsignedByte(second));
            client.uid = answer.header().uid();
            client.tid = answer.header().tid();
            client.close(client.open("\\chained")).expect(NtStatus.SUCCESS);
        }
    }

    @Test
    void aChainThatPointsBackwardIsRefused() throws IOException {
        try (RawSmb1 client = connected()) {
            ByteBuf message = client.build(Smb1Command.LOGOFF_ANDX, RawSmb1::andx, out -> {});
            message.setByte(Smb1Header.SIZE_BYTES + 1, Smb1Command.LOGOFF_ANDX.code());
            message.setShortLE(Smb1Header.SIZE_BYTES + 3, Smb1Header.SIZE_BYTES);
            assertEquals(
                    NtStatus.INVALID_SMB.code(), client.call(message).header().status());
        }
    }

    @Test
    void idsOfNobodyAreRefused() throws IOException {
        try (RawSmb1 client = connected()) {
            int fid = client.open("\\ids");
            int tid = client.tid;
            client.tid = tid + 1;
            client.read(fid, 0, 1).expect(NtStatus.SMB_BAD_TID);
            client.tid = tid;
            client.uid++;
            client.read(fid, 0, 1).expect(NtStatus.SMB_BAD_UID);
        }
    }

    @Test
    void clientsWithoutNtStatusAreToldDosErrors() throws IOException {
        try (RawSmb1 client = connected(0x8001)) {
            RawSmb1.Answer answer = client.open("\\no\\such", 0x120089, 7);
            assertEquals(1 | 3 << 16, answer.header().status());
        }
    }

    @Test
    void aSecondNegotiateCostsTheConnection() throws IOException {
        try (RawSmb1 client = client()) {
            client.negotiate();
            client.send(client.build(Smb1Command.NEGOTIATE, out -> {}, out -> {}));
            client.assertClosed();
        }
    }

    @Test
    void aTruncatedMessageIsRefusedAndTheConnectionGoesOn() throws IOException {
        try (RawSmb1 client = connected()) {
            ByteBuf whole = client.build(
                    Smb1Command.CLOSE,
                    out -> {
                        out.u16(1);
                        out.i32(0);
                    },
                    out -> {});
            for (int length = Smb1Header.SIZE_BYTES; length < whole.readableBytes(); length++) {
                client.send(whole.copy(0, length));
                assertEquals(NtStatus.INVALID_SMB, client.receive().status(), length + " bytes");
            }
            client.close(client.open("\\still")).expect(NtStatus.SUCCESS);
        }
    }

    @Test
    void aLockOfSmb1StopsSmb2AndTheOtherWayRound() throws IOException {
        try (RawSmb1 old = connected();
                RawClient fresh = server.client()) {
            RawSession session = fresh.negotiate().logIn(RawServer.USER, RawServer.PASSWORD);
            fresh.connect(session, "data").expect(NtStatus.SUCCESS);
            int fid = old.open("\\locked");
            FileId file = fresh.open(session, "locked");
            old.call(old.lock(fid, 0, 0, false, 0, 10)).expect(NtStatus.SUCCESS);
            fresh.call(session, Smb2Command.LOCK, exclusive(file, 5)).expect(NtStatus.LOCK_NOT_GRANTED);
            fresh.call(session, Smb2Command.LOCK, exclusive(file, 10)).expect(NtStatus.SUCCESS);
            old.call(old.lock(fid, 0, 0, false, 15, 1)).expect(NtStatus.LOCK_NOT_GRANTED);
        }
    }

    private static LockRequest exclusive(FileId file, long offset) {
        return new LockRequest(
                0,
                file,
                List.of(new LockElement(
                        offset, 10, LockElement.FLAG_EXCLUSIVE_LOCK | LockElement.FLAG_FAIL_IMMEDIATELY)));
    }

    @Test
    void aShareModeOfSmb1KeepsSmb2Out() throws IOException {
        try (RawSmb1 old = connected();
                RawClient fresh = server.client()) {
            RawSession session = fresh.negotiate().logIn(RawServer.USER, RawServer.PASSWORD);
            fresh.connect(session, "data").expect(NtStatus.SUCCESS);
            old.open("\\mine", 0x1F01FF, 0).expect(NtStatus.SUCCESS);
            fresh.call(session, Smb2Command.CREATE, RawClient.create("mine", 0)).expect(NtStatus.SHARING_VIOLATION);
            fresh.open(session, "ours");
            old.open("\\ours", 0x1F01FF, 0).expect(NtStatus.SHARING_VIOLATION);
        }
    }

    @Test
    void aLockWaitsNoLongerThanItsRequestSays() throws IOException {
        try (RawSmb1 holder = connected();
                RawSmb1 waiter = connected()) {
            int held = holder.open("\\waited");
            int wanted = waiter.open("\\waited");
            holder.call(holder.lock(held, 0, 0, false, 0, 1)).expect(NtStatus.SUCCESS);
            waiter.call(waiter.lock(wanted, 0, 50, false, 0, 1)).expect(NtStatus.FILE_LOCK_CONFLICT);
            waiter.send(waiter.lock(wanted, 0, -1, false, 0, 1));
            holder.call(holder.lock(held, 0, 0, true, 0, 1)).expect(NtStatus.SUCCESS);
            waiter.receive().expect(NtStatus.SUCCESS);
        }
    }

    @Test
    void aWaitingLockIsCancelled() throws IOException {
        try (RawSmb1 holder = connected();
                RawSmb1 waiter = connected()) {
            int held = holder.open("\\cancelled");
            int wanted = waiter.open("\\cancelled");
            holder.call(holder.lock(held, 0, 0, false, 0, 1)).expect(NtStatus.SUCCESS);
            waiter.send(waiter.lock(wanted, 0, -1, false, 0, 1));
            waiter.send(waiter.build(Smb1Command.NT_CANCEL, out -> {}, out -> {}));
            waiter.receive().expect(NtStatus.CANCELLED);
        }
    }

    /** SMB_COM_SEARCH goes on by the resume key of the last entry. */
    @Test
    void aCoreSearchFindsTwoThousandNames() throws IOException {
        int count = 2_000;
        Path many = Files.createDirectories(server.share().resolve("many"));
        for (int i = 0; i < count; i++) {
            Files.createFile(many.resolve("F" + i + ".TXT"));
        }
        Set<String> found = new HashSet<>();
        try (RawSmb1 client = connected()) {
            byte[] key = new byte[0];
            while (true) {
                byte[] resume = key;
                RawSmb1.Answer answer = client.call(
                        Smb1Command.SEARCH,
                        out -> {
                            out.u16(100);
                            out.u16(0);
                        },
                        out -> {
                            out.u8(4);
                            client.text().write(out, resume.length == 0 ? "\\many\\*.*" : "");
                            out.u8(5);
                            out.u16(resume.length);
                            out.bytes(resume);
                        });
                answer.expect(NtStatus.SUCCESS);
                if (answer.words().u16() == 0) {
                    break;
                }
                WireReader bytes = answer.bytes();
                bytes.skip(5);
                while (bytes.remaining() > 0) {
                    key = bytes.bytes(21);
                    bytes.skip(9);
                    String name = new String(bytes.bytes(13), StandardCharsets.US_ASCII);
                    assertTrue(found.add(name.substring(0, name.indexOf('\0'))), name);
                }
            }
        }
        assertEquals(count, found.size());
    }

    /** MS-RAP 2.5.6.1 NetShareEnum over \PIPE\LANMAN. */
    @Test
    void sharesAreListedByRemoteCallsOfLanman() throws IOException {
        try (RawSmb1 client = client()) {
            client.negotiate();
            client.logIn(RawServer.USER, RawServer.PASSWORD).expect(NtStatus.SUCCESS);
            client.connect("IPC$").expect(NtStatus.SUCCESS);
            ByteBuf parameters = Unpooled.buffer();
            WireWriter call = new WireWriter(parameters);
            call.u16(0);
            call.bytes("WrLeh\0B13BWz\0".getBytes(StandardCharsets.US_ASCII));
            call.u16(1);
            call.u16(4096);
            RawSmb1.Answer answer = client.call(
                    Smb1Command.TRANSACTION,
                    out -> {
                        out.u16(parameters.readableBytes());
                        out.u16(0);
                        out.u16(64);
                        out.u16(4096);
                        out.zeros(10);
                        out.u16(parameters.readableBytes());
                        out.u16(Smb1Header.SIZE_BYTES + 1 + 28 + 2 + 1 + 2 * "\\PIPE\\LANMAN\0".length());
                        out.zeros(6);
                    },
                    out -> {
                        client.text().write(out, "\\PIPE\\LANMAN");
                        out.bytes(parameters);
                    });
            answer.expect(NtStatus.SUCCESS);
            String message = answer.message().toString(StandardCharsets.US_ASCII);
            assertTrue(message.contains("data\0"), message);
            assertTrue(message.contains("IPC$\0"), message);
        }
    }

    @Test
    void leavingClientsLeaveNothing() throws IOException, InterruptedException {
        try (RawSmb1 client = connected()) {
            client.open("\\left");
            server.await(status -> status.opens().size() == 1
                    && status.sessions().get(0).dialect().equals("NT1"));
        }
        server.awaitNothingLeft();
    }

    @Test
    void withoutTheParameterNothingIsSpokenButARefusal() throws IOException {
        try (RawServer plain = new RawServer(directory.resolve("plain"), Map.of());
                RawSmb1 client = new RawSmb1(plain.port())) {
            RawSmb1.Answer answer = client.negotiate("NT LM 0.12");
            assertEquals(1, answer.wordCount());
            assertEquals(0xFFFF, answer.words().u16());
            client.assertClosed();
        }
    }
}

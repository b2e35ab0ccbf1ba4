package org.smbd.server.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
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
import org.smbd.protocol.smb1.Smb1Command;
import org.smbd.protocol.smb1.Smb1Header;
import org.smbd.protocol.smb2.CreateContext;
import org.smbd.protocol.smb2.CreateRequest;
import org.smbd.protocol.smb2.CreateResponse;
import org.smbd.protocol.smb2.LeaseBreakAcknowledgment;
import org.smbd.protocol.smb2.LeaseBreakNotification;
import org.smbd.protocol.smb2.OplockLevel;
import org.smbd.protocol.smb2.Smb2Command;

/** Oplocks of SMB1 clients, and what they do to those of SMB2: MS-CIFS 3.3.4.2, 3.3.5.30. */
class Smb1OplockTest {
    private static final int BATCH = 4;
    private static final int BATCH_GRANTED = 2;
    private static final int RELEASE = 2;
    private static final int LEVEL_TWO = 1;
    private static final int RH = 3;

    @TempDir
    private Path directory;

    private RawServer server;
    private RawSmb1 old;
    private RawClient fresh;
    private RawSession session;

    @BeforeEach
    void connect() throws IOException {
        server = new RawServer(directory, Map.of("server min protocol", "NT1"));
        old = new RawSmb1(server.port());
        old.negotiate();
        old.logIn(RawServer.USER, RawServer.PASSWORD).expect(NtStatus.SUCCESS);
        old.connect("data").expect(NtStatus.SUCCESS);
        fresh = server.client();
        session = fresh.negotiate().logIn(RawServer.USER, RawServer.PASSWORD);
        fresh.connect(session, "data").expect(NtStatus.SUCCESS);
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        old.close();
        fresh.close();
        server.awaitNothingLeft();
        server.close();
    }

    private static CreateRequest create(int level, List<CreateContext> contexts) {
        return new CreateRequest(level, 2, AccessMask.FILE_ALL_ACCESS, 0, 7, 3, 0, "f", contexts);
    }

    /** Opens with a batch oplock; the FID. */
    private int hold() throws IOException {
        ByteBuf opened = old.open("\\f", AccessMask.FILE_ALL_ACCESS, 7, BATCH)
                .expect(NtStatus.SUCCESS)
                .message();
        assertEquals(BATCH_GRANTED, opened.getUnsignedByte(Smb1Header.SIZE_BYTES + 5));
        return opened.getUnsignedShortLE(Smb1Header.SIZE_BYTES + 6);
    }

    private void expectBreak(int fid) throws IOException {
        RawSmb1.Answer notice = old.receive();
        assertEquals(Smb1Command.LOCKING_ANDX.code(), notice.header().command());
        assertEquals(0, notice.header().flags() & Smb1Header.FLAGS_REPLY);
        assertEquals(0xFFFF, notice.header().mid());
        assertEquals(old.tid, notice.header().tid());
        assertEquals(8, notice.wordCount());
        assertEquals(fid, notice.message().getUnsignedShortLE(Smb1Header.SIZE_BYTES + 5));
        assertEquals(RELEASE, notice.message().getUnsignedByte(Smb1Header.SIZE_BYTES + 7));
        assertEquals(LEVEL_TWO, notice.message().getUnsignedByte(Smb1Header.SIZE_BYTES + 8));
    }

    private void release(int fid) throws IOException {
        old.send(old.build(
                Smb1Command.LOCKING_ANDX,
                out -> {
                    RawSmb1.andx(out);
                    out.u16(fid);
                    out.u8(RELEASE);
                    out.u8(LEVEL_TWO);
                    out.zeros(8);
                },
                out -> {}));
    }

    @Test
    void anOpenOfSmb2WaitsForTheAnswerOfTheSmb1Client() throws IOException {
        int fid = hold();
        fresh.call(session, Smb2Command.CREATE, create(OplockLevel.NONE, List.of()))
                .expect(NtStatus.PENDING);
        expectBreak(fid);
        release(fid);
        fresh.receive().expect(NtStatus.SUCCESS);
        old.write(fid, 0, "still open".getBytes(StandardCharsets.US_ASCII)).expect(NtStatus.SUCCESS); // and no answer
    }

    @Test
    void anOpenGoesOnWhenTheSmb1ClientIsGone() throws IOException {
        int fid = hold();
        fresh.call(session, Smb2Command.CREATE, create(OplockLevel.NONE, List.of()))
                .expect(NtStatus.PENDING);
        expectBreak(fid);
        old.close();
        fresh.receive().expect(NtStatus.SUCCESS);
    }

    @Test
    void aReleaseThatNobodyAskedForChangesNothing() throws IOException {
        int fid = hold();
        release(fid);
        old.close(fid).expect(NtStatus.SUCCESS);
    }

    @Test
    void aRenameOfSmb1WaitsForACachedHandle() throws IOException {
        Guid key = Guid.random();
        fresh.call(
                        session,
                        Smb2Command.CREATE,
                        create(
                                OplockLevel.LEASE,
                                List.of(new CreateContext.RequestLeaseV2(key, RH, 0, new Guid(0, 0), 0))))
                .expect(NtStatus.SUCCESS)
                .body(CreateResponse.class);
        ByteBuf rename = old.build(Smb1Command.RENAME, out -> out.u16(0x16), out -> {
            out.u8(4);
            old.text().write(out, "\\f");
            out.u8(4);
            old.text().write(out, "\\g");
        });
        old.send(rename);
        LeaseBreakNotification broken = fresh.receive().body(LeaseBreakNotification.class);
        assertEquals(1, broken.newLeaseState());
        fresh.call(session, Smb2Command.OPLOCK_BREAK, new LeaseBreakAcknowledgment(key, 1))
                .expect(NtStatus.SUCCESS);
        old.receive().expect(NtStatus.SHARING_VIOLATION); // it is open yet, and SMB1 shares no deletion with a rename
    }
}

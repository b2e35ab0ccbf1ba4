package org.smbd.server.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.smbd.server.raw.RawServer.PASSWORD;
import static org.smbd.server.raw.RawServer.USER;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.CancelRequest;
import org.smbd.protocol.smb2.CloseRequest;
import org.smbd.protocol.smb2.CreateRequest;
import org.smbd.protocol.smb2.CreateResponse;
import org.smbd.protocol.smb2.FileId;
import org.smbd.protocol.smb2.ReadRequest;
import org.smbd.protocol.smb2.ReadResponse;
import org.smbd.protocol.smb2.Smb2Command;
import org.smbd.protocol.smb2.WriteRequest;

/** A READ of a pipe on which nothing has come: asynchronous, ended by data, by CANCEL and by CLOSE. */
class PipeReadTest {
    /** A bind to the server service. */
    private static final byte[] BIND = ByteBufUtil.decodeHexDump(
            "05000b03100000004800000002000000b810b810000000000100000000000100c84f324b7016d30112785a47bf6ee188"
                    + "03000000045d888aeb1cc9119fe808002b10486002000000");

    @TempDir
    private Path directory;

    private RawServer server;
    private RawClient client;
    private RawSession session;
    private FileId pipe;

    @BeforeEach
    void open() throws IOException {
        server = new RawServer(directory, Map.of());
        client = server.client().negotiate();
        session = client.logIn(USER, PASSWORD);
        client.connect(session, "IPC$").expect(NtStatus.SUCCESS);
        pipe = client.call(
                        session, Smb2Command.CREATE, new CreateRequest(0, 2, 0x12019F, 0, 7, 1, 0, "srvsvc", List.of()))
                .expect(NtStatus.SUCCESS)
                .body(CreateResponse.class)
                .fileId();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    private RawAnswer readThatWaits() throws IOException {
        return client.call(session, Smb2Command.READ, new ReadRequest(0, 1024, 0, pipe, 0, 0))
                .expect(NtStatus.PENDING);
    }

    @Test
    void dataEndsIt() throws IOException {
        RawAnswer interim = readThatWaits();
        client.send(session.protect(client.build(
                session, Smb2Command.WRITE, new WriteRequest(0, pipe, 0, 0, Unpooled.wrappedBuffer(BIND)))));
        RawAnswer one = client.receive().expect(NtStatus.SUCCESS);
        RawAnswer other = client.receive().expect(NtStatus.SUCCESS);
        RawAnswer read = one.header().command() == Smb2Command.READ ? one : other;
        assertEquals(interim.header().asyncId(), read.header().asyncId());
        ReadResponse body = read.body(ReadResponse.class);
        assertTrue(ByteBufUtil.hexDump(read.message(), body.dataOffset(), body.dataLength())
                .startsWith("05000c03"));
    }

    @Test
    void cancelEndsIt() throws IOException {
        RawAnswer interim = readThatWaits();
        client.messageId = interim.header().messageId();
        client.send(session.protect(client.build(session, Smb2Command.CANCEL, new CancelRequest())));
        client.receive().expect(NtStatus.CANCELLED);
        client.messageId = interim.header().messageId() + 1;
        readThatWaits();
    }

    @Test
    void closeEndsIt() throws IOException {
        readThatWaits();
        client.send(session.protect(client.build(session, Smb2Command.CLOSE, new CloseRequest(0, pipe))));
        List<RawAnswer> answers = List.of(client.receive(), client.receive());
        for (RawAnswer answer : answers) {
            answer.expect(answer.header().command() == Smb2Command.READ ? NtStatus.PIPE_BROKEN : NtStatus.SUCCESS);
        }
    }

    @Test
    void aLostConnectionLeavesNothing() throws IOException, InterruptedException {
        readThatWaits();
        client.reset();
        server.awaitNothingLeft();
    }
}

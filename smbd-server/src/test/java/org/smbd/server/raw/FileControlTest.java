package org.smbd.server.raw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.CreateOptions;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.Guid;
import org.smbd.protocol.fsctl.NtfsVolumeData;
import org.smbd.protocol.fsctl.ObjectIdBuffer;
import org.smbd.protocol.fsctl.OffloadReadInput;
import org.smbd.protocol.fsctl.OffloadReadOutput;
import org.smbd.protocol.fsctl.OffloadToken;
import org.smbd.protocol.fsctl.OffloadWriteInput;
import org.smbd.protocol.fsctl.ReparseBuffer;
import org.smbd.protocol.fsctl.ResumeKey;
import org.smbd.protocol.fsctl.SrvCopychunkCopy;
import org.smbd.protocol.fsctl.SrvCopychunkResponse;
import org.smbd.protocol.fsctl.SymbolicLinkReparse;
import org.smbd.protocol.smb2.CloseRequest;
import org.smbd.protocol.smb2.CreateRequest;
import org.smbd.protocol.smb2.CreateResponse;
import org.smbd.protocol.smb2.ErrorBody;
import org.smbd.protocol.smb2.FileId;
import org.smbd.protocol.smb2.IoctlRequest;
import org.smbd.protocol.smb2.IoctlResponse;
import org.smbd.protocol.smb2.Smb2Command;
import org.smbd.protocol.smb2.Smb2Header;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/** Controls over the wire that no other client here sends, and what those that do may get wrong. */
class FileControlTest {
    private static final int SRV_REQUEST_RESUME_KEY = 0x00140078;
    private static final int SRV_COPYCHUNK_WRITE = 0x001480F2;
    private static final int GET_NTFS_VOLUME_DATA = 0x00090064;
    private static final int CREATE_OR_GET_OBJECT_ID = 0x000900C0;
    private static final int GET_OBJECT_ID = 0x0009009C;
    private static final int DELETE_OBJECT_ID = 0x000900A0;
    private static final int SET_REPARSE_POINT = 0x000900A4;
    private static final int GET_REPARSE_POINT = 0x000900A8;
    private static final int DELETE_REPARSE_POINT = 0x000900AC;
    private static final int OFFLOAD_READ = 0x00094264;
    private static final int OFFLOAD_WRITE = 0x00098268;
    private static final int TOKEN_BYTES = 32;
    private static final int ROOM_BYTES = 32 * 1024;

    @TempDir
    private Path directory;

    private RawServer server;
    private RawClient client;
    private RawSession session;

    @BeforeEach
    void connect() throws IOException {
        server = new RawServer(directory, Map.of());
        client = server.client().negotiate();
        client.creditsAsked = 100;
        session = client.logIn(USER, PASSWORD);
        client.connect(session, "data").expect(NtStatus.SUCCESS);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    private RawAnswer control(int code, FileId fileId, int outputMax, Consumer<WireWriter> input) throws IOException {
        ByteBuf buffer = Unpooled.buffer();
        input.accept(new WireWriter(buffer));
        RawAnswer answer =
                client.call(session, Smb2Command.IOCTL, new IoctlRequest(code, fileId, 0, outputMax, 1, buffer));
        return answer.status() == NtStatus.PENDING.code() ? client.receive() : answer;
    }

    private static WireReader output(RawAnswer answer) {
        IoctlResponse response = answer.body(IoctlResponse.class);
        return new WireReader(answer.message().slice(response.outputOffset(), response.outputCount()));
    }

    private byte[] fill(String name, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        Files.write(server.share().resolve(name), content);
        return content;
    }

    private FileId reparse(String name, int disposition) throws IOException {
        CreateRequest create = new CreateRequest(
                0, 2, AccessMask.FILE_ALL_ACCESS, 0, 7, disposition, CreateOptions.OPEN_REPARSE_POINT, name, List.of());
        return client.call(session, Smb2Command.CREATE, create)
                .expect(NtStatus.SUCCESS)
                .body(CreateResponse.class)
                .fileId();
    }

    private void close(FileId fileId) throws IOException {
        client.call(session, Smb2Command.CLOSE, new CloseRequest(0, fileId)).expect(NtStatus.SUCCESS);
    }

    @Test
    void aFileIsCopiedAsAWholeWhenNoChunkIsNamed() throws IOException {
        byte[] content = fill("from", 5_000_001);
        FileId from = client.open(session, "from");
        FileId to = client.open(session, "to");
        ResumeKey key = ResumeKey.decodeKey(
                output(control(SRV_REQUEST_RESUME_KEY, from, 32, out -> {}).expect(NtStatus.SUCCESS)));
        RawAnswer answer = control(SRV_COPYCHUNK_WRITE, to, 12, new SrvCopychunkCopy(key, 0, List.of())::encode);
        SrvCopychunkResponse copied = SrvCopychunkResponse.decode(output(answer.expect(NtStatus.SUCCESS)));
        assertEquals(content.length, copied.totalBytesWritten());
        assertArrayEquals(content, Files.readAllBytes(server.share().resolve("to")));
        close(from);
        close(to);
    }

    @Test
    void aRequestBeyondTheLimitsIsToldThem() throws IOException {
        fill("from", 10);
        FileId from = client.open(session, "from");
        ResumeKey key = new ResumeKey(from);
        SrvCopychunkCopy tooMany = new SrvCopychunkCopy(key, 257, List.of());
        RawAnswer answer = control(SRV_COPYCHUNK_WRITE, from, 12, tooMany::encode);
        assertEquals(
                new SrvCopychunkResponse(256, 1024 * 1024, 16 * 1024 * 1024),
                SrvCopychunkResponse.decode(output(answer.expect(NtStatus.INVALID_PARAMETER))));
    }

    @Test
    void aTokenStandsForDataUntilTheyChange() throws IOException {
        byte[] content = fill("from", 100_000);
        fill("to", 100_000);
        FileId from = client.open(session, "from");
        FileId to = client.open(session, "to");
        OffloadReadOutput read = OffloadReadOutput.decode(
                output(control(
                                OFFLOAD_READ,
                                from,
                                OffloadReadOutput.SIZE_BYTES,
                                new OffloadReadInput(0, 512, 1 << 20)::encode)
                        .expect(NtStatus.SUCCESS)),
                TOKEN_BYTES);
        assertEquals(OffloadReadOutput.ALL_ZERO_BEYOND_CURRENT_RANGE, read.flags());
        assertEquals((100_000 - 512 + 511) / 512 * 512, read.transferLength());
        RawAnswer written = control(
                OFFLOAD_WRITE, to, 16, new OffloadWriteInput(512, read.transferLength(), 0, read.token())::encode);
        output(written.expect(NtStatus.SUCCESS));
        byte[] now = Files.readAllBytes(server.share().resolve("to"));
        assertArrayEquals(Arrays.copyOfRange(content, 512, 100_000), Arrays.copyOfRange(now, 512, 100_000));
        OffloadToken other = new OffloadToken(1, new byte[TOKEN_BYTES]);
        control(OFFLOAD_WRITE, to, 16, new OffloadWriteInput(512, 512, 0, other)::encode)
                .expect(NtStatus.INVALID_TOKEN);
        fill("from", 99_999);
        control(OFFLOAD_WRITE, to, 16, new OffloadWriteInput(512, 512, 0, read.token())::encode)
                .expect(NtStatus.INVALID_TOKEN);
        OffloadToken zeros = new OffloadToken(OffloadToken.TYPE_ZERO_DATA, new byte[TOKEN_BYTES]);
        control(OFFLOAD_WRITE, to, 16, new OffloadWriteInput(0, 1024, 0, zeros)::encode)
                .expect(NtStatus.SUCCESS);
        assertArrayEquals(
                new byte[1024], Arrays.copyOf(Files.readAllBytes(server.share().resolve("to")), 1024));
        control(OFFLOAD_WRITE, to, 16, new OffloadWriteInput(1, 512, 0, zeros)::encode)
                .expect(NtStatus.INVALID_PARAMETER);
        control(OFFLOAD_READ, from, 16, new OffloadReadInput(0, 0, 512)::encode).expect(NtStatus.BUFFER_TOO_SMALL);
        close(from);
        close(to);
    }

    @Test
    void anObjectIdStaysUntilItIsDeleted() throws IOException {
        FileId file = client.open(session, "f");
        RawAnswer none = control(GET_OBJECT_ID, file, 64, out -> {});
        Assumptions.assumeTrue(none.status() != NtStatus.INVALID_DEVICE_REQUEST.code(), "no extended attributes");
        none.expect(NtStatus.OBJECTID_NOT_FOUND);
        ObjectIdBuffer made = ObjectIdBuffer.decode(
                output(control(CREATE_OR_GET_OBJECT_ID, file, 64, out -> {}).expect(NtStatus.SUCCESS)));
        assertEquals(made.objectId(), made.birthObjectId());
        assertEquals(Guid.ZERO, made.domainId());
        assertEquals(made, ObjectIdBuffer.decode(output(control(GET_OBJECT_ID, file, 64, out -> {}))));
        control(GET_OBJECT_ID, file, 63, out -> {}).expect(NtStatus.INVALID_PARAMETER);
        control(DELETE_OBJECT_ID, file, 0, out -> {}).expect(NtStatus.SUCCESS);
        control(GET_OBJECT_ID, file, 64, out -> {}).expect(NtStatus.OBJECTID_NOT_FOUND);
    }

    @Test
    void theVolumeTellsItsSize() throws IOException {
        FileId root = client.open(session, "");
        NtfsVolumeData data = NtfsVolumeData.decode(
                output(control(GET_NTFS_VOLUME_DATA, root, 96, out -> {}).expect(NtStatus.SUCCESS)));
        assertTrue(data.totalClusters() >= data.freeClusters() && data.bytesPerCluster() > 0, data::toString);
        control(GET_NTFS_VOLUME_DATA, root, 95, out -> {}).expect(NtStatus.BUFFER_TOO_SMALL);
    }

    @Test
    void aSymbolicLinkStopsWhoOpensIt() throws IOException {
        FileId link = reparse("link", 2);
        SymbolicLinkReparse target = new SymbolicLinkReparse("..\\elsewhere", "elsewhere", 1);
        RawAnswer set = control(SET_REPARSE_POINT, link, 0, target::encode);
        Assumptions.assumeTrue(set.status() != NtStatus.INVALID_DEVICE_REQUEST.code(), "no extended attributes");
        set.expect(NtStatus.SUCCESS);
        close(link);
        for (String path : List.of("link", "link\\below\\it")) {
            RawAnswer answer = client.call(session, Smb2Command.CREATE, RawClient.create(path, 0))
                    .expect(NtStatus.STOPPED_ON_SYMLINK);
            WireReader in = new WireReader(answer.message());
            in.seek(Smb2Header.SIZE_BYTES);
            assertEquals(
                    new ErrorBody.SymbolicLink(2 * (path.length() - "link".length()), "..\\elsewhere", "elsewhere", 1),
                    ErrorBody.decode(NtStatus.STOPPED_ON_SYMLINK, in));
        }
        FileId again = reparse("link", 1);
        RawAnswer got = control(GET_REPARSE_POINT, again, ROOM_BYTES, out -> {}).expect(NtStatus.SUCCESS);
        assertEquals(target, SymbolicLinkReparse.decode(output(got)));
        assertEquals(
                10,
                control(GET_REPARSE_POINT, again, 10, out -> {})
                        .expect(NtStatus.BUFFER_OVERFLOW)
                        .body(IoctlResponse.class)
                        .outputCount());
        ReparseBuffer otherTag = new ReparseBuffer(0x80000014, Guid.ZERO, new byte[0]);
        control(DELETE_REPARSE_POINT, again, 0, otherTag::encode).expect(NtStatus.IO_REPARSE_TAG_MISMATCH);
        ReparseBuffer sameTag = new ReparseBuffer(SymbolicLinkReparse.TAG, Guid.ZERO, new byte[0]);
        control(DELETE_REPARSE_POINT, again, 0, sameTag::encode).expect(NtStatus.SUCCESS);
        control(GET_REPARSE_POINT, again, ROOM_BYTES, out -> {}).expect(NtStatus.NOT_A_REPARSE_POINT);
        close(again);
        close(client.open(session, "link"));
    }

    @Test
    void anotherTagIsKeptAndNotFollowed() throws IOException {
        FileId file = reparse("special", 2);
        ReparseBuffer wsl = new ReparseBuffer(0x80000024, Guid.ZERO, new byte[0]);
        RawAnswer set = control(SET_REPARSE_POINT, file, 0, wsl::encode);
        Assumptions.assumeTrue(set.status() != NtStatus.INVALID_DEVICE_REQUEST.code(), "no extended attributes");
        assertEquals(wsl, ReparseBuffer.decode(output(control(GET_REPARSE_POINT, file, ROOM_BYTES, out -> {}))));
        close(file);
        client.call(session, Smb2Command.CREATE, RawClient.create("special", 0))
                .expect(NtStatus.IO_REPARSE_TAG_NOT_HANDLED);
    }

    @Test
    void whatIsNoReparseBufferIsRefused() throws IOException {
        FileId file = reparse("f", 2);
        Consumer<WireWriter> wrongLength = out -> {
            out.i32(SymbolicLinkReparse.TAG);
            out.i32(0xFFFF);
        };
        control(SET_REPARSE_POINT, file, 0, out -> out.i32(0)).expect(NtStatus.IO_REPARSE_DATA_INVALID);
        control(SET_REPARSE_POINT, file, 0, wrongLength).expect(NtStatus.IO_REPARSE_DATA_INVALID);
        control(SET_REPARSE_POINT, file, 0, new ReparseBuffer(SymbolicLinkReparse.TAG, Guid.ZERO, new byte[3])::encode)
                .expect(NtStatus.IO_REPARSE_DATA_INVALID);
        control(SET_REPARSE_POINT, file, 0, new ReparseBuffer(0, Guid.random(), new byte[3])::encode)
                .expect(NtStatus.IO_REPARSE_TAG_INVALID);
        close(file);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x00090064,
                0x000900C4,
                0x000980C8,
                0x000940CF,
                0x00098208,
                0x001440F2,
                0x00098344,
                0x000983E8,
                0x0009C040,
                0x0009027C,
                0x0009C280,
                0x00090098,
                0x000900BC,
                0x000900A4,
                0x000900AC,
                0x00094264,
                0x00098268,
                0x0009008F,
                0x000900FC,
                0x00090284,
                0x0009002C,
                0x001400EC,
                0x000900EB,
                0x00090100,
                0x001401D4
            })
    void noInputAndNoRoomEndNoConnection(int code) throws IOException {
        FileId root = client.open(session, "");
        control(code, root, 0, out -> {});
        control(code, root, 0, out -> out.zeros(3));
        control(code, root, 1, out -> out.zeros(4000));
        close(root);
    }
}

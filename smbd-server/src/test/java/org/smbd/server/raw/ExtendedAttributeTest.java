package org.smbd.server.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.smbd.server.raw.RawServer.PASSWORD;
import static org.smbd.server.raw.RawServer.USER;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.CreateOptions;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.CreateContext;
import org.smbd.protocol.smb2.CreateRequest;
import org.smbd.protocol.smb2.CreateResponse;
import org.smbd.protocol.smb2.FileId;
import org.smbd.protocol.smb2.InfoType;
import org.smbd.protocol.smb2.QueryInfoRequest;
import org.smbd.protocol.smb2.QueryInfoResponse;
import org.smbd.protocol.smb2.SetInfoRequest;
import org.smbd.protocol.smb2.Smb2Command;

/** Extended attributes, with a file that is created and on their own. */
class ExtendedAttributeTest {
    private static final int FILE_FULL_EA_INFORMATION = 15;
    private static final int FILE_CREATE = 2;
    private static final String ONE = "00000000" + "00" + "03" + "0100" + "6f6e6500" + "07";

    @TempDir
    private Path directory;

    @BeforeEach
    void requireAttributes() throws IOException {
        Assumptions.assumeTrue(
                Files.getFileStore(directory).supportsFileAttributeView(UserDefinedFileAttributeView.class));
    }

    private static ByteBuf bytes(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
    }

    private static RawAnswer create(RawClient client, RawSession session, String name, int options, String eas)
            throws IOException {
        List<CreateContext> contexts = List.of(new CreateContext.EaBuffer(bytes(eas)));
        return client.call(
                session,
                Smb2Command.CREATE,
                new CreateRequest(0, 2, AccessMask.FILE_ALL_ACCESS, 0, 7, FILE_CREATE, options, name, contexts));
    }

    private static RawAnswer query(RawClient client, RawSession session, FileId file, int budget) throws IOException {
        return client.call(
                session,
                Smb2Command.QUERY_INFO,
                new QueryInfoRequest(
                        InfoType.FILE, FILE_FULL_EA_INFORMATION, budget, 0, 1, file, Unpooled.EMPTY_BUFFER));
    }

    private static RawAnswer set(RawClient client, RawSession session, FileId file, String eas) throws IOException {
        return client.call(
                session,
                Smb2Command.SET_INFO,
                new SetInfoRequest(InfoType.FILE, FILE_FULL_EA_INFORMATION, 0, file, bytes(eas)));
    }

    @Test
    void aFileIsCreatedWithItsAttributes() throws IOException {
        try (RawServer server = new RawServer(directory, Map.of());
                RawClient client = server.client().negotiate()) {
            RawSession session = client.logIn(USER, PASSWORD);
            client.connect(session, "data").expect(NtStatus.SUCCESS);
            FileId file = create(client, session, "f", 0, ONE)
                    .expect(NtStatus.SUCCESS)
                    .body(CreateResponse.class)
                    .fileId();
            RawAnswer answer = query(client, session, file, 4096).expect(NtStatus.SUCCESS);
            QueryInfoResponse body = answer.body(QueryInfoResponse.class);
            assertEquals(
                    ONE,
                    ByteBufUtil.hexDump(answer.message().slice(body.outputBufferOffset(), body.outputBufferLength())));
            query(client, session, file, 8).expect(NtStatus.BUFFER_TOO_SMALL);
            set(client, session, file, "00000000" + "00" + "03" + "0000" + "4f4e4500")
                    .expect(NtStatus.SUCCESS);
            query(client, session, file, 4096).expect(NtStatus.NO_EAS_ON_FILE);
        }
    }

    @Test
    void whatIsNotAllowedLeavesNothingBehind() throws IOException {
        try (RawServer server = new RawServer(directory, Map.of());
                RawClient client = server.client().negotiate()) {
            RawSession session = client.logIn(USER, PASSWORD);
            client.connect(session, "data").expect(NtStatus.SUCCESS);
            create(client, session, "a", CreateOptions.NO_EA_KNOWLEDGE, ONE).expect(NtStatus.ACCESS_DENIED);
            create(client, session, "b", 0, ONE.substring(0, 20)).expect(NtStatus.EA_LIST_INCONSISTENT);
            create(client, session, "c", 0, "00000000" + "00" + "09" + "0100" + "444f534154545249" + "4200" + "01")
                    .expect(NtStatus.ACCESS_DENIED); // DOSATTRIB
            try (var names = Files.list(server.share())) {
                assertEquals(0, names.count());
            }
        }
    }

    @Test
    void aShareWithoutThemSaysSo() throws IOException {
        try (RawServer server = new RawServer(directory, Map.of(), Map.of("ea support", "no"));
                RawClient client = server.client().negotiate()) {
            RawSession session = client.logIn(USER, PASSWORD);
            client.connect(session, "data").expect(NtStatus.SUCCESS);
            create(client, session, "f", 0, ONE).expect(NtStatus.EAS_NOT_SUPPORTED);
        }
    }
}

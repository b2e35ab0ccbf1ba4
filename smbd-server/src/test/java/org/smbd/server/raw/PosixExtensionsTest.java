package org.smbd.server.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.smbd.server.raw.RawServer.PASSWORD;
import static org.smbd.server.raw.RawServer.USER;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.CreateOptions;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.CloseRequest;
import org.smbd.protocol.smb2.CreateContext;
import org.smbd.protocol.smb2.CreateContextResponse;
import org.smbd.protocol.smb2.CreateRequest;
import org.smbd.protocol.smb2.CreateResponse;
import org.smbd.protocol.smb2.Dialect;
import org.smbd.protocol.smb2.FileId;
import org.smbd.protocol.smb2.InfoType;
import org.smbd.protocol.smb2.NegotiateContext;
import org.smbd.protocol.smb2.QueryDirectoryRequest;
import org.smbd.protocol.smb2.QueryDirectoryResponse;
import org.smbd.protocol.smb2.QueryInfoRequest;
import org.smbd.protocol.smb2.QueryInfoResponse;
import org.smbd.protocol.smb2.SetInfoRequest;
import org.smbd.protocol.smb2.Smb2Command;

/** The POSIX extensions of SMB 3.1.1, as a Linux client asks for them. */
class PosixExtensionsTest {
    private static final int CLASS = 100;
    private static final int NAME_AT = 124;
    private static final int FILE_RENAME = 10;
    private static final int FILE_LINK = 11;

    @TempDir
    private Path directory;

    private static CreateRequest posix(String name, int disposition, int options, int mode) {
        return new CreateRequest(
                0,
                2,
                AccessMask.FILE_ALL_ACCESS,
                0,
                7,
                disposition,
                options,
                name,
                List.of(new CreateContext.Posix(mode)));
    }

    private static boolean offered(RawClient client) {
        return client.negotiated().negotiateContexts().stream()
                .anyMatch(NegotiateContext.PosixExtensions.class::isInstance);
    }

    private static RawAnswer query(RawClient client, RawSession session, int infoType, FileId file) throws IOException {
        return client.call(
                session,
                Smb2Command.QUERY_INFO,
                new QueryInfoRequest(infoType, CLASS, 4096, 0, 0, file, Unpooled.EMPTY_BUFFER));
    }

    private static ByteBuf payload(RawAnswer answer) {
        QueryInfoResponse body = answer.expect(NtStatus.SUCCESS).body(QueryInfoResponse.class);
        return answer.message().slice(body.outputBufferOffset(), body.outputBufferLength());
    }

    private static Map<String, Integer> list(RawClient client, RawSession session, FileId file) throws IOException {
        RawAnswer answer = client.call(
                        session, Smb2Command.QUERY_DIRECTORY, new QueryDirectoryRequest(CLASS, 0, 0, file, 65536, "*"))
                .expect(NtStatus.SUCCESS);
        QueryDirectoryResponse body = answer.body(QueryDirectoryResponse.class);
        ByteBuf entries = answer.message().slice(body.outputBufferOffset(), body.outputBufferLength());
        Map<String, Integer> modes = new TreeMap<>();
        int at = 0;
        int next;
        do {
            next = entries.getIntLE(at);
            int length = entries.getIntLE(at + NAME_AT - 4);
            String name = entries.toString(at + NAME_AT, length, StandardCharsets.UTF_16LE);
            modes.put(name, entries.getIntLE(at + 84));
            at += next;
        } while (next != 0);
        return modes;
    }

    @Test
    void theyAreAnsweredToWhoAsksAndToNobodyElse() throws IOException {
        try (RawServer server = new RawServer(directory, Map.of());
                RawClient asking = server.client().withPosixExtensions().negotiate();
                RawClient silent = server.client().negotiate();
                RawClient old = server.client().withPosixExtensions().negotiate(Dialect.SMB_3_0_2)) {
            assertTrue(offered(asking));
            assertFalse(offered(silent));
            assertFalse(offered(old));
        }
    }

    @Test
    void withoutTheParameterTheyAreNotOffered() throws IOException {
        try (RawServer server = new RawServer(directory, Map.of(), Map.of("smb3 unix extensions", "no"));
                RawClient client = server.client().withPosixExtensions().negotiate()) {
            assertFalse(offered(client));
        }
    }

    @Test
    void whoHasNotNegotiatedThemDoesNotGetThem() throws IOException {
        try (RawServer server = new RawServer(directory, Map.of());
                RawClient client = server.client().negotiate()) {
            RawSession session = client.logIn(USER, PASSWORD);
            client.connect(session, "data").expect(NtStatus.SUCCESS);
            client.call(session, Smb2Command.CREATE, posix("a*b?", 2, 0, 0600)).expect(NtStatus.OBJECT_NAME_INVALID);
            CreateResponse plain = client.call(session, Smb2Command.CREATE, posix("a", 2, 0, 0600))
                    .expect(NtStatus.SUCCESS)
                    .body(CreateResponse.class);
            assertEquals(List.of(), plain.createContexts());
            query(client, session, InfoType.FILE, plain.fileId()).expect(NtStatus.INVALID_INFO_CLASS);
            query(client, session, InfoType.FILESYSTEM, plain.fileId()).expect(NtStatus.INVALID_INFO_CLASS);
        }
    }

    @Test
    void aFileIsMadeWithItsModeAndShownWithIt() throws IOException {
        try (RawServer server = new RawServer(directory, Map.of());
                RawClient client = server.client().withPosixExtensions().negotiate()) {
            RawSession session = client.logIn(USER, PASSWORD);
            client.connect(session, "data").expect(NtStatus.SUCCESS);
            CreateResponse made = client.call(
                            session, Smb2Command.CREATE, posix("d", 2, CreateOptions.DIRECTORY_FILE, 0750))
                    .expect(NtStatus.SUCCESS)
                    .body(CreateResponse.class);
            assertEquals(0750, context(made).mode() & 07777);
            for (String name : List.of("d/a:b?*\"<>|", "d/A:B?*\"<>|", "d/dot.", "d/blank ")) {
                CreateResponse file = client.call(session, Smb2Command.CREATE, posix(name, 2, 0, 0640))
                        .expect(NtStatus.SUCCESS)
                        .body(CreateResponse.class);
                CreateContextResponse.Posix answer = context(file);
                assertEquals(0640, answer.mode());
                assertEquals(1, answer.numberOfLinks());
                assertEquals(
                        Files.getAttribute(server.share().resolve(name), "unix:uid"),
                        answer.owner().subAuthorities().get(1));
                assertEquals(
                        "rw-r-----",
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(server.share().resolve(name))));
                ByteBuf info = payload(query(client, session, InfoType.FILE, file.fileId()));
                assertEquals(Files.getAttribute(server.share().resolve(name), "unix:ino"), info.getLongLE(52));
                assertEquals(0640, info.getIntLE(76));
                assertEquals(112, info.readableBytes());
            }
            client.call(session, Smb2Command.CREATE, posix("D", 1, 0, 0)).expect(NtStatus.OBJECT_NAME_NOT_FOUND);
            Map<String, Integer> modes = list(client, session, made.fileId());
            assertEquals(0640, modes.get("A:B?*\"<>|"));
            assertEquals(0640, modes.get("dot."));
            assertEquals(0750, modes.get("."));
            assertEquals(6, modes.size());
        }
    }

    @Test
    void newNamesMayHaveSlashesAsThoseOfFilesMay() throws IOException {
        try (RawServer server = new RawServer(directory, Map.of());
                RawClient client = server.client().withPosixExtensions().negotiate()) {
            RawSession session = client.logIn(USER, PASSWORD);
            client.connect(session, "data").expect(NtStatus.SUCCESS);
            Files.createDirectory(server.share().resolve("d"));
            FileId file = client.call(session, Smb2Command.CREATE, posix("d/one", 2, 0, 0640))
                    .expect(NtStatus.SUCCESS)
                    .body(CreateResponse.class)
                    .fileId();
            client.call(session, Smb2Command.SET_INFO, newName(file, FILE_RENAME, "d/two"))
                    .expect(NtStatus.SUCCESS);
            client.call(session, Smb2Command.SET_INFO, newName(file, FILE_LINK, "/d/three"))
                    .expect(NtStatus.SUCCESS);
            assertEquals(
                    Set.of("two", "three"),
                    Set.of(server.share().resolve("d").toFile().list()));
        }
    }

    private static SetInfoRequest newName(FileId file, int infoClass, String name) {
        byte[] units = name.getBytes(StandardCharsets.UTF_16LE);
        ByteBuf buffer =
                Unpooled.buffer().writeZero(16).writeIntLE(units.length).writeBytes(units);
        return new SetInfoRequest(InfoType.FILE, infoClass, 0, file, buffer);
    }

    private static CreateContextResponse.Posix context(CreateResponse response) {
        return response.createContexts().stream()
                .filter(CreateContextResponse.Posix.class::isInstance)
                .map(CreateContextResponse.Posix.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void specialFilesAreListedAndTellWhatTheyAre() throws Exception {
        try (RawServer server = new RawServer(directory, Map.of());
                RawClient client = server.client().withPosixExtensions().negotiate()) {
            Path fifo = server.share().resolve("fifo");
            assertEquals(
                    0,
                    new ProcessBuilder("mkfifo", "-m", "600", fifo.toString())
                            .start()
                            .waitFor());
            RawSession session = client.logIn(USER, PASSWORD);
            client.connect(session, "data").expect(NtStatus.SUCCESS);
            CreateResponse root = client.call(session, Smb2Command.CREATE, posix("", 1, 0, 0))
                    .expect(NtStatus.SUCCESS)
                    .body(CreateResponse.class);
            assertEquals(5 << 12 | 0600, list(client, session, root.fileId()).get("fifo"));
        }
    }

    @Test
    void theFileSystemIsShownInBlocks() throws IOException {
        try (RawServer server = new RawServer(directory, Map.of());
                RawClient client = server.client().withPosixExtensions().negotiate()) {
            RawSession session = client.logIn(USER, PASSWORD);
            client.connect(session, "data").expect(NtStatus.SUCCESS);
            FileId root = client.call(session, Smb2Command.CREATE, posix("", 1, 0, 0))
                    .expect(NtStatus.SUCCESS)
                    .body(CreateResponse.class)
                    .fileId();
            ByteBuf info = payload(query(client, session, InfoType.FILESYSTEM, root));
            assertEquals(56, info.readableBytes());
            long blockBytes = info.getUnsignedIntLE(4);
            assertEquals(Files.getFileStore(server.share()).getTotalSpace(), blockBytes * info.getLongLE(8));
        }
    }

    @Test
    void aDeletedFileLosesItsNameAtOnce() throws IOException {
        try (RawServer server = new RawServer(directory, Map.of());
                RawClient client = server.client().withPosixExtensions().negotiate()) {
            RawSession session = client.logIn(USER, PASSWORD);
            client.connect(session, "data").expect(NtStatus.SUCCESS);
            List<FileId> opens = new ArrayList<>();
            for (int options : new int[] {0, CreateOptions.DELETE_ON_CLOSE}) {
                opens.add(client.call(session, Smb2Command.CREATE, posix("f", 3, options, 0600))
                        .expect(NtStatus.SUCCESS)
                        .body(CreateResponse.class)
                        .fileId());
            }
            client.call(session, Smb2Command.CLOSE, new CloseRequest(0, opens.get(1)))
                    .expect(NtStatus.SUCCESS);
            assertFalse(Files.exists(server.share().resolve("f")));
            client.call(session, Smb2Command.CREATE, posix("f", 2, 0, 0600)).expect(NtStatus.SUCCESS);
            ByteBuf info = payload(query(client, session, InfoType.FILE, opens.get(0)));
            assertEquals(0, info.getIntLE(68));
        }
    }
}

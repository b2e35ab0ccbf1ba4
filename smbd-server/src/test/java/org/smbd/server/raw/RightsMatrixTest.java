package org.smbd.server.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.smbd.server.raw.RawServer.PASSWORD;
import static org.smbd.server.raw.RawServer.USER;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.CreateOptions;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.CloseRequest;
import org.smbd.protocol.smb2.CreateRequest;
import org.smbd.protocol.smb2.CreateResponse;
import org.smbd.protocol.smb2.FileId;
import org.smbd.protocol.smb2.IoctlRequest;
import org.smbd.protocol.smb2.IoctlResponse;
import org.smbd.protocol.smb2.Smb2Command;

/** Every request that changes something, on opens with each single right: what must not change on disk does not. */
class RightsMatrixTest {
    private static final List<Integer> RIGHTS = List.of(
            AccessMask.FILE_READ_DATA,
            AccessMask.FILE_WRITE_DATA,
            AccessMask.FILE_APPEND_DATA,
            AccessMask.FILE_READ_EA,
            AccessMask.FILE_WRITE_EA,
            AccessMask.FILE_EXECUTE,
            AccessMask.FILE_DELETE_CHILD,
            AccessMask.FILE_READ_ATTRIBUTES,
            AccessMask.FILE_WRITE_ATTRIBUTES,
            AccessMask.DELETE,
            AccessMask.READ_CONTROL,
            AccessMask.WRITE_DAC,
            AccessMask.WRITE_OWNER,
            AccessMask.SYNCHRONIZE,
            AccessMask.MAXIMUM_ALLOWED);

    private static final int FSCTL_SRV_REQUEST_RESUME_KEY = 0x00140078;
    private static final int KEY_BYTES = 24;
    private static final int FILE_OPEN = 1;

    @TempDir
    private Path directory;

    /** A client in a share, and a file there from which can be copied. */
    private record Client(RawClient raw, RawSession session, Path share, FileId source, byte[] resumeKey) {
        static Client of(RawServer server, RawClient raw) throws IOException {
            Files.write(server.share().resolve("source"), new byte[ChangingRequest.Target.SIZE_BYTES]);
            RawSession session = raw.logIn(USER, PASSWORD);
            raw.connect(session, "data").expect(NtStatus.SUCCESS);
            FileId source = raw.call(
                            session, Smb2Command.CREATE, request("source", AccessMask.FILE_READ_DATA, FILE_OPEN, 0))
                    .expect(NtStatus.SUCCESS)
                    .body(CreateResponse.class)
                    .fileId();
            IoctlRequest ask = new IoctlRequest(
                    FSCTL_SRV_REQUEST_RESUME_KEY, source, 0, 32, IoctlRequest.FLAG_IS_FSCTL, Unpooled.EMPTY_BUFFER);
            RawAnswer answer = raw.call(session, Smb2Command.IOCTL, ask).expect(NtStatus.SUCCESS);
            int keyOffset = answer.body(IoctlResponse.class).outputOffset();
            byte[] key = ByteBufUtil.getBytes(answer.message(), keyOffset, KEY_BYTES);
            return new Client(raw, session, server.share(), source, key);
        }

        RawAnswer create(String name, int access, int disposition, int options) throws IOException {
            return raw.call(session, Smb2Command.CREATE, request(name, access, disposition, options));
        }

        void close(FileId open) throws IOException {
            raw.call(session, Smb2Command.CLOSE, new CloseRequest(0, open)).expect(NtStatus.SUCCESS);
        }

        /** Whether the disk has changed when the request is done and its open closed. */
        boolean changes(ChangingRequest request, String name, int right) throws IOException {
            RawAnswer opened = create(name, right, FILE_OPEN, 0);
            if (opened.status() != NtStatus.SUCCESS.code()) {
                return false;
            }
            Map<String, String> before = DiskState.of(share);
            FileId open = opened.body(CreateResponse.class).fileId();
            ChangingRequest.Target target = new ChangingRequest.Target(open, name + "-new", resumeKey, source);
            raw.call(session, request.command(), request.message().to(target));
            close(open);
            return !before.equals(DiskState.of(share));
        }
    }

    private static CreateRequest request(String name, int access, int disposition, int options) {
        return new CreateRequest(0, 2, access, 0, 7, disposition, options, name, List.of());
    }

    private static void renew(Path path, boolean isDirectory) throws IOException {
        Files.deleteIfExists(path);
        Files.deleteIfExists(path.resolveSibling(path.getFileName() + "-new"));
        if (isDirectory) {
            Files.createDirectory(path);
        } else {
            byte[] bytes = new byte[ChangingRequest.Target.SIZE_BYTES];
            Arrays.fill(bytes, (byte) 'x');
            Files.write(path, bytes);
        }
    }

    @Test
    void onlyAnOpenWithTheRightChangesAnything() throws IOException {
        try (RawServer server = new RawServer(directory, Map.of());
                RawClient raw = server.client().negotiate()) {
            Client client = Client.of(server, raw);
            List<String> wrong = new ArrayList<>();
            for (ChangingRequest request : ChangingRequest.all()) {
                for (int right : RIGHTS) {
                    for (boolean isDirectory : new boolean[] {false, true}) {
                        String name = isDirectory ? "d" : "f";
                        renew(server.share().resolve(name), isDirectory);
                        boolean changed = client.changes(request, name, right);
                        boolean allowed = right == AccessMask.MAXIMUM_ALLOWED || (right & request.allowedBy()) != 0;
                        boolean surely = isDirectory ? request.directory() : request.file();
                        String what = request.name() + " of " + name + " with " + AccessMask.describe(right);
                        if (changed && !allowed) {
                            wrong.add(what + " must not change anything");
                        } else if (!changed && allowed && surely) {
                            wrong.add(what + " has changed nothing");
                        }
                    }
                }
            }
            assertEquals(List.of(), wrong);
        }
    }

    @Test
    void nothingChangesOnAReadOnlyShare() throws IOException {
        try (RawServer server = new RawServer(directory, Map.of(), Map.of("read list", USER));
                RawClient raw = server.client().negotiate()) {
            Client client = Client.of(server, raw);
            renew(server.share().resolve("f"), false);
            renew(server.share().resolve("d"), true);
            Map<String, String> before = DiskState.of(server.share());
            for (ChangingRequest request : ChangingRequest.all()) {
                for (int right : RIGHTS) {
                    for (String name : List.of("f", "d")) {
                        client.changes(request, name, right);
                        String what = request.name() + " of " + name + " with " + AccessMask.describe(right);
                        assertEquals(before, DiskState.of(server.share()), what);
                    }
                }
            }
        }
    }

    @Test
    void noOpenChangesAnythingOnAReadOnlyShare() throws IOException {
        try (RawServer server = new RawServer(directory, Map.of(), Map.of("read list", USER));
                RawClient raw = server.client().negotiate()) {
            Client client = Client.of(server, raw);
            renew(server.share().resolve("f"), false);
            renew(server.share().resolve("d"), true);
            Map<String, String> before = DiskState.of(server.share());
            List<String> names = List.of("f", "d", "new", "f:stream", "f::$DATA", "d\\new", "d:stream");
            List<Integer> options = List.of(
                    0, CreateOptions.DELETE_ON_CLOSE, CreateOptions.DIRECTORY_FILE, CreateOptions.NON_DIRECTORY_FILE);
            for (int disposition = 0; disposition <= 5; disposition++) {
                for (int right : RIGHTS) {
                    for (int option : options) {
                        for (String name : names) {
                            RawAnswer answer = client.create(name, right, disposition, option);
                            if (answer.status() == NtStatus.SUCCESS.code()) {
                                client.close(answer.body(CreateResponse.class).fileId());
                            }
                            String what = name + ", disposition " + disposition + ", options " + option + ", access "
                                    + AccessMask.describe(right);
                            assertEquals(before, DiskState.of(server.share()), what);
                        }
                    }
                }
            }
        }
    }

    @Test
    void anOpenThatDeletesNeedsTheRight() throws IOException {
        try (RawServer server = new RawServer(directory, Map.of());
                RawClient raw = server.client().negotiate()) {
            Client client = Client.of(server, raw);
            for (int right : RIGHTS) {
                renew(server.share().resolve("f"), false);
                Map<String, String> before = DiskState.of(server.share());
                RawAnswer answer = client.create("f", right, FILE_OPEN, CreateOptions.DELETE_ON_CLOSE);
                if (right == AccessMask.DELETE) {
                    client.close(answer.expect(NtStatus.SUCCESS)
                            .body(CreateResponse.class)
                            .fileId());
                    assertNotEquals(before, DiskState.of(server.share()));
                } else {
                    answer.expect(NtStatus.INVALID_PARAMETER);
                    assertEquals(before, DiskState.of(server.share()));
                }
            }
        }
    }
}

package org.smbd.server.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.smbd.server.raw.RawServer.PASSWORD;
import static org.smbd.server.raw.RawServer.USER;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.CloseRequest;
import org.smbd.protocol.smb2.FileId;
import org.smbd.protocol.smb2.LockElement;
import org.smbd.protocol.smb2.LockRequest;
import org.smbd.protocol.smb2.Smb2Command;

/** MS-SMB2 3.3.5.14 Receiving an SMB2 LOCK Request. */
class ByteRangeLockTest {
    private static final int EXCLUSIVE = LockElement.FLAG_EXCLUSIVE_LOCK | LockElement.FLAG_FAIL_IMMEDIATELY;
    private static final int UNLOCK = LockElement.FLAG_UNLOCK;

    @TempDir
    private Path directory;

    private static RawAnswer call(RawClient client, RawSession session, FileId file, LockElement... elements)
            throws IOException {
        return client.call(session, Smb2Command.LOCK, new LockRequest(0, file, List.of(elements)));
    }

    private static LockElement element(long offset, long length, int flags) {
        return new LockElement(offset, length, flags);
    }

    @Test
    void badRequestsGetTheirStatusAndChangeNothing() throws Exception {
        try (RawServer server = new RawServer(directory, Map.of());
                RawClient client = server.client().negotiate()) {
            RawSession session = client.logIn(USER, PASSWORD);
            client.connect(session, "data").expect(NtStatus.SUCCESS);
            FileId file = client.open(session, "f");
            call(client, session, file, element(-1, -1, EXCLUSIVE)).expect(NtStatus.INVALID_LOCK_RANGE);
            call(client, session, file, element(-2, 3, EXCLUSIVE)).expect(NtStatus.INVALID_LOCK_RANGE);
            call(client, session, file, element(0, 1, UNLOCK | LockElement.FLAG_FAIL_IMMEDIATELY))
                    .expect(NtStatus.INVALID_PARAMETER);
            call(client, session, file, element(0, 1, 0)).expect(NtStatus.INVALID_PARAMETER);
            call(client, session, file, element(0, 1, EXCLUSIVE), element(1, 1, LockElement.FLAG_SHARED_LOCK))
                    .expect(NtStatus.INVALID_PARAMETER);
            call(client, session, file, element(0, 1, UNLOCK)).expect(NtStatus.RANGE_NOT_LOCKED);
            assertEquals(0, server.status().opens().get(0).locks());
            call(client, session, file, element(-2, 2, EXCLUSIVE)).expect(NtStatus.SUCCESS);
            assertEquals(1, server.status().opens().get(0).locks());
            client.call(session, Smb2Command.CLOSE, new CloseRequest(0, file)).expect(NtStatus.SUCCESS);
        }
    }

    @Test
    void theLongestArrayThatARequestHoldsIsTakenAsAWhole() throws Exception {
        try (RawServer server = new RawServer(directory, Map.of("max locks per handle", "65535"));
                RawClient client = server.client().negotiate()) {
            RawSession session = client.logIn(USER, PASSWORD);
            client.connect(session, "data").expect(NtStatus.SUCCESS);
            FileId file = client.open(session, "f");
            List<LockElement> many = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                many.add(element(2L * i, 1, EXCLUSIVE));
            }
            client.call(session, Smb2Command.LOCK, new LockRequest(0, file, many))
                    .expect(NtStatus.SUCCESS);
            many.replaceAll(lock -> element(lock.offset() + 1, 1, EXCLUSIVE));
            many.set(1_999, element(0, 1, EXCLUSIVE));
            client.call(session, Smb2Command.LOCK, new LockRequest(0, file, many))
                    .expect(NtStatus.LOCK_NOT_GRANTED);
            assertEquals(2_000, server.status().opens().get(0).locks());
            many.clear();
            for (int i = 0; i < 2_000; i++) {
                many.add(element(2L * i, 1, UNLOCK));
            }
            client.call(session, Smb2Command.LOCK, new LockRequest(0, file, many))
                    .expect(NtStatus.SUCCESS);
            assertEquals(0, server.status().opens().get(0).locks());
        }
    }

    @Test
    void anOpenHoldsNoMoreLocksThanItMay() throws Exception {
        try (RawServer server = new RawServer(directory, Map.of("max locks per handle", "2"));
                RawClient client = server.client().negotiate()) {
            RawSession session = client.logIn(USER, PASSWORD);
            client.connect(session, "data").expect(NtStatus.SUCCESS);
            FileId file = client.open(session, "f");
            call(client, session, file, element(0, 1, EXCLUSIVE), element(1, 1, EXCLUSIVE), element(2, 1, EXCLUSIVE))
                    .expect(NtStatus.INSUFFICIENT_RESOURCES);
            call(client, session, file, element(0, 1, EXCLUSIVE), element(1, 1, EXCLUSIVE))
                    .expect(NtStatus.SUCCESS);
            call(client, session, file, element(2, 1, EXCLUSIVE)).expect(NtStatus.INSUFFICIENT_RESOURCES);
            call(client, session, file, element(1, 1, UNLOCK)).expect(NtStatus.SUCCESS);
            call(client, session, file, element(2, 1, EXCLUSIVE)).expect(NtStatus.SUCCESS);
        }
    }

    @Test
    void whatAShareHoldsIsGivenBackWithItsLastClient() throws Exception {
        try (RawServer server = new RawServer(directory, Map.of())) {
            long before = descriptors();
            for (int i = 0; i < 3; i++) {
                try (RawClient client = server.client().negotiate()) {
                    RawSession session = client.logIn(USER, PASSWORD);
                    client.connect(session, "data").expect(NtStatus.SUCCESS);
                    client.open(session, "f");
                    assertTrue(descriptors() > before);
                }
                server.awaitNothingLeft();
            }
            server.await(status -> descriptors() == before);
        }
    }

    /** How many descriptors of this process lead into the share. */
    private long descriptors() {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            Path share = directory.toRealPath().resolve("share");
            return all.filter(descriptor -> leadsInto(share, descriptor)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean leadsInto(Path share, Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).startsWith(share);
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}

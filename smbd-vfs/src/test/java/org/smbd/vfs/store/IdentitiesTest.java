package org.smbd.vfs.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.PosixIdentity;

/** Needs root: elsewhere all users are one. */
class IdentitiesTest {
    private static final PosixIdentity ALICE = new PosixIdentity(61_001, 61_001, new int[] {61_100, 61_101});
    private static final PosixIdentity BOB = new PosixIdentity(61_002, 61_002, new int[] {61_100});

    @TempDir
    Path directory;

    private Volume volume;

    @BeforeEach
    void openVolume() throws IOException {
        Assumptions.assumeTrue(
                PosixVolume.isSupported() && Identities.ofProcess().isSupported());
        for (Path path = directory; path != null; path = path.getParent()) {
            boolean open =
                    Files.getPosixFilePermissions(path).containsAll(PosixFilePermissions.fromString("--x--x--x"));
            Assumptions.assumeTrue(open || path.equals(directory), "users reach the directory");
        }
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        volume = PosixVolume.open(directory, true);
    }

    @AfterEach
    void restore() {
        Identities.restore();
        if (volume != null) {
            volume.close();
        }
    }

    private static void assertDenied(Executable call) {
        VolumeContract.assertStatus(NtStatus.ACCESS_DENIED, call);
    }

    @Test
    void aPrivateFileStaysClosed() {
        try (StoreFile file = volume.createFile(ALICE, "f", StoreAccess.READ_WRITE, 0600);
                StoreFile secrets = volume.createDirectory(ALICE, "d", 0700)) {
            assertEquals(61_001, file.stat().uid());
            assertEquals(61_001, file.stat().gid());
            assertEquals(61_001, secrets.stat().uid());
            assertDenied(() -> volume.open(BOB, "f", StoreAccess.READ));
            assertDenied(() -> volume.open(BOB, "f", StoreAccess.WRITE));
            assertDenied(() -> volume.stat(BOB, "d/x"));
            assertDenied(() -> volume.open(BOB, "d", StoreAccess.READ));
            try (StoreFile facts = volume.open(BOB, "f", StoreAccess.METADATA)) {
                assertEquals(0600, facts.stat().mode());
                assertDenied(() -> facts.setMode(0666));
                assertDenied(() -> facts.setTimes(0, 131_000_000_000_000_000L));
                assertDenied(() -> facts.setAttribute("user.DOSATTRIB", new byte[1]));
            }
            volume.open(ALICE, "f", StoreAccess.READ).close();
        }
    }

    @Test
    void supplementaryGroupsCount() {
        try (StoreFile file = volume.createFile(PosixIdentity.ROOT, "f", StoreAccess.READ, 0640);
                StoreFile other = volume.createFile(PosixIdentity.ROOT, "g", StoreAccess.READ, 0640)) {
            file.setOwner(0, 61_100);
            other.setOwner(0, 61_101);
            volume.open(ALICE, "f", StoreAccess.READ).close();
            volume.open(ALICE, "g", StoreAccess.READ).close();
            volume.open(BOB, "f", StoreAccess.READ).close();
            assertDenied(() -> volume.open(BOB, "g", StoreAccess.READ));
            volume.open(PosixIdentity.ROOT, "g", StoreAccess.READ).close();
        }
    }

    @Test
    void whoMayWriteMaySetTimes() {
        long time = 131_000_000_000_000_000L;
        try (StoreFile file = volume.createFile(ALICE, "f", StoreAccess.READ_WRITE, 0666);
                StoreFile facts = volume.open(BOB, "f", StoreAccess.METADATA)) {
            facts.setTimes(0, time);
            assertEquals(time, file.stat().lastWriteTime());
        }
    }

    @Test
    void theThreadActsAsTheDaemonAgain() {
        volume.createDirectory(ALICE, "d", 0700).close();
        Posix posix = Posix.available().orElseThrow();
        assertEquals(61_001, posix.setfsuid(-1));
        assertArrayEquals(new int[] {61_100, 61_101}, posix.groups());
        Identities.restore();
        assertEquals(0, posix.setfsuid(-1));
    }

    @Test
    void anImpossibleIdentityIsRefusedNotApproximated() {
        PosixIdentity impossible = new PosixIdentity(-1, -1, new int[0]);
        assertDenied(() -> volume.createDirectory(impossible, "d", 0755));
        assertTrue(volume.stat(PosixIdentity.ROOT, "d").isEmpty());
    }

    @Test
    void parallelThreadsNeverMixUsers() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                int number = thread;
                all.add(threads.submit(() -> {
                    for (int i = 0; i < 500; i++) {
                        PosixIdentity who = (i + number) % 2 == 0 ? ALICE : BOB;
                        PosixIdentity other = who.equals(ALICE) ? BOB : ALICE;
                        String name = "f" + number + "-" + i;
                        try (StoreFile file = volume.createFile(who, name, StoreAccess.READ_WRITE, 0600)) {
                            assertEquals(who.uid(), file.stat().uid());
                            assertEquals(who.gid(), file.stat().gid());
                        }
                        assertDenied(() -> volume.open(other, name, StoreAccess.READ));
                        volume.unlink(who, name);
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}

package org.smbd.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smbd.core.file.CreateOptions;
import org.smbd.core.status.NtStatus;
import org.smbd.vfs.store.NioVolume;
import org.smbd.vfs.store.Volume;

/** What a file service tells of a host that fails. */
class FileServiceFaultTest extends FileServiceFixture {
    @TempDir
    Path scratch;

    private final FaultyVolume faulty = new FaultyVolume();

    @Override
    Path makeRoot() throws IOException {
        return scratch.toRealPath();
    }

    @Override
    Volume volume(Path directory) throws IOException {
        return faulty.around(NioVolume.open(directory, true));
    }

    @Test
    void aFullDiskIsToldAtTheWrite() {
        FileOpen open = create("f").open();
        faulty.fail("write", NtStatus.DISK_FULL);
        assertStatus(NtStatus.DISK_FULL, () -> write(open, "text"));
        files.close(open);
    }

    @Test
    void aFailedSyncIsToldAtFlushAndAtWriteThrough() {
        FileOpen open = create("f").open();
        faulty.fail("sync", NtStatus.UNEXPECTED_IO_ERROR);
        assertStatus(NtStatus.UNEXPECTED_IO_ERROR, () -> files.flush(open));
        assertStatus(NtStatus.UNEXPECTED_IO_ERROR, () -> files.write(open, 0, bytes("x"), true, LockOwner.OPEN));
        files.close(open);
    }

    @Test
    void writeThroughWithoutStrictSyncDoesNotSync() throws IOException {
        ShareOptions strict = ShareOptions.of(root, "lax");
        ShareOptions lax = new ShareOptions(
                strict.root(),
                strict.label(),
                strict.createMask(),
                0,
                strict.directoryMask(),
                0,
                false,
                true,
                true,
                true,
                false,
                false,
                strict.recycle(),
                strict.names(),
                strict.versions(),
                strict.attributes(),
                strict.changeNotify(),
                strict.locking(),
                strict.dos(),
                strict.acls());
        try (FileService other = share(lax)) {
            FileOpen open = create("f").on(other).open();
            faulty.fail("sync", NtStatus.UNEXPECTED_IO_ERROR);
            assertEquals(1, other.write(open, 0, bytes("x"), true, LockOwner.OPEN));
            other.close(open);
        }
    }

    @Test
    void aCloseThatFailsHasClosedAll() {
        FileOpen open = create("f").options(CreateOptions.DELETE_ON_CLOSE).open();
        files.lock(open, List.of(new ByteRange(0, 1, ByteRange.Action.EXCLUSIVE_LOCK, true)), LockOwner.OPEN);
        faulty.fail("close", NtStatus.UNEXPECTED_IO_ERROR);
        assertStatus(NtStatus.UNEXPECTED_IO_ERROR, () -> files.close(open));
        assertEquals(0, nodes.size());
        assertFalse(Files.exists(root.resolve("f")));
        files.close(open); // the second one is nothing
    }

    @Test
    void aTimeThatCannotBePutBackDoesNotFailTheWrite() {
        FileOpen open = create("f").open();
        files.setBasic(open, new BasicInformation(0, 0, 0x01C0_0000_0000_0000L, 0, 0));
        faulty.fail("setTimes", NtStatus.ACCESS_DENIED);
        assertEquals(4, write(open, "text"));
        files.close(open);
    }

    @Test
    void anOpenThatFailsHalfwayLeavesNothing() {
        make("f", "");
        faulty.fail("truncate", NtStatus.DISK_FULL);
        with("f", WRITE, org.smbd.core.file.CreateDisposition.OVERWRITE).refusedWith(NtStatus.DISK_FULL);
        assertEquals(0, nodes.size());
    }
}

package org.smbd.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.vfs.lock.LockOptions;
import org.smbd.vfs.node.NodeTable;
import org.smbd.vfs.store.Volume;
import org.smbd.vfs.store.Volumes;

/** Locks that other programs see: {@code posix locking}; and {@code strict locking}. */
class PosixLockingTest extends FileServiceFixture {
    @TempDir
    Path scratch;

    @Override
    Path makeRoot() throws IOException {
        return scratch.toRealPath();
    }

    @Override
    Volume volume(Path directory) throws IOException {
        return Volumes.open(directory, true);
    }

    private LocalFileService share(boolean strict, boolean posix) throws IOException {
        ShareOptions options =
                ShareOptions.of(scratch.toRealPath(), "test").withLocking(new LockOptions(true, strict, posix));
        return LocalFileService.open(options, new NodeTable());
    }

    private static List<ByteRange> range(ByteRange.Action action, long offset, long length) {
        return List.of(new ByteRange(offset, length, action, true));
    }

    /** Locks of the JVM and of open file descriptions are in each other's way, as those of two programs. */
    private FileLock otherProgram(long offset, long length) throws IOException {
        FileChannel channel = FileChannel.open(scratch.resolve("f"), StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock(offset, length, false);
        if (lock == null) {
            channel.close();
        }
        return lock;
    }

    @Test
    void otherProgramsSeeLocksAndAreRespected() throws Exception {
        make("f", "0123456789");
        try (LocalFileService shown = share(true, true)) {
            FileOpen file = open("f", READ | WRITE).on(shown).open();
            assumeTrue(((LocalOpen) file).file().openLocks().isPresent(), "no such locks on this host");
            FileOpen second = open("f", READ | WRITE).on(shown).open();
            assertEquals(
                    new Outcome.Done<>(null),
                    shown.lock(file, range(ByteRange.Action.EXCLUSIVE_LOCK, 2, 3), LockOwner.OPEN));
            assertNull(otherProgram(4, 1));
            FileLock elsewhere = otherProgram(5, 5);
            assertNotNull(elsewhere);
            assertEquals(
                    new Outcome.Fail<>(NtStatus.LOCK_NOT_GRANTED),
                    shown.lock(file, range(ByteRange.Action.SHARED_LOCK, 7, 1), LockOwner.OPEN));
            assertEquals(
                    NtStatus.FILE_LOCK_CONFLICT,
                    assertThrows(SmbException.class, () -> shown.write(file, 6, bytes("x"), false, LockOwner.OPEN))
                            .status());
            shown.close(second); // closing a descriptor of the file takes no lock away
            assertNull(otherProgram(4, 1));
            elsewhere.channel().close();
            assertEquals(1, shown.write(file, 6, bytes("x"), false, LockOwner.OPEN));
            assertEquals(
                    new Outcome.Done<>(null), shown.lock(file, range(ByteRange.Action.UNLOCK, 2, 3), LockOwner.OPEN));
            FileLock free = otherProgram(4, 1);
            assertNotNull(free);
            free.channel().close();
            shown.close(file);
        }
    }

    @Test
    void byDefaultOtherProgramsSeeNothing() throws Exception {
        make("f", "0123456789");
        FileOpen file = open("f", READ | WRITE).open();
        files.lock(file, range(ByteRange.Action.EXCLUSIVE_LOCK, 0, 10), LockOwner.OPEN);
        FileLock free = otherProgram(0, 10);
        assertNotNull(free);
        free.channel().close();
        files.close(file);
    }

    @Test
    void withoutStrictLockingReadsAndWritesMeetNoLock() throws Exception {
        make("f", "0123456789");
        try (LocalFileService lax = share(false, false)) {
            FileOpen holder = open("f", READ | WRITE).on(lax).open();
            FileOpen writer = open("f", READ | WRITE).on(lax).open();
            lax.lock(holder, range(ByteRange.Action.EXCLUSIVE_LOCK, 0, 10), LockOwner.OPEN);
            assertEquals(1, lax.write(writer, 0, bytes("x"), false, LockOwner.OPEN));
            assertEquals(
                    new Outcome.Fail<>(NtStatus.LOCK_NOT_GRANTED),
                    lax.lock(writer, range(ByteRange.Action.SHARED_LOCK, 0, 1), LockOwner.OPEN));
            lax.close(holder);
            lax.close(writer);
        }
    }

    /** {@code locking = no}. */
    @Test
    void whereLocksAreNotKeptEachIsGranted() throws Exception {
        make("f", "0123456789");
        ShareOptions options =
                ShareOptions.of(scratch.toRealPath(), "test").withLocking(new LockOptions(false, true, false));
        try (LocalFileService lax = LocalFileService.open(options, new NodeTable())) {
            FileOpen first = open("f", READ | WRITE).on(lax).open();
            FileOpen second = open("f", READ | WRITE).on(lax).open();
            for (FileOpen file : List.of(first, second)) {
                assertEquals(
                        new Outcome.Done<>(null),
                        lax.lock(file, range(ByteRange.Action.EXCLUSIVE_LOCK, 2, 3), LockOwner.OPEN));
            }
            lax.write(second, 2, bytes("x"), false, LockOwner.OPEN);
            assertEquals(
                    new Outcome.Done<>(null), lax.lock(first, range(ByteRange.Action.UNLOCK, 2, 3), LockOwner.OPEN));
            lax.close(first);
            lax.close(second);
        }
    }
}

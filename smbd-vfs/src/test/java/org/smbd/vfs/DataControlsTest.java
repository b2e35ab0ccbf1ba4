package org.smbd.vfs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.FileAttributes;
import org.smbd.core.status.NtStatus;
import org.smbd.vfs.data.AllocatedRanges;
import org.smbd.vfs.data.CopyRange;
import org.smbd.vfs.data.CopyResult;
import org.smbd.vfs.data.DataRange;
import org.smbd.vfs.store.Volume;
import org.smbd.vfs.store.Volumes;

/** The controls on data, on the files of this host. */
class DataControlsTest extends FileServiceFixture {
    private static final int PAGE = 4096;

    @TempDir
    Path scratch;

    private final Deque<Runnable> later = new ArrayDeque<>();
    private final AtomicInteger finished = new AtomicInteger();

    @Override
    Path makeRoot() throws IOException {
        return scratch.toRealPath();
    }

    @Override
    Volume volume(Path directory) throws IOException {
        return Volumes.open(directory, true);
    }

    private FileOpen filled(String path, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(1).nextBytes(content);
        Files.write(root.resolve(path), content);
        return open(path, ALL).open();
    }

    private AllocatedRanges ranges(FileOpen open, long offset, long length, int most) {
        return files.controls().sparse().queryAllocatedRanges(open, new DataRange(offset, length), most);
    }

    private boolean isSparse(FileOpen open) {
        return FileAttributes.has(files.queryMetadata(open).attributes(), FileAttributes.SPARSE_FILE);
    }

    @Test
    void zeroDataLeavesTheSizeAndTheRest() throws IOException {
        FileOpen open = filled("f", 3 * PAGE);
        byte[] expected = Files.readAllBytes(root.resolve("f"));
        for (boolean sparse : new boolean[] {false, true}) {
            Assumptions.assumeTrue(!sparse || keepsAttributes(open));
            files.controls().sparse().setZeroData(open, 100, PAGE + 100);
            files.controls().sparse().setZeroData(open, 3 * PAGE - 7, 1L << 50);
            files.controls().sparse().setZeroData(open, 9 * PAGE, 10 * PAGE);
            Arrays.fill(expected, 100, PAGE + 100, (byte) 0);
            Arrays.fill(expected, 3 * PAGE - 7, 3 * PAGE, (byte) 0);
            assertArrayEquals(expected, Files.readAllBytes(root.resolve("f")));
        }
        assertStatus(NtStatus.INVALID_PARAMETER, () -> files.controls().sparse().setZeroData(open, -1, 5));
        assertStatus(NtStatus.INVALID_PARAMETER, () -> files.controls().sparse().setZeroData(open, 6, 5));
        files.close(open);
    }

    private boolean keepsAttributes(FileOpen open) {
        files.controls().sparse().setSparse(open, true);
        return isSparse(open);
    }

    @Test
    void aHoleIsNoAllocatedRangeOfASparseFile() throws IOException {
        FileOpen open = filled("f", 64 * PAGE);
        assertEquals(
                List.of(new DataRange(5, 64 * PAGE - 5)),
                ranges(open, 5, 1L << 40, 1).ranges());
        Assumptions.assumeTrue(keepsAttributes(open));
        files.controls().sparse().setZeroData(open, 16 * PAGE, 32 * PAGE);
        AllocatedRanges all = ranges(open, 0, Long.MAX_VALUE, 10);
        Assumptions.assumeTrue(all.ranges().size() > 1, "no holes on this file system");
        assertEquals(List.of(new DataRange(0, 16 * PAGE), new DataRange(32 * PAGE, 32 * PAGE)), all.ranges());
        assertFalse(all.more());
        assertEquals(new AllocatedRanges(List.of(new DataRange(0, 16 * PAGE)), true), ranges(open, 0, 1 << 30, 1));
        assertEquals(new AllocatedRanges(List.of(), true), ranges(open, 0, 1 << 30, 0));
        assertEquals(List.of(), ranges(open, 17 * PAGE, PAGE, 9).ranges());
        assertEquals(List.of(), ranges(open, 64 * PAGE, PAGE, 9).ranges());
        assertStatus(NtStatus.INVALID_PARAMETER, () -> ranges(open, 512, Long.MAX_VALUE, 9));
        assertStatus(NtStatus.INVALID_PARAMETER, () -> ranges(open, -1, 5, 9));
        files.controls().sparse().setSparse(open, false);
        assertFalse(isSparse(open));
        files.close(open);
    }

    @Test
    void controlsNeedTheirRights() throws IOException {
        files.close(filled("f", PAGE));
        FileOpen reader = open("f", AccessMask.FILE_READ_DATA).open();
        FileOpen writer = open("f", AccessMask.FILE_WRITE_DATA).open();
        FileOpen directory = open("", AccessMask.FILE_ALL_ACCESS).open();
        assertStatus(NtStatus.ACCESS_DENIED, () -> files.controls().sparse().setSparse(reader, true));
        assertStatus(NtStatus.ACCESS_DENIED, () -> files.controls().sparse().setZeroData(reader, 0, 1));
        assertStatus(NtStatus.ACCESS_DENIED, () -> ranges(writer, 0, 1, 1));
        assertStatus(
                NtStatus.ACCESS_DENIED,
                () -> files.controls().sparse().fileLevelTrim(reader, List.of(new DataRange(0, PAGE))));
        assertStatus(NtStatus.ACCESS_DENIED, () -> copy(writer, writer, new CopyRange(0, PAGE, PAGE)));
        assertStatus(NtStatus.ACCESS_DENIED, () -> copy(reader, reader, new CopyRange(0, PAGE, PAGE)));
        assertStatus(
                NtStatus.ACCESS_DENIED, () -> files.controls().compression().setCompressed(reader, true));
        assertStatus(NtStatus.INVALID_PARAMETER, () -> files.controls().sparse().setSparse(directory, true));
        assertStatus(NtStatus.INVALID_DEVICE_REQUEST, () -> copy(directory, writer, new CopyRange(0, 0, 1)));
        assertEquals(3, finished.get(), "each refused copy gave its opens back");
        files.close(reader);
        files.close(writer);
        files.close(directory);
    }

    @Test
    void trimTakesWholePagesOnly() throws IOException {
        FileOpen open = filled("f", 4 * PAGE);
        byte[] expected = Files.readAllBytes(root.resolve("f"));
        int processed = files.controls()
                .sparse()
                .fileLevelTrim(open, List.of(new DataRange(1, 2 * PAGE), new DataRange(3 * PAGE, 100)));
        assertEquals(2, processed);
        byte[] now = Files.readAllBytes(root.resolve("f"));
        assertArrayEquals(Arrays.copyOfRange(expected, 0, PAGE), Arrays.copyOfRange(now, 0, PAGE));
        assertArrayEquals(
                Arrays.copyOfRange(expected, 2 * PAGE, 4 * PAGE), Arrays.copyOfRange(now, 2 * PAGE, 4 * PAGE));
        assertStatus(
                NtStatus.INTEGER_OVERFLOW,
                () -> files.controls().sparse().fileLevelTrim(open, List.of(new DataRange(Long.MAX_VALUE, 5))));
        files.close(open);
    }

    @Test
    void validDataReachToTheEndOfTheFile() throws IOException {
        FileOpen open = filled("f", 100);
        assertEquals(
                List.of(new DataRange(10, 90)),
                files.controls().sparse().queryFileRegions(open, new DataRange(10, Long.MAX_VALUE - 10)));
        assertEquals(List.of(), files.controls().sparse().queryFileRegions(open, new DataRange(100, 1)));
        assertStatus(
                NtStatus.INVALID_PARAMETER,
                () -> files.controls().sparse().queryFileRegions(open, new DataRange(0, 0)));
        files.close(open);
    }

    private Outcome<CopyResult> copy(FileOpen from, FileOpen to, CopyRange... ranges) {
        return files.controls().copy().copy(from, to, List.of(ranges), true, later::add, finished::incrementAndGet);
    }

    private CopyResult result(Outcome<CopyResult> outcome) {
        if (outcome instanceof Outcome.Wait<CopyResult> wait) {
            AtomicReference<Outcome<CopyResult>> told = new AtomicReference<>();
            wait.operation().onDone(told::set);
            while (!later.isEmpty()) {
                later.remove().run();
            }
            return ((Outcome.Done<CopyResult>) told.get()).value();
        }
        return ((Outcome.Done<CopyResult>) outcome).value();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, PAGE, 3 * 1024 * 1024 + 5})
    void aCopyIsLikeItsSource(int bytes) throws IOException {
        FileOpen from = filled("from", bytes);
        FileOpen to = create("to").open();
        CopyResult result = result(copy(from, to, new CopyRange(0, 0, bytes)));
        assertEquals(new CopyResult(NtStatus.SUCCESS, 1, 0, bytes), result);
        assertEquals(-1, Files.mismatch(root.resolve("from"), root.resolve("to")));
        assertEquals(1, finished.get());
        files.close(from);
        files.close(to);
    }

    @ParameterizedTest
    @ValueSource(ints = {-300_000, -5, 5, 70_000, 1_200_000})
    void overlappingRangesAreCopiedAsIfByABuffer(int distance) throws IOException {
        int length = 1_500_000;
        FileOpen open = filled("f", 4_000_000);
        byte[] expected = Files.readAllBytes(root.resolve("f"));
        System.arraycopy(expected, 1_000_000, expected, 1_000_000 + distance, length);
        CopyResult result = result(copy(open, open, new CopyRange(1_000_000, 1_000_000 + distance, length)));
        assertEquals(new CopyResult(NtStatus.SUCCESS, 1, 0, length), result);
        assertArrayEquals(expected, Files.readAllBytes(root.resolve("f")));
        files.close(open);
    }

    @Test
    void aCopyEndsAtTheFirstRangeThatIsNotThere() throws IOException {
        FileOpen from = filled("from", 2 * PAGE);
        FileOpen to = create("to").open();
        CopyResult result = result(copy(from, to, new CopyRange(0, 0, PAGE), new CopyRange(PAGE, PAGE, 2 * PAGE)));
        assertEquals(new CopyResult(NtStatus.INVALID_VIEW_SIZE, 1, 0, PAGE), result);
        assertEquals(PAGE, Files.size(root.resolve("to")));
        files.close(from);
        files.close(to);
    }

    @Test
    void copiesToTheEndFollowEachOther() throws IOException {
        FileOpen from = filled("from", PAGE);
        FileOpen to = create("to").open();
        result(copy(from, to, new CopyRange(0, -1, PAGE), new CopyRange(0, -1, 10)));
        assertEquals(PAGE + 10, Files.size(root.resolve("to")));
        files.close(from);
        files.close(to);
    }

    @Test
    void aLockOnEitherSideRefusesTheCopy() throws IOException {
        FileOpen from = filled("from", PAGE);
        FileOpen to = filled("to", PAGE);
        for (String locked : List.of("from", "to")) {
            FileOpen other = open(locked, ALL).open();
            assertInstanceOf(
                    Outcome.Done.class,
                    files.lock(
                            other,
                            List.of(new ByteRange(10, 1, ByteRange.Action.EXCLUSIVE_LOCK, true)),
                            LockOwner.OPEN));
            assertEquals(
                    new CopyResult(NtStatus.FILE_LOCK_CONFLICT, 0, 0, 0),
                    result(copy(from, to, new CopyRange(0, 0, PAGE))));
            if (locked.equals("to")) {
                assertStatus(
                        NtStatus.FILE_LOCK_CONFLICT,
                        () -> files.controls().sparse().setZeroData(to, 0, PAGE));
            }
            files.close(other);
        }
        files.close(from);
        files.close(to);
    }

    @Test
    void aCancelledCopyStopsAndGivesItsOpensBack() throws IOException {
        int bytes = 8 * 1024 * 1024;
        FileOpen from = filled("from", bytes);
        FileOpen to = create("to").open();
        Outcome.Operation<CopyResult> operation =
                ((Outcome.Wait<CopyResult>) copy(from, to, new CopyRange(0, 0, bytes))).operation();
        AtomicReference<Outcome<CopyResult>> told = new AtomicReference<>();
        operation.onDone(told::set);
        later.remove().run();
        assertEquals(0, finished.get());
        assertTrue(operation.cancel(NtStatus.CANCELLED));
        assertFalse(operation.cancel(NtStatus.CANCELLED));
        assertEquals(new Outcome.Fail<>(NtStatus.CANCELLED), told.get());
        while (!later.isEmpty()) {
            later.remove().run();
        }
        assertEquals(1, finished.get());
        assertTrue(Files.size(root.resolve("to")) < bytes);
        files.close(from);
        files.close(to);
    }

    @Test
    void holesOfTheHostReadAsZerosWhenCopied() throws IOException {
        try (RandomAccessFile sparse = new RandomAccessFile(root.resolve("from").toFile(), "rw")) {
            sparse.setLength(PAGE * 10L);
        }
        FileOpen from = open("from", ALL).open();
        FileOpen to = create("to").open();
        result(copy(from, to, new CopyRange(0, 0, PAGE * 10L)));
        ByteBuffer read = ByteBuffer.allocateDirect(PAGE * 11);
        assertEquals(PAGE * 10, files.read(to, 0, read, LockOwner.OPEN));
        files.close(from);
        files.close(to);
    }

    @Test
    void whatTheHostDoesNotCompressIsNotCompressed() throws IOException {
        FileOpen open = filled("f", PAGE);
        Assumptions.assumeFalse(files.controls().compression().isSupported(open));
        assertFalse(files.controls().compression().isCompressed(open));
        files.controls().compression().setCompressed(open, false);
        assertStatus(
                NtStatus.NOT_SUPPORTED, () -> files.controls().compression().setCompressed(open, true));
        files.close(open);
    }

    @Test
    void extentsAreSharedOrRefused() throws IOException {
        FileOpen from = filled("from", 4 * PAGE);
        FileOpen to = filled("to", 2 * PAGE);
        CopyRange range = new CopyRange(0, 0, 2 * PAGE);
        if (!files.controls().blocks().isSupported(to)) {
            assertStatus(
                    NtStatus.INVALID_DEVICE_REQUEST,
                    () -> files.controls().blocks().duplicateExtents(from, to, range));
        } else {
            files.controls().blocks().duplicateExtents(from, to, range);
            assertArrayEquals(
                    Arrays.copyOf(Files.readAllBytes(root.resolve("from")), 2 * PAGE),
                    Files.readAllBytes(root.resolve("to")));
            files.controls().blocks().duplicateExtents(from, to, new CopyRange(0, PAGE, 2 * PAGE));
            assertEquals(2 * PAGE, Files.size(root.resolve("to")));
            assertStatus(
                    NtStatus.NOT_SUPPORTED,
                    () -> files.controls().blocks().duplicateExtents(from, to, new CopyRange(PAGE, 0, 4 * PAGE)));
        }
        files.close(from);
        files.close(to);
    }
}

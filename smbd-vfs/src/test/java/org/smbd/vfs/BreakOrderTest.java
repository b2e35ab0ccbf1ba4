package org.smbd.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.CreateDisposition;
import org.smbd.core.file.CreateOptions;
import org.smbd.core.status.NtStatus;
import org.smbd.vfs.data.CopyRange;
import org.smbd.vfs.data.DataRange;
import org.smbd.vfs.oplock.Caching;
import org.smbd.vfs.oplock.CachingRequest;
import org.smbd.vfs.oplock.SimulatedClient;

/** A break is told before what it protects changes; opens that wait for it start again from the beginning. */
class BreakOrderTest extends CachingFixture {
    private static final String BEFORE = "before".repeat(1000);
    private static final int RH = Caching.READ | Caching.HANDLE;

    private final SimulatedClient reader = new SimulatedClient(1);
    private final SimulatedClient other = new SimulatedClient(2);
    private final List<String> seen = new ArrayList<>();

    /** Everything that changes the data of a file through an open. */
    private enum DataChange {
        WRITE((test, open) -> test.write(open, "after")),
        END_OF_FILE((test, open) -> test.files.setEndOfFile(open, 1)),
        ALLOCATION((test, open) -> test.files.setAllocation(open, 1)),
        ZERO_DATA((test, open) -> test.files.controls().sparse().setZeroData(open, 0, 100)),
        TRIM((test, open) -> test.files.controls().sparse().fileLevelTrim(open, List.of(new DataRange(0, 4096)))),
        ZEROS_BY_TOKEN((test, open) -> test.files.controls().offload().writeZeros(open, new DataRange(0, 512))),
        COPY((test, open) -> test.files
                .controls()
                .copy()
                .copy(open, open, List.of(new CopyRange(4000, 0, 100)), true, Runnable::run, () -> {}));

        private final BiConsumer<BreakOrderTest, FileOpen> change;

        DataChange(BiConsumer<BreakOrderTest, FileOpen> change) {
            this.change = change;
        }
    }

    private void look() {
        try {
            seen.add(Files.readString(root.resolve("f")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aReaderIsToldBeforeTheDataChange(DataChange change) {
        make("f", BEFORE);
        FileOpen cached = cached("f", reader.lease(RH));
        FileOpen writer = cached("f", other.lease(RH));
        reader.onNotice = this::look;
        change.change.accept(this, writer);
        assertEquals(List.of(BEFORE), seen);
        assertEquals(Caching.NONE, reader.notices.get(0).to());
        assertEquals(List.of(), other.notices, "who changes keeps its own cache");
        FileOpen later = cached("f", new SimulatedClient(3).lease(Caching.READ));
        assertEquals(Caching.READ, later.caching().state().state(), "the change is over");
        files.close(later);
        files.close(writer);
        files.close(cached);
    }

    @Test
    void handlesThatAreOnlyCachedAreGivenUpBeforeADescriptorChanges() {
        make("f", BEFORE);
        FileOpen cached = cached("f", reader.lease(RH));
        FileOpen changer = cached("f", other.lease(RH));
        assertInstanceOf(Outcome.Wait.class, files.prepare(changer, new NameChange.Security()));
        assertEquals(Caching.READ, reader.notices.get(0).to());
        assertEquals(List.of(), other.notices, "who changes keeps its own cache");
        files.close(cached);
        assertInstanceOf(Outcome.Done.class, files.prepare(changer, new NameChange.Security()));
        files.close(changer);
        FileOpen harmless = cached("f", AccessMask.FILE_READ_DATA, CreateDisposition.OPEN, 0, other.lease(RH));
        FileOpen again = cached("f", reader.lease(RH));
        assertInstanceOf(Outcome.Done.class, files.prepare(harmless, new NameChange.Security()));
        assertEquals(1, reader.notices.size(), "who may not change it breaks nothing");
        files.close(harmless);
        files.close(again);
    }

    @Test
    void anOverwriteIsToldBeforeTheFileIsEmpty() {
        make("f", BEFORE);
        FileOpen cached = cached("f", reader.lease(RH));
        reader.onNotice = this::look;
        files.close(cached("f", ALL, CreateDisposition.OVERWRITE, 0, CachingRequest.Nothing.INSTANCE));
        assertEquals(List.of(BEFORE), seen);
        files.close(cached);
    }

    @Test
    void aLockEndsTheCachesOfOthers() {
        FileOpen cached = cached("f", reader.lease(RH));
        FileOpen locker = cached("f", other.lease(RH));
        files.lock(locker, List.of(new ByteRange(0, 1, ByteRange.Action.EXCLUSIVE_LOCK, true)), LockOwner.OPEN);
        assertEquals(Caching.NONE, reader.notices.get(0).to());
        files.close(locker);
        files.close(cached);
    }

    @Test
    void anOpenWaitsForTheWriterAndStartsAgain() {
        FileOpen cached = cached("f", reader.lease(Caching.BATCH));
        AtomicReference<Outcome<OpenResult>> ended = new AtomicReference<>();
        waiting("f", CreateDisposition.OPEN, 0).onDone(ended::set);
        assertEquals(RH, reader.notices.get(0).to());
        nodes.oplocks().acknowledge(reader.key, RH);
        assertInstanceOf(Outcome.Done.class, ended.get());
        files.close(((Outcome.Done<OpenResult>) ended.get()).value().open());
        files.close(cached);
    }

    private Outcome.Operation<OpenResult> waiting(String path, CreateDisposition disposition, int options) {
        Outcome<OpenResult> outcome = attempt(path, ALL, disposition, options, CachingRequest.Nothing.INSTANCE);
        assertInstanceOf(Outcome.Wait.class, outcome);
        return ((Outcome.Wait<OpenResult>) outcome).operation();
    }

    @Test
    void aCancelledOpenLeavesNothing() {
        FileOpen cached = cached("f", reader.lease(Caching.BATCH));
        Outcome.Operation<OpenResult> waiting = waiting("f", CreateDisposition.OPEN, 0);
        assertTrue(waiting.cancel(NtStatus.CANCELLED));
        nodes.oplocks().acknowledge(reader.key, RH);
        files.close(cached);
        assertEquals(0, nodes.size());
    }

    /** The file has gone while the open waited. */
    @Test
    void whatIsFoundAfterTheWaitCounts() {
        FileOpen cached = cached("f", reader.lease(Caching.BATCH));
        AtomicReference<Outcome<OpenResult>> ended = new AtomicReference<>();
        waiting("f", CreateDisposition.OPEN, 0).onDone(ended::set);
        files.setDisposition(cached, true);
        files.close(cached);
        assertEquals(new Outcome.Fail<>(NtStatus.OBJECT_NAME_NOT_FOUND), ended.get());
    }

    @Test
    void whoDeletesOnCloseHasHandlesGivenUpFirst() {
        FileOpen cached = cached("f", reader.lease(RH));
        AtomicReference<Outcome<OpenResult>> ended = new AtomicReference<>();
        waiting("f", CreateDisposition.OPEN, CreateOptions.DELETE_ON_CLOSE).onDone(ended::set);
        assertEquals(Caching.READ, reader.notices.get(0).to());
        files.close(cached);
        files.close(((Outcome.Done<OpenResult>) ended.get()).value().open());
    }

    @Test
    void renamesWaitForHandlesThatAreOnlyCached() {
        FileOpen cached = cached("f", reader.lease(RH));
        FileOpen renamer = cached("f", other.lease(RH));
        assertInstanceOf(Outcome.Wait.class, files.prepare(renamer, new NameChange.Rename("g", false)));
        nodes.oplocks().acknowledge(reader.key, Caching.READ);
        assertInstanceOf(Outcome.Done.class, files.prepare(renamer, new NameChange.Rename("g", false)));
        files.close(renamer);
        files.close(cached);
    }

    @Test
    void aDirectoryThatIsRenamedHasTheHandlesBelowItGivenUp() {
        makeDirectory("d");
        FileOpen cached = cached("d\\f", reader.lease(RH));
        FileOpen renamer =
                cached("d", ALL, CreateDisposition.OPEN, CreateOptions.DIRECTORY_FILE, CachingRequest.Nothing.INSTANCE);
        assertInstanceOf(Outcome.Wait.class, files.prepare(renamer, new NameChange.Rename("e", false)));
        files.close(cached);
        assertInstanceOf(Outcome.Done.class, files.prepare(renamer, new NameChange.Rename("e", false)));
        files.close(renamer);
    }

    /** A named stream is a stream of its own: MS-FSA 2.1.1.5 Per Stream. */
    @Test
    void aStreamAndItsFileAreCachedApart() {
        FileOpen cached = cached("f", reader.lease(Caching.BATCH));
        FileOpen stream = cached("f:s", other.lease(Caching.BATCH));
        assertEquals(Caching.BATCH, stream.caching().state().state());
        write(stream, "text");
        assertEquals(List.of(), reader.notices);
        Outcome.Operation<OpenResult> waiting = waiting("f:s", CreateDisposition.OPEN, 0);
        assertEquals(RH, other.notices.get(0).to());
        assertTrue(waiting.cancel(NtStatus.CANCELLED));
        files.close(stream);
        files.close(cached);
    }
}

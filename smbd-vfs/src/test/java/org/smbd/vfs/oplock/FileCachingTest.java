package org.smbd.vfs.oplock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.vfs.Outcome;
import org.smbd.vfs.store.FileKey;

/** MS-FSA 2.1.4.12 Algorithm to Check for an Oplock Break, as tables. */
class FileCachingTest {
    private final CachedFile file = new CachedFile();
    private final SimulatedClient first = new SimulatedClient(1);
    private final SimulatedClient second = new SimulatedClient(2);

    private OpenCaching holder(String kind) {
        return file.open(
                switch (kind) {
                    case "LEVEL_TWO" -> first.oplock(Caching.LEVEL_TWO);
                    case "EXCLUSIVE" -> first.oplock(Caching.EXCLUSIVE);
                    case "BATCH" -> first.oplock(Caching.BATCH);
                    default -> first.lease(CachedFile.state(kind));
                });
    }

    /** What another's operation comes to: {@code -} where nothing breaks, else what is left and whether it waits. */
    @ParameterizedTest
    @CsvSource({
        "R, open, -",
        "RH, open, -",
        "RW, open, R waits",
        "RWH, open, RH waits",
        "LEVEL_TWO, open, -",
        "EXCLUSIVE, open, R waits",
        "BATCH, open, R waits",
        "R, stat, -",
        "RH, stat, -",
        "RW, stat, -",
        "RWH, stat, -",
        "EXCLUSIVE, stat, -",
        "BATCH, stat, -",
        "R, overwrite, none",
        "RH, overwrite, none",
        "RW, overwrite, none waits",
        "RWH, overwrite, none waits",
        "LEVEL_TWO, overwrite, none",
        "EXCLUSIVE, overwrite, none waits",
        "BATCH, overwrite, none waits",
        "R, write, none",
        "RH, write, none",
        "RW, write, none",
        "RWH, write, none",
        "LEVEL_TWO, write, none",
        "EXCLUSIVE, write, none",
        "BATCH, write, none",
        "R, rename, -",
        "RH, rename, R waits",
        "RW, rename, -",
        "RWH, rename, RW waits",
        "LEVEL_TWO, rename, -",
        "EXCLUSIVE, rename, -",
        "BATCH, rename, none waits",
        "R, delete, -",
        "RH, delete, R waits",
        "RWH, delete, RW waits",
        "EXCLUSIVE, delete, -",
        "BATCH, delete, -",
        "R, sharing, -",
        "RH, sharing, R waits",
        "RW, sharing, -",
        "RWH, sharing, RW waits",
        "LEVEL_TWO, sharing, -",
        "EXCLUSIVE, sharing, -",
        "BATCH, sharing, R waits",
    })
    void breaks(String held, String operation, String expected) {
        holder(held);
        OpenCaching stranger = file.stranger();
        Outcome<Void> outcome = switch (operation) {
            case "open" -> enter(CachedFile.DATA, false);
            case "stat" -> enter(CachedFile.STAT, false);
            case "overwrite" -> enter(CachedFile.DATA, true);
            case "rename" -> file.caching.breakHandles(stranger, true);
            case "delete" -> file.caching.breakHandles(stranger, false);
            case "sharing" -> file.caching.breakForSharing(stranger);
            default -> {
                file.write(stranger);
                yield new Outcome.Done<>(null);
            }
        };
        String seen =
                first.notices.isEmpty() ? "-" : describe(first.notices.get(0).to());
        assertEquals(expected, seen + (outcome instanceof Outcome.Wait ? " waits" : ""));
        assertTrue(first.notices.size() <= 1);
    }

    private Outcome<Void> enter(int access, boolean overwrites) {
        return file.caching.enter(
                new OpenCaching(CachingRequest.Nothing.INSTANCE, CachedFile.NAME, access, false, overwrites), true);
    }

    private static String describe(int state) {
        return state == Caching.NONE ? "none" : Caching.describe(state);
    }

    /** Only R alone, and level II, go without the client's word. */
    @ParameterizedTest
    @CsvSource({"R, false", "LEVEL_TWO, false", "RH, true", "RW, true", "RWH, true", "EXCLUSIVE, true", "BATCH, true"})
    void saysWhetherItWaitsForTheClient(String held, boolean acknowledged) {
        holder(held);
        file.write(file.stranger());
        assertEquals(acknowledged, first.notices.get(0).acknowledgeRequired());
    }

    /** What the second client is granted beside the first. */
    @ParameterizedTest
    @CsvSource({
        "R, R, R",
        "R, RH, RH",
        "R, RWH, RH",
        "RH, RWH, RH",
        "RH, RW, R",
        "R, RW, R",
        "R, H, none",
        "R, W, none",
        "LEVEL_TWO, RWH, R",
        "LEVEL_TWO, RH, R",
    })
    void grantsALeaseBesideAnother(String held, String wanted, String granted) {
        holder(held);
        OpenCaching open = file.open(second.lease(CachedFile.state(wanted)));
        assertEquals(granted, describe(open.state().state()));
    }

    /** What the second client is granted beside the first, if it asks for an oplock. */
    @ParameterizedTest
    @CsvSource({"R, R", "RH, none", "LEVEL_TWO, R"})
    void grantsAnOplockBesideAnother(String held, String granted) {
        holder(held);
        OpenCaching open = file.open(second.oplock(Caching.BATCH));
        assertEquals(granted, describe(open.state().state()));
    }

    /** A second open with the key; an upgrade is granted as a whole or not at all, and nothing is ever taken. */
    @ParameterizedTest
    @CsvSource({
        "R, RH, RH",
        "R, RWH, RWH",
        "RH, RWH, RWH",
        "RWH, R, RWH",
        "RW, RH, RW",
        "RH, RW, RH",
        "R, none, R",
    })
    void upgradesALease(String held, String wanted, String expected) {
        holder(held);
        OpenCaching again = file.open(first.lease(CachedFile.state(wanted)));
        assertEquals(expected, describe(again.state().state()));
        assertTrue(first.notices.isEmpty());
    }

    @Test
    void aLeaseWithByteRangeLocksNeedsWrite() {
        OpenCaching open =
                new OpenCaching(first.lease(CachedFile.state("RH")), CachedFile.NAME, CachedFile.DATA, false, false);
        file.caching.enter(open, true);
        file.caching.grant(open, false, true);
        assertEquals(Caching.NONE, open.state().state());
    }

    @Test
    void aFileThatIsToBeDeletedHasNoCachedHandles() {
        OpenCaching open =
                new OpenCaching(first.lease(CachedFile.state("RH")), CachedFile.NAME, CachedFile.DATA, false, false);
        file.caching.enter(open, true);
        file.caching.grant(open, true, false);
        assertEquals(Caching.READ, open.state().state());
    }

    @Test
    void nobodyBeginsToCacheWhatIsJustChanging() {
        OpenCaching writer = file.stranger();
        file.caching.beginChange(writer);
        OpenCaching open = file.open(first.lease(CachedFile.state("R")));
        file.caching.endChange();
        assertEquals(Caching.NONE, open.state().state());
    }

    @Test
    void theHoldersOwnWritesBreakNothingOfALeaseButLevelTwo() {
        OpenCaching leased = file.open(first.lease(Caching.READ));
        OpenCaching levelTwo = file.open(second.oplock(Caching.LEVEL_TWO));
        file.write(leased);
        assertTrue(first.notices.isEmpty());
        assertEquals(List.of(new BreakNotice(Optional.empty(), Caching.READ, Caching.NONE, false, 0)), second.notices);
        assertEquals(Caching.NONE, levelTwo.state().state());
    }

    @Test
    void allOpensOfAKeyShareOneBreak() {
        holder("RWH");
        holder("RWH");
        assertInstanceOf(Outcome.Wait.class, enter(CachedFile.DATA, false));
        assertInstanceOf(Outcome.Wait.class, enter(CachedFile.DATA, false));
        assertEquals(1, first.notices.size());
    }

    @Test
    void whoWaitedGoesOnAtTheAcknowledgement() {
        holder("RWH");
        Outcome.Wait<Void> wait = (Outcome.Wait<Void>) enter(CachedFile.DATA, false);
        AtomicReference<Outcome<Void>> ended = new AtomicReference<>();
        wait.operation().onDone(ended::set);
        assertEquals(null, ended.get());
        assertInstanceOf(Outcome.Done.class, file.table.acknowledge(first.key, CachedFile.state("RH")));
        assertInstanceOf(Outcome.Done.class, ended.get());
        assertInstanceOf(Outcome.Done.class, enter(CachedFile.DATA, false));
    }

    @Test
    void whoWaitedGoesOnAtTheCloseOfTheHolder() {
        OpenCaching held = holder("BATCH");
        AtomicReference<Outcome<Void>> ended = new AtomicReference<>();
        ((Outcome.Wait<Void>) enter(CachedFile.DATA, false)).operation().onDone(ended::set);
        file.close(held);
        assertInstanceOf(Outcome.Done.class, ended.get());
    }

    @Test
    void whoWaitedGoesOnAfterTheTimeOutAndAllIsGone() {
        OpenCaching held = holder("RWH");
        AtomicReference<Outcome<Void>> ended = new AtomicReference<>();
        ((Outcome.Wait<Void>) enter(CachedFile.DATA, false)).operation().onDone(ended::set);
        file.clock.elapse();
        assertInstanceOf(Outcome.Done.class, ended.get());
        assertEquals(Caching.NONE, held.state().state());
        assertEquals(
                new Outcome.Fail<>(NtStatus.UNSUCCESSFUL), file.table.acknowledge(first.key, CachedFile.state("RH")));
    }

    @Test
    void theTimeOutOfAnAnsweredBreakDoesNothing() {
        OpenCaching held = holder("RWH");
        enter(CachedFile.DATA, false);
        file.table.acknowledge(first.key, CachedFile.state("RH"));
        file.clock.elapse();
        assertEquals(CachedFile.state("RH"), held.state().state());
    }

    @Test
    void nobodyWaitsForAClientThatCannotBeTold() {
        OpenCaching held = holder("RWH");
        first.isReachable = false;
        AtomicReference<Outcome<Void>> ended = new AtomicReference<>();
        ((Outcome.Wait<Void>) enter(CachedFile.DATA, false)).operation().onDone(ended::set);
        assertInstanceOf(Outcome.Done.class, ended.get());
        assertEquals(Caching.NONE, held.state().state());
    }

    @Test
    void aCancelledWaitEndsOnce() {
        holder("RWH");
        Outcome.Wait<Void> wait = (Outcome.Wait<Void>) enter(CachedFile.DATA, false);
        AtomicReference<Outcome<Void>> ended = new AtomicReference<>();
        wait.operation().onDone(ended::set);
        assertTrue(wait.operation().cancel(NtStatus.CANCELLED));
        assertFalse(wait.operation().cancel(NtStatus.CANCELLED));
        file.table.acknowledge(first.key, CachedFile.state("RH"));
        assertEquals(new Outcome.Fail<>(NtStatus.CANCELLED), ended.get());
    }

    @Test
    void aBreakWaitsForTheAnswerThatGranted() {
        OpenCaching open =
                new OpenCaching(first.lease(CachedFile.state("RWH")), CachedFile.NAME, CachedFile.DATA, false, false);
        file.caching.enter(open, true);
        file.caching.grant(open, false, false);
        enter(CachedFile.DATA, false);
        assertTrue(first.notices.isEmpty());
        open.answered();
        assertEquals(CachedFile.state("RH"), first.notices.get(0).to());
    }

    /** What is broken meanwhile follows when the first break is acknowledged: handles first, then the rest. */
    @Test
    void breaksGoOnFromStepToStep() {
        holder("RWH");
        enter(CachedFile.DATA, false);
        file.write(file.stranger());
        assertEquals(1, first.notices.size());
        acknowledge(CachedFile.state("RH"));
        assertEquals(CachedFile.state("R"), first.notices.get(1).to());
        acknowledge(CachedFile.state("R"));
        assertEquals(Caching.NONE, first.notices.get(2).to());
        assertFalse(first.notices.get(2).acknowledgeRequired());
    }

    private void acknowledge(int state) {
        Outcome<Acknowledged> outcome = file.table.acknowledge(first.key, state);
        ((Outcome.Done<Acknowledged>) outcome).value().next().run();
    }

    /** MS-SMB2 3.3.5.22.2 Processing a Lease Acknowledgment. */
    @Test
    void refusesWrongAcknowledgementsOfLeases() {
        assertEquals(
                new Outcome.Fail<>(NtStatus.OBJECT_NAME_NOT_FOUND), file.table.acknowledge(first.key, Caching.NONE));
        OpenCaching held = holder("RWH");
        assertEquals(new Outcome.Fail<>(NtStatus.UNSUCCESSFUL), file.table.acknowledge(first.key, Caching.NONE));
        enter(CachedFile.DATA, false);
        assertEquals(
                new Outcome.Fail<>(NtStatus.REQUEST_NOT_ACCEPTED),
                file.table.acknowledge(first.key, CachedFile.state("RWH")));
        LeaseKey foreign = new LeaseKey(second.key.client(), first.key.key());
        assertEquals(new Outcome.Fail<>(NtStatus.OBJECT_NAME_NOT_FOUND), file.table.acknowledge(foreign, Caching.NONE));
        assertTrue(held.state().breaking());
    }

    /** MS-SMB2 3.3.5.22.1 Processing an Oplock Acknowledgment. */
    @Test
    void refusesWrongAcknowledgementsOfOplocks() {
        OpenCaching none = file.stranger();
        assertEquals(new Outcome.Fail<>(NtStatus.INVALID_DEVICE_STATE), none.acknowledge(Caching.NONE));
        OpenCaching held = holder("BATCH");
        assertEquals(new Outcome.Fail<>(NtStatus.INVALID_OPLOCK_PROTOCOL), held.acknowledge(Caching.NONE));
        enter(CachedFile.DATA, false);
        assertEquals(new Outcome.Fail<>(NtStatus.INVALID_OPLOCK_PROTOCOL), held.acknowledge(Caching.BATCH));
        assertEquals(Caching.NONE, held.state().state());
    }

    @Test
    void aKeyBelongsToOneFile() {
        holder("R");
        FileCaching other = new FileCaching(new FileKey(1, 2), file.table);
        OpenCaching open = new OpenCaching(first.lease(Caching.READ), CachedFile.NAME, CachedFile.DATA, false, false);
        other.enter(open, true);
        SmbException refused = assertThrows(SmbException.class, () -> other.grant(open, false, false));
        assertEquals(NtStatus.INVALID_PARAMETER, refused.status());
        assertTrue(file.table.isOfAnotherFile(first.key, Optional.of(new FileKey(1, 2)), CachedFile.NAME));
        assertFalse(file.table.isOfAnotherFile(first.key, Optional.of(new FileKey(1, 1)), CachedFile.NAME));
    }

    /** A share whose path leads elsewhere at each connect: the client has one key for two files. */
    @Test
    void filesThatAClientTakesForOneAreNotCached() {
        OpenCaching held = holder("RWH");
        ClientName twin = new ClientName("/srv/two", "share\\F");
        FileCaching other = new FileCaching(new FileKey(1, 2), file.table);
        assertFalse(file.table.isOfAnotherFile(first.key, Optional.of(new FileKey(1, 2)), twin));
        OpenCaching open = new OpenCaching(first.lease(Caching.BATCH), twin, CachedFile.DATA, false, false);
        other.enter(open, true);
        other.grant(open, false, false);
        open.answered();
        assertEquals(Caching.NONE, open.state().state());
        assertEquals(Optional.of(first.key), open.state().lease());
        assertTrue(held.state().breaking());
        assertInstanceOf(Outcome.Done.class, file.table.acknowledge(first.key, Caching.NONE));

        file.open(first.lease(Caching.BATCH));
        assertEquals(Caching.NONE, held.state().state());
        other.leave(open).run();
        file.open(first.lease(Caching.BATCH));
        assertEquals(Caching.BATCH, held.state().state());
    }

    @Test
    void theLastCloseEndsALease() {
        OpenCaching one = holder("RH");
        OpenCaching two = holder("RH");
        file.close(one);
        assertEquals(1, file.table.leases());
        file.close(two);
        assertEquals(0, file.table.leases());
    }

    /** Done when 2 of directory leases, on the engine. */
    @Test
    void aChangeOfContentsBreaksADirectoryLeaseOnceAndNotForTheHolderOfTheParentKey() {
        OpenCaching directory = file.open(first.lease(CachedFile.state("RH")), CachedFile.STAT, true);
        assertTrue(file.table.anyDirectoryLease());
        file.changeContents(Optional.of(first.key));
        assertTrue(first.notices.isEmpty());
        file.changeContents(Optional.of(second.key));
        file.changeContents(Optional.empty());
        assertEquals(
                List.of(new BreakNotice(Optional.of(first.key), CachedFile.state("RH"), Caching.NONE, true, 2)),
                first.notices);
        file.close(directory);
        assertFalse(file.table.anyDirectoryLease());
    }

    @Test
    void directoriesHaveNoWriteCachingAndNoOplocks() {
        OpenCaching leased = file.open(first.lease(Caching.BATCH), CachedFile.STAT, true);
        assertEquals(CachedFile.state("RH"), leased.state().state());
        OpenCaching oplock = file.open(second.oplock(Caching.BATCH), CachedFile.STAT, true);
        assertEquals(Caching.NONE, oplock.state().state());
    }
}

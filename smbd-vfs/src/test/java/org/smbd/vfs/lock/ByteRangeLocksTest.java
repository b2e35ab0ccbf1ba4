package org.smbd.vfs.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.smbd.core.status.NtStatus;
import org.smbd.vfs.ByteRange;
import org.smbd.vfs.Outcome;
import org.smbd.vfs.VfsLimits;

class ByteRangeLocksTest {
    private static final Outcome<Void> DONE = new Outcome.Done<>(null);

    private final Object one = new Object();
    private final Object other = new Object();
    private final ByteRangeLocks locks = new ByteRangeLocks(new VfsLimits(3, 1, 1));

    private static ByteRange range(ByteRange.Action action, long offset, long length, boolean atOnce) {
        return new ByteRange(offset, length, action, atOnce);
    }

    private static List<ByteRange> exclusive(long offset, long length) {
        return List.of(range(ByteRange.Action.EXCLUSIVE_LOCK, offset, length, true));
    }

    private static List<ByteRange> waiting(long offset, long length) {
        return List.of(range(ByteRange.Action.EXCLUSIVE_LOCK, offset, length, false));
    }

    private static List<ByteRange> unlock(long offset, long length) {
        return List.of(range(ByteRange.Action.UNLOCK, offset, length, true));
    }

    private static Outcome<Void> fail(NtStatus status) {
        return new Outcome.Fail<>(status);
    }

    @Test
    void anOpenHoldsSoManyLocksAndNoMore() {
        for (int i = 0; i < 3; i++) {
            assertEquals(DONE, locks.lock(one, 0, exclusive(i, 1)));
        }
        assertEquals(fail(NtStatus.INSUFFICIENT_RESOURCES), locks.lock(one, 0, exclusive(3, 1)));
        assertEquals(DONE, locks.lock(other, 0, exclusive(3, 1)));
        assertEquals(DONE, locks.unlock(one, 0, unlock(0, 1)));
        assertEquals(DONE, locks.lock(one, 0, exclusive(0, 1)));
        locks.closed(one);
        locks.closed(other);
        assertEquals(0, locks.size());
    }

    @Test
    void soManyRequestsOfAnOpenWaitAndNoMore() {
        locks.lock(one, 0, exclusive(0, 10));
        Outcome<Void> first = locks.lock(other, 0, waiting(0, 1));
        assertInstanceOf(Outcome.Wait.class, first);
        assertEquals(fail(NtStatus.INSUFFICIENT_RESOURCES), locks.lock(other, 0, waiting(1, 1)));
        assertTrue(((Outcome.Wait<Void>) first).operation().cancel(NtStatus.CANCELLED));
        assertInstanceOf(Outcome.Wait.class, locks.lock(other, 0, waiting(1, 1)));
    }

    @Test
    void aWaiterGetsItsLockWhenTheOtherGoes() {
        locks.lock(one, 0, exclusive(0, 10));
        Outcome.Wait<Void> wait = (Outcome.Wait<Void>) locks.lock(other, 0, waiting(5, 1));
        AtomicReference<Outcome<Void>> told = new AtomicReference<>();
        wait.operation().onDone(told::set);
        locks.closed(one);
        assertEquals(DONE, told.get());
        assertFalse(wait.operation().cancel(NtStatus.CANCELLED));
        assertTrue(locks.conflictsWithIo(one, 0, 5, 1, false));
    }

    @Test
    void severalRangesAreTakenAllOrNone() {
        locks.lock(one, 0, exclusive(10, 1));
        List<ByteRange> two = List.of(exclusive(0, 1).get(0), exclusive(10, 1).get(0));
        assertEquals(fail(NtStatus.LOCK_NOT_GRANTED), locks.lock(other, 0, two));
        assertFalse(locks.conflictsWithIo(one, 0, 0, 1, true));
        assertEquals(1, locks.size());
    }

    @Test
    void whatIsNotHeldIsNotGivenBack() {
        assertEquals(fail(NtStatus.RANGE_NOT_LOCKED), locks.unlock(one, 0, unlock(0, 1)));
        locks.lock(one, 0, exclusive(0, 2));
        assertEquals(fail(NtStatus.RANGE_NOT_LOCKED), locks.unlock(one, 0, unlock(0, 1)));
        assertEquals(fail(NtStatus.RANGE_NOT_LOCKED), locks.unlock(one, 1, unlock(0, 2)));
        assertEquals(fail(NtStatus.INVALID_LOCK_RANGE), locks.lock(one, 0, exclusive(-1, 2)));
        assertEquals(DONE, locks.unlock(one, 0, unlock(0, 2)));
    }

    private record Held(Object open, long offset, long length, boolean exclusive) {
        boolean overlaps(long from, long count) {
            return offset < from + count && from < offset + length;
        }
    }

    @Test
    void randomHistoriesAgreeWithAList() {
        Random random = new Random(20);
        for (int round = 0; round < 200; round++) {
            ByteRangeLocks tested = new ByteRangeLocks(VfsLimits.DEFAULT);
            List<Held> model = new ArrayList<>();
            Object[] opens = {new Object(), new Object(), new Object()};
            for (int step = 0; step < 60; step++) {
                Object open = opens[random.nextInt(opens.length)];
                long offset = random.nextInt(20);
                long length = 1L + random.nextInt(6);
                boolean exclusive = random.nextBoolean();
                switch (random.nextInt(5)) {
                    case 0, 1, 2 -> {
                        boolean free = model.stream()
                                .noneMatch(held -> held.overlaps(offset, length)
                                        && (exclusive || held.exclusive())
                                        && (exclusive || held.open() != open));
                        ByteRange.Action action =
                                exclusive ? ByteRange.Action.EXCLUSIVE_LOCK : ByteRange.Action.SHARED_LOCK;
                        Outcome<Void> expected = free ? DONE : fail(NtStatus.LOCK_NOT_GRANTED);
                        assertEquals(expected, tested.lock(open, 0, List.of(range(action, offset, length, true))));
                        if (free) {
                            model.add(new Held(open, offset, length, exclusive));
                        }
                    }
                    case 3 -> {
                        boolean held = giveBack(model, open, offset, length);
                        assertEquals(
                                held ? DONE : fail(NtStatus.RANGE_NOT_LOCKED),
                                tested.unlock(open, 0, unlock(offset, length)));
                    }
                    default -> {
                        boolean conflict = model.stream()
                                .anyMatch(held -> held.overlaps(offset, length)
                                        && (held.exclusive() ? held.open() != open : exclusive));
                        assertEquals(conflict, tested.conflictsWithIo(open, 0, offset, length, exclusive));
                    }
                }
                assertEquals(model.size(), tested.size());
            }
            for (Object open : opens) {
                tested.closed(open);
            }
            assertEquals(0, tested.size());
        }
    }

    /** Exclusive ones first. */
    private static boolean giveBack(List<Held> model, Object open, long offset, long length) {
        for (boolean exclusive : new boolean[] {true, false}) {
            for (Iterator<Held> all = model.iterator(); all.hasNext(); ) {
                if (all.next().equals(new Held(open, offset, length, exclusive))) {
                    all.remove();
                    return true;
                }
            }
        }
        return false;
    }
}

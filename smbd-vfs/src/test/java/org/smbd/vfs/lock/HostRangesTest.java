package org.smbd.vfs.lock;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.smbd.core.status.NtStatus;
import org.smbd.vfs.ByteRange;
import org.smbd.vfs.Outcome;
import org.smbd.vfs.VfsLimits;
import org.smbd.vfs.store.HostLocks;

/** What the host shows is what is locked, byte by byte. */
class HostRangesTest {
    private static final int BYTES = 24;

    /** A host with some bytes, of which others may hold some. */
    private static final class Host implements HostLocks {
        final char[] ours = "-".repeat(BYTES).toCharArray();
        final char[] others = "-".repeat(BYTES).toCharArray();
        boolean closed;

        @Override
        public synchronized boolean tryLock(long offset, long length, boolean exclusive) {
            if (!isFree(offset, length, exclusive)) {
                return false;
            }
            fill(offset, length, exclusive ? 'W' : 'R');
            return true;
        }

        @Override
        public void unlock(long offset, long length) {
            fill(offset, length, '-');
        }

        private void fill(long offset, long length, char state) {
            for (long at = offset; at < BYTES && at - offset < (length < 0 ? BYTES : length); at++) {
                ours[(int) at] = state;
            }
        }

        @Override
        public synchronized boolean isFree(long offset, long length, boolean write) {
            for (long at = offset; at < offset + length; at++) {
                if (others[(int) at] == 'W' || write && others[(int) at] == 'R') {
                    return false;
                }
            }
            return true;
        }

        synchronized void other(int at, char state) {
            others[at] = state;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private record Held(Object open, int offset, int length, boolean exclusive) {}

    private final Host host = new Host();
    private final ByteRangeLocks locks = new ByteRangeLocks(VfsLimits.DEFAULT);
    private final Object[] opens = {new Object(), new Object()};

    private static ByteRange range(boolean exclusive, int offset, int length, boolean atOnce) {
        return new ByteRange(
                offset, length, exclusive ? ByteRange.Action.EXCLUSIVE_LOCK : ByteRange.Action.SHARED_LOCK, atOnce);
    }

    @Test
    void whateverHappensTheHostShowsWhatIsHeld() {
        locks.lock(opens[0], 0, List.of(range(true, 20, 4, true))); // before the host is shown anything
        List<Held> model = new ArrayList<>(List.of(new Held(opens[0], 20, 4, true)));
        for (Object open : opens) {
            locks.showToHost(open, () -> Optional.of(host));
        }
        Random random = new Random(7);
        for (int step = 0; step < 20_000; step++) {
            host.other(random.nextInt(BYTES), "-RW".charAt(random.nextInt(3)));
            for (int i = 0; i < BYTES; i++) {
                host.others[i] =
                        host.ours[i] == '-' || host.ours[i] == 'R' && host.others[i] == 'R' ? host.others[i] : '-';
            }
            Object open = opens[random.nextInt(2)];
            int offset = random.nextInt(16);
            Held held = new Held(open, offset, 1 + random.nextInt(8), random.nextInt(3) == 0);
            if (random.nextBoolean()) {
                if (locks.lock(open, 0, List.of(range(held.exclusive(), offset, held.length(), true)))
                        instanceof Outcome.Done) {
                    model.add(held);
                }
            } else if (!model.isEmpty()) {
                Held gone = model.remove(random.nextInt(model.size()));
                boolean also =
                        gone.exclusive() || model.remove(new Held(gone.open(), gone.offset(), gone.length(), true));
                if (!gone.exclusive() && also) { // the exclusive one goes first
                    model.add(gone);
                }
                ByteRange range = new ByteRange(gone.offset(), gone.length(), ByteRange.Action.UNLOCK, true);
                assertInstanceOf(Outcome.Done.class, locks.unlock(gone.open(), 0, List.of(range)));
            }
            assertArrayEquals(shown(model), host.ours, "step " + step);
        }
        locks.closed(opens[0]);
        model.removeIf(held -> held.open() == opens[0]);
        assertArrayEquals(shown(model), host.ours);
        assertFalse(host.closed);
        locks.closed(opens[1]);
        assertTrue(host.closed);
    }

    private static char[] shown(List<Held> model) {
        char[] shown = "-".repeat(BYTES).toCharArray();
        for (Held held : model) {
            for (int at = held.offset(); at < held.offset() + held.length(); at++) {
                shown[at] = held.exclusive() || shown[at] == 'W' ? 'W' : 'R';
            }
        }
        return shown;
    }

    @Test
    void whatAnotherProgramHoldsIsWaitedFor() throws Exception {
        locks.showToHost(opens[0], () -> Optional.of(host));
        host.other(3, 'R');
        assertEquals(
                new Outcome.Fail<>(NtStatus.LOCK_NOT_GRANTED),
                locks.lock(opens[0], 0, List.of(range(true, 0, 8, true))));
        assertFalse(locks.conflictsWithIo(opens[0], 0, 0, 8, false));
        assertTrue(locks.conflictsWithIo(opens[0], 0, 0, 8, true));
        Outcome<Void> outcome = locks.lock(opens[0], 0, List.of(range(true, 0, 8, false)));
        CompletableFuture<Outcome<Void>> told = new CompletableFuture<>();
        assertInstanceOf(Outcome.Wait.class, outcome);
        ((Outcome.Wait<Void>) outcome).operation().onDone(told::complete);
        assertFalse(told.isDone());
        host.other(3, '-');
        assertEquals(new Outcome.Done<>(null), told.get(20, TimeUnit.SECONDS));
        assertEquals('W', host.ours[0]);
        locks.closed(opens[0]);
        assertTrue(host.closed);
    }
}

package org.smbd.vfs.lock;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.smbd.core.status.NtStatus;
import org.smbd.vfs.ByteRange;
import org.smbd.vfs.Outcome;
import org.smbd.vfs.VfsLimits;

/**
 * The byte-range locks of one stream. MS-FSA 2.1.4.10 Algorithm for Determining If a Range Access Conflicts with
 * Byte-Range Locks, 2.1.5.8 Server Requests a Byte-Range Lock, 2.1.5.9 Server Requests an Unlock of a Byte-Range.
 *
 * <p>Its own lock is a leaf; waiters are told after it is released.
 */
public final class ByteRangeLocks {
    private static final class Lock {
        final Object open;
        final int key;
        final boolean exclusive;

        Lock(Object open, int key, boolean exclusive) {
            this.open = open;
            this.key = key;
            this.exclusive = exclusive;
        }

        boolean isOf(Object otherOpen, int otherKey) {
            return open == otherOpen && key == otherKey;
        }
    }

    /** A lock request that waits for others to go. */
    private final class Waiter implements Outcome.Operation<Void> {
        final Object open;
        final int key;
        final ByteRange range;
        private final AtomicReference<Outcome<Void>> result = new AtomicReference<>();
        private final AtomicReference<Consumer<Outcome<Void>>> receiver = new AtomicReference<>();

        Waiter(Object open, int key, ByteRange range) {
            this.open = open;
            this.key = key;
            this.range = range;
        }

        @Override
        public void onDone(Consumer<Outcome<Void>> told) {
            receiver.set(told);
            tell();
        }

        @Override
        public boolean cancel(NtStatus status) {
            synchronized (ByteRangeLocks.this) {
                if (!waiters.remove(this)) {
                    return false;
                }
                shares.get(open).waiting--;
                result.set(new Outcome.Fail<>(status));
            }
            tell();
            return true;
        }

        void tell() {
            if (result.get() != null) {
                Consumer<Outcome<Void>> told = receiver.getAndSet(null);
                if (told != null) {
                    told.accept(result.get());
                }
            }
        }
    }

    @GuardedBy("this")
    private final IntervalTree<Lock> locks = new IntervalTree<>();

    @GuardedBy("this")
    private final Deque<Waiter> waiters = new ArrayDeque<>();

    /** How many locks each open holds, and how many of its requests wait, by identity. */
    @GuardedBy("this")
    private final IdentityHashMap<Object, Share> shares = new IdentityHashMap<>();

    private final VfsLimits limits;

    /** What one open has of it all. */
    private static final class Share {
        int held;
        int waiting;
    }

    /** None is held. */
    public ByteRangeLocks(VfsLimits limits) {
        this.limits = limits;
    }

    /** Read without the lock by I/O: most files have no lock at all. */
    private volatile int count;

    /** Count of locks held. */
    public int size() {
        return count;
    }

    /**
     * Whether I/O of {@code open} on a range would meet another's lock.
     *
     * @param write whether the I/O changes the range
     */
    public boolean conflictsWithIo(Object open, int key, long offset, long length, boolean write) {
        if (count == 0) {
            return false;
        }
        synchronized (this) {
            return conflicts(open, key, new LockRange(offset, length), write, false);
        }
    }

    /** Takes locks, all or none; one alone may wait. */
    public Outcome<Void> lock(Object open, int key, List<ByteRange> ranges) {
        if (ranges.stream().anyMatch(ByteRangeLocks::overflows)) {
            return new Outcome.Fail<>(NtStatus.INVALID_LOCK_RANGE);
        }
        synchronized (this) {
            Share share = shares.computeIfAbsent(open, absent -> new Share());
            if (ranges.size() > limits.locksPerOpenMax() - share.held) {
                return new Outcome.Fail<>(NtStatus.INSUFFICIENT_RESOURCES);
            }
            List<ByteRange> taken = new ArrayList<>(ranges.size());
            for (ByteRange range : ranges) {
                if (isFree(open, key, range)) {
                    take(open, key, range);
                    taken.add(range);
                    continue;
                }
                taken.forEach(undone -> release(open, key, rangeOf(undone), Optional.of(isExclusive(undone))));
                if (range.failImmediately() || ranges.size() > 1) {
                    return new Outcome.Fail<>(NtStatus.LOCK_NOT_GRANTED);
                }
                if (share.waiting >= limits.lockWaitersPerOpenMax()) {
                    return new Outcome.Fail<>(NtStatus.INSUFFICIENT_RESOURCES);
                }
                Waiter waiter = new Waiter(open, key, range);
                waiters.add(waiter);
                share.waiting++;
                return new Outcome.Wait<>(waiter);
            }
        }
        return new Outcome.Done<>(null);
    }

    /** Gives locks back, in order, up to the first that is not held: RANGE_NOT_LOCKED. */
    public Outcome<Void> unlock(Object open, int key, List<ByteRange> ranges) {
        Outcome<Void> outcome = new Outcome.Done<>(null);
        List<Waiter> granted;
        synchronized (this) {
            for (ByteRange range : ranges) {
                if (overflows(range)) {
                    outcome = new Outcome.Fail<>(NtStatus.INVALID_LOCK_RANGE);
                    break;
                }
                if (!release(open, key, rangeOf(range), Optional.empty())) {
                    outcome = new Outcome.Fail<>(NtStatus.RANGE_NOT_LOCKED);
                    break;
                }
            }
            granted = grantWaiters();
        }
        granted.forEach(Waiter::tell);
        return outcome;
    }

    /** Gives back all that {@code open} holds and ends its waits: MS-FSA 2.1.5.5. */
    public void closed(Object open) {
        List<Waiter> told = new ArrayList<>();
        synchronized (this) {
            Share share = shares.remove(open);
            if (share == null) {
                return; // never locked anything
            }
            if (share.held > 0) {
                locks.removeIf(lock -> lock.open == open);
                count = locks.size();
            }
            for (Iterator<Waiter> all = waiters.iterator(); all.hasNext(); ) {
                Waiter waiter = all.next();
                if (waiter.open == open) {
                    all.remove();
                    waiter.result.set(new Outcome.Fail<>(NtStatus.RANGE_NOT_LOCKED));
                    told.add(waiter);
                }
            }
            told.addAll(grantWaiters());
        }
        told.forEach(Waiter::tell);
    }

    @GuardedBy("this")
    private List<Waiter> grantWaiters() {
        List<Waiter> granted = new ArrayList<>();
        for (Iterator<Waiter> all = waiters.iterator(); all.hasNext(); ) {
            Waiter waiter = all.next();
            if (isFree(waiter.open, waiter.key, waiter.range)) {
                take(waiter.open, waiter.key, waiter.range);
                shares.get(waiter.open).waiting--;
                all.remove();
                waiter.result.set(new Outcome.Done<>(null));
                granted.add(waiter);
            }
        }
        return granted;
    }

    @GuardedBy("this")
    private boolean isFree(Object open, int key, ByteRange range) {
        return !conflicts(open, key, rangeOf(range), isExclusive(range), true);
    }

    @GuardedBy("this")
    private boolean conflicts(Object open, int key, LockRange range, boolean exclusive, boolean lockIntent) {
        return locks.anyOverlap(range, lock -> {
            if (lock.exclusive) {
                return !lock.isOf(open, key) || exclusive && lockIntent;
            }
            return exclusive;
        });
    }

    @GuardedBy("this")
    private void take(Object open, int key, ByteRange range) {
        locks.add(rangeOf(range), new Lock(open, key, isExclusive(range)));
        shares.get(open).held++;
        count = locks.size();
    }

    /** Exclusive locks go first where both kinds are held on one range. */
    @GuardedBy("this")
    private boolean release(Object open, int key, LockRange range, Optional<Boolean> exclusive) {
        boolean released = exclusive.isPresent()
                ? locks.remove(range, lock -> lock.isOf(open, key) && lock.exclusive == exclusive.get())
                : locks.remove(range, lock -> lock.isOf(open, key) && lock.exclusive)
                        || locks.remove(range, lock -> lock.isOf(open, key));
        if (released) {
            shares.get(open).held--;
        }
        count = locks.size();
        return released;
    }

    private static boolean overflows(ByteRange range) {
        return rangeOf(range).overflows();
    }

    private static LockRange rangeOf(ByteRange range) {
        return new LockRange(range.offset(), range.length());
    }

    private static boolean isExclusive(ByteRange range) {
        return range.action() == ByteRange.Action.EXCLUSIVE_LOCK;
    }
}

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
import java.util.function.Supplier;
import org.smbd.core.status.NtStatus;
import org.smbd.vfs.ByteRange;
import org.smbd.vfs.Outcome;
import org.smbd.vfs.VfsLimits;
import org.smbd.vfs.store.HostLocks;

/**
 * The byte-range locks of one stream. MS-FSA 2.1.4.10 Algorithm for Determining If a Range Access Conflicts with
 * Byte-Range Locks, 2.1.5.8 Server Requests a Byte-Range Lock, 2.1.5.9 Server Requests an Unlock of a Byte-Range.
 *
 * <p>Who waits is served in the order of waiting; a request that meets no lock is granted at once, whoever waits: that
 * is what Windows does, and to queue it could make two clients wait for each other. Its own lock is a leaf; waiters are
 * told after it is released.
 */
public final class ByteRangeLocks {
    private static final LockRange EVERYTHING = new LockRange(0, -1);

    /** A lock request that waits for others to go. */
    private final class Waiter implements Outcome.Operation<Void> {
        final LockOwnership owner;
        final ByteRange range;
        private final AtomicReference<Outcome<Void>> result = new AtomicReference<>();
        private final AtomicReference<Consumer<Outcome<Void>>> receiver = new AtomicReference<>();

        Waiter(LockOwnership owner, ByteRange range) {
            this.owner = owner;
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
                owner.open().waiting--;
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
    private final IntervalTree exclusives = new IntervalTree();

    @GuardedBy("this")
    private final IntervalTree shareds = new IntervalTree();

    @GuardedBy("this")
    private final Deque<Waiter> waiters = new ArrayDeque<>();

    /** Each open that has ever locked something, by identity. */
    @GuardedBy("this")
    private final IdentityHashMap<Object, LockingOpen> opens = new IdentityHashMap<>();

    @GuardedBy("this")
    private int opensEver;

    /** What other programs see; null if they see nothing. Written under the lock, read without by I/O. */
    private volatile HostRanges host;

    private final VfsLimits limits;

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

    /** Count of locks that {@code open} holds. */
    public synchronized int heldBy(Object open) {
        LockingOpen locking = opens.get(open);
        return locking == null ? 0 : locking.held;
    }

    /**
     * Whether I/O of {@code open} on a range would meet another's lock.
     *
     * @param write whether the I/O changes the range
     */
    public boolean conflictsWithIo(Object open, int key, long offset, long length, boolean write) {
        if (count == 0 && host == null) {
            return false;
        }
        LockRange range = new LockRange(offset, length);
        synchronized (this) {
            if (host != null && !host.isFree(range, write)) {
                return true;
            }
            LockingOpen locking = opens.get(open);
            boolean others = locking == null
                    ? exclusives.anyOverlap(range)
                    : exclusives.anyOverlapOfOther(range, locking.owner(key));
            return others || write && shareds.anyOverlap(range);
        }
    }

    /**
     * Shows other programs of this host what is locked here, from now on, and respects what they lock, until {@code
     * open} and all that ask the same are {@linkplain #closed closed}.
     *
     * @param hostLocks opens the file for that; empty where the host has no such locks
     */
    public void showToHost(Object open, Supplier<Optional<HostLocks>> hostLocks) {
        synchronized (this) {
            opens.computeIfAbsent(open, absent -> new LockingOpen(opensEver++));
            if (host != null) {
                return;
            }
        }
        Optional<HostLocks> opened = hostLocks.get();
        synchronized (this) {
            if (opened.isPresent() && host == null && opens.containsKey(open)) {
                host = new HostRanges(opened.get(), exclusives, shareds);
                host.restore(EVERYTHING);
                return;
            }
        }
        opened.ifPresent(HostLocks::close); // another open was faster, or this one has gone
    }

    /** Takes locks, all or none; one alone may wait. */
    public Outcome<Void> lock(Object open, int key, List<ByteRange> ranges) {
        if (ranges.stream().anyMatch(ByteRangeLocks::overflows)) {
            return new Outcome.Fail<>(NtStatus.INVALID_LOCK_RANGE);
        }
        synchronized (this) {
            LockingOpen locking = opens.computeIfAbsent(open, absent -> new LockingOpen(opensEver++));
            if (ranges.size() > limits.locksPerOpenMax() - locking.held) {
                return new Outcome.Fail<>(NtStatus.INSUFFICIENT_RESOURCES);
            }
            LockOwnership owner = locking.owner(key);
            List<ByteRange> taken = new ArrayList<>(ranges.size());
            for (ByteRange range : ranges) {
                if (tryTake(owner, range)) {
                    taken.add(range);
                    continue;
                }
                taken.forEach(undone -> release(isExclusive(undone) ? exclusives : shareds, owner, rangeOf(undone)));
                if (range.failImmediately() || ranges.size() > 1) {
                    return new Outcome.Fail<>(NtStatus.LOCK_NOT_GRANTED);
                }
                if (locking.waiting >= limits.lockWaitersPerOpenMax()) {
                    return new Outcome.Fail<>(NtStatus.INSUFFICIENT_RESOURCES);
                }
                Waiter waiter = new Waiter(owner, range);
                waiters.add(waiter);
                locking.waiting++;
                if (host != null) {
                    HostRetries.ofProcess().add(this);
                }
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
            LockingOpen locking = opens.get(open);
            for (ByteRange range : ranges) {
                if (overflows(range)) {
                    outcome = new Outcome.Fail<>(NtStatus.INVALID_LOCK_RANGE);
                    break;
                }
                if (locking == null || !releaseAny(locking.owner(key), rangeOf(range))) {
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
            LockingOpen locking = opens.remove(open);
            if (locking == null) {
                return; // never locked anything
            }
            boolean shown = host != null;
            List<LockRange> released = new ArrayList<>();
            if (locking.held > 0) {
                for (LockOwnership owner : locking.owners()) {
                    exclusives.removeAll(owner, shown ? released::add : range -> {});
                    shareds.removeAll(owner, shown ? released::add : range -> {});
                }
                count = exclusives.size() + shareds.size();
            }
            if (shown && opens.isEmpty()) {
                host.close();
                host = null;
            } else if (shown) {
                released.forEach(host::restore);
            }
            for (Iterator<Waiter> all = waiters.iterator(); all.hasNext(); ) {
                Waiter waiter = all.next();
                if (waiter.owner.open() == locking) {
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
        List<Waiter> granted = new ArrayList<>(0);
        for (Iterator<Waiter> all = waiters.iterator(); all.hasNext(); ) {
            Waiter waiter = all.next();
            if (tryTake(waiter.owner, waiter.range)) {
                waiter.owner.open().waiting--;
                all.remove();
                waiter.result.set(new Outcome.Done<>(null));
                granted.add(waiter);
            }
        }
        return granted;
    }

    /** Tries again to grant what other programs may have been in the way of. */
    void retry() {
        List<Waiter> granted;
        synchronized (this) {
            granted = grantWaiters();
        }
        granted.forEach(Waiter::tell);
    }

    /** Whether anybody waits, perhaps for another program. */
    synchronized boolean isHostWaitedFor() {
        return host != null && !waiters.isEmpty();
    }

    @GuardedBy("this")
    private boolean tryTake(LockOwnership owner, ByteRange range) {
        if (!isFree(owner, range) || host != null && !host.take(rangeOf(range), isExclusive(range))) {
            return false;
        }
        take(owner, range);
        return true;
    }

    @GuardedBy("this")
    private void restoreHost(LockRange released) {
        if (host != null) {
            host.restore(released);
        }
    }

    /** An exclusive lock meets every other, its owner's, too; a shared one meets the exclusive ones of others. */
    @GuardedBy("this")
    private boolean isFree(LockOwnership owner, ByteRange wanted) {
        LockRange range = rangeOf(wanted);
        return isExclusive(wanted)
                ? !exclusives.anyOverlap(range) && !shareds.anyOverlap(range)
                : !exclusives.anyOverlapOfOther(range, owner);
    }

    @GuardedBy("this")
    private void take(LockOwnership owner, ByteRange range) {
        (isExclusive(range) ? exclusives : shareds).add(rangeOf(range), owner);
        owner.open().held++;
        count = exclusives.size() + shareds.size();
    }

    /** Exclusive locks go first where both kinds are held on one range. */
    @GuardedBy("this")
    private boolean releaseAny(LockOwnership owner, LockRange range) {
        return release(exclusives, owner, range) || release(shareds, owner, range);
    }

    @GuardedBy("this")
    private boolean release(IntervalTree locks, LockOwnership owner, LockRange range) {
        boolean released = locks.remove(range, owner);
        if (released) {
            owner.open().held--;
            count = exclusives.size() + shareds.size();
            restoreHost(range);
        }
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

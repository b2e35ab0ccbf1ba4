package org.smbd.vfs.oplock;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.smbd.core.status.NtStatus;
import org.smbd.vfs.Outcome;
import org.smbd.vfs.store.FileKey;

/**
 * The oplocks and leases of one file or directory: Stream.Oplock of MS-FSA 2.1.1.5, with the algorithms 2.1.4.12 Check
 * for an Oplock Break, 2.1.5.18 Server Requests an Oplock and 2.1.5.19 Server Acknowledges an Oplock Break.
 *
 * <p>Where the specification has one state for all oplocks of a stream, here each {@link CacheHolder} has its own; the
 * tables of the tests show that they come to the same. Its lock is a leaf: clients are told, and waiters let go, after
 * it is released.
 */
public final class FileCaching {
    private volatile FileKey key;
    private final OplockTable table;
    private volatile boolean directory;

    @GuardedBy("this")
    private final List<CacheHolder> holders = new ArrayList<>(1);

    @GuardedBy("this")
    private final Set<OpenCaching> opens = Collections.newSetFromMap(new IdentityHashMap<>(2));

    @GuardedBy("this")
    private final BreakWaiters waiters = new BreakWaiters(this);

    /** Changes under way: meanwhile nobody begins to cache what is about to be different. */
    private final AtomicInteger changes = new AtomicInteger();

    /** Whether there is any holder: most files have none, and their writers need no lock. */
    private volatile boolean cached;

    /** Nothing is cached. */
    public FileCaching(FileKey key, OplockTable table) {
        this.key = key;
        this.table = table;
    }

    FileKey key() {
        return key;
    }

    /** The stream that is cached has another name. */
    public void moved(FileKey newKey) {
        key = newKey;
    }

    boolean isDirectory() {
        return directory;
    }

    /**
     * 2.1.5.1.2, where the share mode forbids an open: handles that are only cached are given up. A batch oplock goes
     * for every open.
     *
     * @return {@link Outcome.Wait} if the share mode is to be looked at again then; else nothing more can be done
     */
    public Outcome<Void> breakForSharing(OpenCaching open) {
        return breakAll(
                holder -> isExempt(holder, open),
                holder -> {
                    if (holder.isLease()) {
                        return ~Caching.HANDLE;
                    }
                    return holder.isBatch() ? mostBesideOpen(open) & Caching.LEVEL_TWO : ~0;
                },
                Caching.HANDLE);
    }

    /**
     * 2.1.4.12, case OPEN: an open joins those of the file; others lose what they may not cache beside it.
     *
     * @param wait whether it may have to wait; an open that made its file does not
     * @return {@link Outcome.Wait} if it has to try again from the start, and has not joined
     */
    public Outcome<Void> enter(OpenCaching open, boolean wait) {
        open.enter(this);
        directory = open.isDirectory();
        List<CacheHolder> told = new ArrayList<>(0);
        Outcome<Void> outcome;
        synchronized (this) {
            List<CacheHolder> blockers = new ArrayList<>(0);
            for (CacheHolder holder : holders) {
                if (!isExempt(holder, open) && !open.isStat(holder.isLease())) {
                    lower(holder, mostBesideOpen(open), told);
                    if (isBlocking(holder, Caching.WRITE)) {
                        blockers.add(holder);
                    }
                }
            }
            outcome = blockers.isEmpty() || !wait ? new Outcome.Done<>(null) : waiters.waitFor(blockers);
            if (outcome instanceof Outcome.Done) {
                opens.add(open);
            }
        }
        told.forEach(this::deliver);
        return outcome;
    }

    private static int mostBesideOpen(OpenCaching open) {
        return open.overwrites() ? Caching.NONE : ~Caching.WRITE;
    }

    /**
     * 2.1.5.18: grants what can be granted of what an open that has {@linkplain #enter entered} asked for.
     *
     * @param deletePending Stream.IsDeleted
     * @param locked whether there are byte-range locks
     * @throws org.smbd.core.status.SmbException INVALID_PARAMETER if the key of the lease is in use on another file
     */
    public void grant(OpenCaching open, boolean deletePending, boolean locked) {
        Optional<CacheHolder> twin = Optional.empty();
        synchronized (this) {
            cached = true; // before changes are looked at: a change that begins now finds the holder
            if (open.request() instanceof CachingRequest.Lease request) {
                twin = grantLease(open, request, deletePending, locked);
            } else if (open.request() instanceof CachingRequest.Oplock request) {
                grantOplock(open, request, locked);
            }
            cached = !holders.isEmpty();
        }
        twin.ifPresent(other -> other.file().endCache(other));
    }

    private void endCache(CacheHolder ended) {
        breakAll(holder -> holder != ended, holder -> Caching.NONE, Caching.NONE);
    }

    /** Grants a lease; the one of another file that has its key, and must end. */
    @GuardedBy("this")
    private Optional<CacheHolder> grantLease(
            OpenCaching open, CachingRequest.Lease request, boolean deletePending, boolean locked) {
        Optional<CacheHolder> twin = Optional.empty();
        CacheHolder holder = ofKey(request.key());
        int wanted = Caching.grantable(directory ? request.state() & ~Caching.WRITE : request.state());
        wanted = directory && !request.onDirectories() ? Caching.NONE : wanted;
        if (holder == null) {
            holder = CacheHolder.ofLease(this, open.name(), request);
            if (!table.add(holder)) {
                twin = table.addTwin(holder);
                if (twin.isEmpty()) {
                    throw NtStatus.INVALID_PARAMETER.exception();
                }
            }
            holders.add(holder);
            holder.begin(possible(open, holder, wanted, deletePending, locked));
        } else if (!holder.isBreaking() && wanted != holder.state() && Caching.has(wanted, holder.state())) {
            int granted = possible(open, holder, wanted, deletePending, locked);
            boolean more = granted != holder.state() && Caching.has(granted, holder.state());
            // An upgrade is granted as a whole or not at all.
            if (more && (holder.state() == Caching.NONE || granted == wanted)) {
                holder.promote(granted);
            }
        }
        holder.join(open);
        open.hold(holder);
        return twin;
    }

    @GuardedBy("this")
    private int possible(OpenCaching open, CacheHolder own, int wanted, boolean deletePending, boolean locked) {
        if (changes.get() != 0 || table.isAmbiguous(own.key().orElseThrow())) {
            return Caching.NONE;
        }
        return GrantRules.lease(holders, opens, open, own, wanted, deletePending, locked);
    }

    @GuardedBy("this")
    private void grantOplock(OpenCaching open, CachingRequest.Oplock request, boolean locked) {
        if (directory || changes.get() != 0) {
            return;
        }
        int granted = GrantRules.oplock(holders, opens, open, request, locked);
        if (granted != Caching.NONE) {
            CacheHolder holder = CacheHolder.ofOplock(this);
            holder.begin(granted);
            holders.add(holder);
            holder.join(open);
            open.hold(holder);
        }
    }

    /**
     * 2.1.4.12, cases WRITE, LOCK_CONTROL and the like: nobody but the changer goes on to cache data; nobody begins to,
     * before {@link #endChange}. A level II oplock goes even if it is the changer's own.
     */
    public void beginChange(OpenCaching changer) {
        changes.incrementAndGet();
        if (cached) {
            breakAll(holder -> !holder.isLevelTwo() && isExempt(holder, changer), holder -> Caching.NONE, Caching.NONE);
        }
    }

    /**
     * 2.1.4.12 with the flag PARENT_OBJECT: the contents of this directory change; nobody goes on to cache them, but
     * for the holder of {@code parentKey}. To be followed by {@link #endChange}.
     */
    public void beginContentsChange(Optional<LeaseKey> parentKey) {
        changes.incrementAndGet();
        if (cached) {
            breakAll(
                    holder -> parentKey.isPresent() && holder.key().equals(parentKey),
                    holder -> Caching.NONE,
                    Caching.NONE);
        }
    }

    /** The change is visible to all. */
    public void endChange() {
        changes.decrementAndGet();
    }

    /**
     * 2.1.4.12, FileRenameInformation, FileLinkInformation, FileDispositionInformation: others give up handles that
     * they only cache.
     *
     * @param batch whether batch oplocks of others are broken, too
     * @return {@link Outcome.Wait} until they have
     */
    public Outcome<Void> breakHandles(OpenCaching open, boolean batch) {
        boolean breaksBatch = batch && !(open.request() instanceof CachingRequest.Unnoticed);
        return breakAll(
                holder -> isExempt(holder, open),
                holder -> {
                    if (holder.isLease()) {
                        return ~Caching.HANDLE;
                    }
                    return breaksBatch && holder.isBatch() ? Caching.NONE : ~0;
                },
                Caching.HANDLE);
    }

    private interface Exempt {
        boolean isExempt(CacheHolder holder);
    }

    private interface Most {
        int most(CacheHolder holder);
    }

    /**
     * Breaks all but the exempt.
     *
     * @param wait holders that break and still have one of these bits are waited for
     */
    private Outcome<Void> breakAll(Exempt exempt, Most most, int wait) {
        List<CacheHolder> told = new ArrayList<>(0);
        Outcome<Void> outcome;
        synchronized (this) {
            List<CacheHolder> blockers = new ArrayList<>(0);
            for (CacheHolder holder : holders) {
                if (!exempt.isExempt(holder)) {
                    int allowed = most.most(holder);
                    lower(holder, allowed, told);
                    if ((allowed & wait) != wait && isBlocking(holder, wait)) {
                        blockers.add(holder);
                    }
                }
            }
            outcome = blockers.isEmpty() ? new Outcome.Done<>(null) : waiters.waitFor(blockers);
        }
        told.forEach(this::deliver);
        return outcome;
    }

    private static boolean isBlocking(CacheHolder holder, int bits) {
        return holder.isBreaking() && Caching.hasAny(holder.state(), bits);
    }

    /** 2.1.4.12.2 Algorithm to Compare Oplock Keys. */
    private static boolean isExempt(CacheHolder holder, OpenCaching open) {
        return holder == open.holder()
                || holder.isLease() && holder.key().equals(open.request().leaseKey());
    }

    @GuardedBy("this")
    private void lower(CacheHolder holder, int most, List<CacheHolder> told) {
        if (holder.lower(most)) {
            told.add(holder);
            startTimer(holder);
        }
    }

    /** MS-SMB2 3.3.2.1 Oplock Break Acknowledgment Timer, 3.3.2.5 Lease Break Acknowledgment Timer. */
    private void startTimer(CacheHolder holder) {
        if (holder.isBreaking()) {
            long breaks = holder.breaks();
            table.clock().after(table.breakTimeout(), () -> expired(holder, breaks));
        }
    }

    private void expired(CacheHolder holder, long breaks) {
        List<BreakWaiter> free;
        synchronized (this) {
            if (!holder.isBreaking() || holder.breaks() != breaks) {
                return;
            }
            holder.giveUp();
            free = waiters.takeFree();
        }
        BreakWaiters.resume(free, table.clock());
    }

    synchronized void forget(BreakWaiter waiter) {
        waiters.remove(waiter);
    }

    /** Tells the client of its breaks, in their order, over the first of its opens that reaches it. */
    private void deliver(CacheHolder holder) {
        BreakNotice notice;
        List<OpenCaching> holding;
        synchronized (holder.delivery()) {
            while (true) {
                synchronized (this) {
                    notice = holder.nextNotice();
                    holding = List.copyOf(holder.opens());
                }
                if (notice == null || holding.isEmpty()) {
                    return;
                }
                BreakNotice sent = notice;
                if (holding.stream().noneMatch(open -> open.listener().tell(sent))) {
                    break;
                }
            }
        }
        lost(holder, holding, notice.to());
    }

    /** MS-SMB2 3.3.4.6, 3.3.4.7: no connection is left; nobody waits for a client that does not know. */
    private void lost(CacheHolder holder, List<OpenCaching> holding, int to) {
        List<BreakWaiter> free;
        synchronized (this) {
            holder.giveUp();
            free = waiters.takeFree();
        }
        holding.forEach(open -> open.listener().unreachable(to));
        BreakWaiters.resume(free, table.clock());
    }

    /** 2.1.5.19, LEVEL_GRANULAR. */
    Outcome<Acknowledged> acknowledgeLease(CacheHolder holder, int state) {
        List<BreakWaiter> free;
        int left = Caching.grantable(state);
        synchronized (this) {
            if (holder.opens().isEmpty()) {
                return new Outcome.Fail<>(NtStatus.OBJECT_NAME_NOT_FOUND);
            }
            if (!holder.isBreaking()) {
                return new Outcome.Fail<>(NtStatus.UNSUCCESSFUL);
            }
            if ((state & ~holder.breakTo()) != 0) {
                return new Outcome.Fail<>(NtStatus.REQUEST_NOT_ACCEPTED);
            }
            free = acknowledged(holder, left);
        }
        BreakWaiters.resume(free, table.clock());
        return new Outcome.Done<>(new Acknowledged(left, () -> deliver(holder)));
    }

    /** 2.1.5.19, LEVEL_NONE and LEVEL_TWO. */
    Outcome<Acknowledged> acknowledgeOplock(OpenCaching open, int level) {
        List<BreakWaiter> free;
        CacheHolder holder;
        boolean wrong;
        int left;
        synchronized (this) {
            holder = open.holder();
            if (holder == null || holder.isLease()) {
                return new Outcome.Fail<>(NtStatus.INVALID_DEVICE_STATE);
            }
            if (!holder.isBreaking()) { // 3.3.5.22.1 has INVALID_DEVICE_STATE; smb2.oplock.levelii500 pins Windows
                return new Outcome.Fail<>(NtStatus.INVALID_OPLOCK_PROTOCOL);
            }
            // A batch oplock may be acknowledged as exclusive; it is gone all the same.
            wrong = level != Caching.NONE
                    && level != Caching.LEVEL_TWO
                    && !(level == Caching.EXCLUSIVE && holder.isBatch());
            left = level == Caching.LEVEL_TWO ? holder.breakTo() : Caching.NONE;
            free = acknowledged(holder, left);
        }
        BreakWaiters.resume(free, table.clock());
        if (wrong) {
            return new Outcome.Fail<>(NtStatus.INVALID_OPLOCK_PROTOCOL);
        }
        CacheHolder answered = holder;
        return new Outcome.Done<>(new Acknowledged(left, () -> deliver(answered)));
    }

    @GuardedBy("this")
    private List<BreakWaiter> acknowledged(CacheHolder holder, int left) {
        if (holder.acknowledged(left)) {
            startTimer(holder);
        }
        return waiters.takeFree();
    }

    synchronized CachingState state(OpenCaching open) {
        return open.holder() == null ? CachingState.NOTHING : open.holder().describe();
    }

    synchronized long acknowledgements(OpenCaching open) {
        return open.holder() == null ? 0 : open.holder().acknowledgements();
    }

    void answered(OpenCaching open) {
        CacheHolder holder;
        synchronized (this) {
            holder = open.holder();
            if (holder == null || !open.setAnswered()) {
                return;
            }
            holder.answered();
        }
        deliver(holder);
    }

    /**
     * 2.1.4.12, case CLOSE: an open goes, and with the last one of its key the cache.
     *
     * @return to be run when the share mode of the open is gone, too: lets go who waited for it
     */
    public Runnable leave(OpenCaching open) {
        List<BreakWaiter> free;
        CacheHolder holder;
        synchronized (this) {
            opens.remove(open);
            holder = open.holder();
            if (holder == null) {
                return () -> {};
            }
            open.hold(null);
            holder.opens().remove(open);
            if (open.setAnswered()) {
                holder.answered();
            }
            if (holder.opens().isEmpty()) {
                holders.remove(holder);
                cached = !holders.isEmpty();
                if (holder.isLease()) {
                    table.remove(holder);
                }
            }
            free = waiters.takeFree();
        }
        CacheHolder left = holder;
        return () -> {
            deliver(left);
            BreakWaiters.resume(free, table.clock());
        };
    }

    @GuardedBy("this")
    private CacheHolder ofKey(LeaseKey wanted) {
        for (CacheHolder holder : holders) {
            if (holder.key().isPresent() && holder.key().get().equals(wanted)) {
                return holder;
            }
        }
        return null;
    }
}

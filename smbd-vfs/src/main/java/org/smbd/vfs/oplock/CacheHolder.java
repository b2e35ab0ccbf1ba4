package org.smbd.vfs.oplock;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.smbd.core.type.Guid;

/**
 * One cache of a file: a lease with all its opens, or the oplock of one open. MS-SMB2 3.3.1.12 Per Lease.
 *
 * <pre>
 *            break, to be acknowledged            acknowledged, enough
 *   HELD ------------------------------> BREAKING ---------------------> HELD
 *    |  ^                                 |    ^
 *    +--+ break of R alone                +----+ acknowledged, meanwhile more was broken
 * </pre>
 *
 * <p>Guarded by its file; only the delivery has a lock of its own, which is taken first.
 */
final class CacheHolder {
    private static final ClientName NO_NAME = new ClientName("", "");

    private final FileCaching file;
    private final ClientName name;
    private final Optional<LeaseKey> key;
    private final Optional<Guid> parentKey;
    private final int version;
    private final List<OpenCaching> opens = new ArrayList<>(1);
    private final Deque<BreakNotice> outbox = new ArrayDeque<>(1);
    private final Object delivery = new Object();
    private int state;
    private boolean breaking;
    private int breakTo;
    private int required;
    private int epoch;
    /** Opens whose client does not know of them yet: breaks wait until it does. */
    private int unanswered;
    /** Counts breaks, so that a time-out knows whether it is still about this one. */
    private long breaks;
    /** Counts what the client has acknowledged. */
    private long acknowledgements;

    private CacheHolder(
            FileCaching file,
            ClientName name,
            Optional<LeaseKey> key,
            Optional<Guid> parentKey,
            int version,
            int epoch) {
        this.file = file;
        this.name = name;
        this.key = key;
        this.parentKey = parentKey;
        this.version = version;
        this.epoch = epoch;
    }

    /** @param name what the client calls the file */
    static CacheHolder ofLease(FileCaching file, ClientName name, CachingRequest.Lease request) {
        return new CacheHolder(
                file, name, Optional.of(request.key()), request.parentKey(), request.version(), request.epoch() + 1);
    }

    static CacheHolder ofOplock(FileCaching file) {
        return new CacheHolder(file, NO_NAME, Optional.empty(), Optional.empty(), 0, 0);
    }

    FileCaching file() {
        return file;
    }

    /** What its client calls the file. */
    ClientName name() {
        return name;
    }

    Optional<LeaseKey> key() {
        return key;
    }

    boolean isLease() {
        return key.isPresent();
    }

    /** A level II oplock, which even changes by its own open break. */
    boolean isLevelTwo() {
        return !isLease() && state == Caching.LEVEL_TWO;
    }

    boolean isBatch() {
        return !isLease() && state == Caching.BATCH;
    }

    int state() {
        return state;
    }

    boolean isBreaking() {
        return breaking;
    }

    int breakTo() {
        return breakTo;
    }

    long acknowledgements() {
        return acknowledgements;
    }

    long breaks() {
        return breaks;
    }

    List<OpenCaching> opens() {
        return opens;
    }

    Object delivery() {
        return delivery;
    }

    CachingState describe() {
        return new CachingState(key, parentKey, version, state, breaking, version == 2 ? epoch & 0xFFFF : 0);
    }

    /** The first state of a new one. */
    void begin(int granted) {
        state = granted;
    }

    /** More than before. */
    void promote(int granted) {
        state = granted;
        epoch++;
    }

    /** An open joins, whose client is still to be answered. */
    void join(OpenCaching open) {
        opens.add(open);
        unanswered++;
    }

    /** The client of an open knows what it was granted, or never will. */
    void answered() {
        unanswered--;
    }

    /** The next break that the client can be told of; null if there is none. */
    BreakNotice nextNotice() {
        return unanswered > 0 ? null : outbox.poll();
    }

    /**
     * Leaves at most {@code most}; while a break is under way, notes it for later.
     *
     * @return whether the client now has to be told
     */
    boolean lower(int most) {
        if (breaking) {
            required = Caching.grantable(required & most);
            return false;
        }
        if ((state & ~most) == 0) {
            return false;
        }
        int target = isLease() ? Caching.grantable(state & most) : state & most & Caching.LEVEL_TWO;
        epoch++;
        tell(target);
        return true;
    }

    private void tell(int target) {
        boolean acknowledgeRequired = state != Caching.READ;
        breaks++;
        outbox.add(new BreakNotice(key, state, target, acknowledgeRequired, version == 2 ? epoch & 0xFFFF : 0));
        if (acknowledgeRequired) {
            breaking = true;
            breakTo = target;
            required = target;
        } else {
            state = target;
        }
    }

    /**
     * The client has given up all but {@code left}, at most what it was asked for. If more was broken meanwhile, the
     * next break begins; handles go first, then the rest. It is of the same epoch: smb2.lease.v2_breaking3 pins
     * Windows.
     *
     * @return whether the client now has to be told of another break
     */
    boolean acknowledged(int left) {
        acknowledgements++;
        breaking = false;
        breaks++;
        state = left;
        int next = Caching.grantable(left & required);
        if (next == left) {
            return false;
        }
        tell(isLease() && Caching.has(left, Caching.HANDLE) && next == Caching.NONE ? Caching.READ : next);
        if (breaking) {
            required = next;
        }
        return true;
    }

    /** Nobody will acknowledge: all is given up. */
    void giveUp() {
        outbox.clear();
        breaking = false;
        breaks++;
        state = Caching.NONE;
    }
}

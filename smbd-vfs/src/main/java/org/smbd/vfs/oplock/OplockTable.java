package org.smbd.vfs.oplock;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.smbd.core.status.NtStatus;
import org.smbd.vfs.Outcome;
import org.smbd.vfs.store.FileKey;

/**
 * The leases of all files, by their keys: GlobalLeaseTableList, MS-SMB2 3.3.1.11 Per Lease Table. A lease leaves it
 * with its last open.
 */
public final class OplockTable {
    /** MS-SMB2 3.3.2.1, 3.3.2.5: what Windows waits for an acknowledgement. */
    private static final Duration BREAK_TIMEOUT = Duration.ofSeconds(35);

    private final ConcurrentMap<LeaseKey, CacheHolder> leases = new ConcurrentHashMap<>();
    /** How many caches beside the one of {@code leases} have its key, of other files that the client calls the same. */
    private final ConcurrentMap<LeaseKey, Integer> twins = new ConcurrentHashMap<>();

    private final AtomicInteger directoryLeases = new AtomicInteger();
    private volatile Duration breakTimeout = BREAK_TIMEOUT;
    private volatile BreakClock clock = BreakClock.ofProcess();

    /**
     * Gives it the time and the threads of a server.
     *
     * @param timeout how long an acknowledgement is waited for
     */
    public void attach(BreakClock serverClock, Duration timeout) {
        clock = serverClock;
        breakTimeout = timeout;
    }

    BreakClock clock() {
        return clock;
    }

    Duration breakTimeout() {
        return breakTimeout;
    }

    /**
     * Whether the key is in use on another file, of another name: MS-SMB2 3.3.5.9.8 refuses it with INVALID_PARAMETER.
     *
     * @param file the file that is opened; empty for one that is made
     * @param name what the client calls it
     */
    public boolean isOfAnotherFile(LeaseKey key, Optional<FileKey> file, ClientName name) {
        CacheHolder holder = leases.get(key);
        return holder != null
                && !file.equals(Optional.of(holder.file().key()))
                && !holder.name().isTwinOf(name);
    }

    /** Enters a lease; false if the key is in use. */
    boolean add(CacheHolder lease) {
        boolean added = leases.putIfAbsent(lease.key().orElseThrow(), lease) == null;
        if (added && lease.file().isDirectory()) {
            directoryLeases.incrementAndGet();
        }
        return added;
    }

    /**
     * Enters a cache of another file under a key that is in use, because its client takes the two files for one.
     * Neither may be cached.
     *
     * @return the lease that has the key; empty if there is none that the client calls the same
     */
    Optional<CacheHolder> addTwin(CacheHolder twin) {
        LeaseKey key = twin.key().orElseThrow();
        twins.merge(key, 1, Integer::sum);
        Optional<CacheHolder> listed = Optional.ofNullable(leases.get(key))
                .filter(holder -> holder.name().isTwinOf(twin.name()));
        if (listed.isEmpty()) {
            removeTwin(key);
        }
        return listed;
    }

    private void removeTwin(LeaseKey key) {
        twins.computeIfPresent(key, (found, count) -> count > 1 ? count - 1 : null);
    }

    /** Whether a key stands for several files. */
    boolean isAmbiguous(LeaseKey key) {
        return !twins.isEmpty() && twins.containsKey(key);
    }

    void remove(CacheHolder lease) {
        LeaseKey key = lease.key().orElseThrow();
        if (!leases.remove(key, lease)) {
            removeTwin(key);
        } else if (lease.file().isDirectory()) {
            directoryLeases.decrementAndGet();
        }
    }

    /** Whether there is a lease on any directory. */
    public boolean anyDirectoryLease() {
        return directoryLeases.get() != 0;
    }

    /** How many leases there are. */
    public int leases() {
        return leases.size();
    }

    /**
     * The client's answer to a break. MS-SMB2 3.3.5.22.2 Processing a Lease Acknowledgment, MS-FSA 2.1.5.19.
     *
     * @return OBJECT_NAME_NOT_FOUND if there is no such lease, UNSUCCESSFUL if it does not break, REQUEST_NOT_ACCEPTED
     *     if {@code state} is more than it was broken to
     */
    public Outcome<Acknowledged> acknowledge(LeaseKey key, int state) {
        CacheHolder holder = leases.get(key);
        return holder == null
                ? new Outcome.Fail<>(NtStatus.OBJECT_NAME_NOT_FOUND)
                : holder.file().acknowledgeLease(holder, state);
    }
}

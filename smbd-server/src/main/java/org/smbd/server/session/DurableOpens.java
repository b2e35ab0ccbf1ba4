package org.smbd.server.session;

import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.core.type.Guid;
import org.smbd.core.type.Sid;
import org.smbd.protocol.smb2.FileId;
import org.smbd.vfs.oplock.BreakClock;
import org.smbd.vfs.oplock.Caching;
import org.smbd.vfs.oplock.CachingState;

/**
 * The opens that outlive their connection: those of GlobalOpenTable whose Open.Session is NULL, MS-SMB2 3.3.1.5 Global.
 * Each is closed when its time is over: 3.3.2.2 Durable Open Scavenger Timer, 3.3.2.4 Resilient Open Scavenger Timer.
 */
public final class DurableOpens {
    private static final Logger LOG = LoggerFactory.getLogger(DurableOpens.class);

    private final ConcurrentMap<Long, ParkedOpen> parked = new ConcurrentHashMap<>();
    private final ConcurrentMap<Sid, Integer> counts = new ConcurrentHashMap<>();
    private final BreakClock clock;
    private final int perUserMax;
    private final AtomicInteger persistent = new AtomicInteger();
    private volatile boolean ended;

    /**
     * None.
     *
     * @param clock when their time is over
     * @param perUserMax how many one user may have: they hold descriptors and share modes
     */
    public DurableOpens(BreakClock clock, int perUserMax) {
        this.clock = clock;
        this.perUserMax = perUserMax;
    }

    /** 3.3.7.1 Handling Loss of a Connection: keeps the open if it is to be preserved; else it is to be closed. */
    public boolean park(OpenHandle open) {
        Durability durability = open.durability().orElse(null);
        if (durability == null
                || ended && durability.kind() != Durability.Kind.PERSISTENT
                || !(open.resource() instanceof OpenResource.File file)
                || !isPreserved(durability, file.open().caching().state())) {
            return false;
        }
        if (counts.merge(durability.owner(), 1, Integer::sum) > perUserMax) {
            LOG.warn("{} has too many durable opens without a connection; one is closed", durability.owner());
            uncount(durability);
            return false;
        }
        ParkedOpen kept = new ParkedOpen(open, file, durability);
        long id = open.fileId().persistentId();
        parked.put(id, kept);
        if (durability.kind() == Durability.Kind.PERSISTENT) {
            persistent.incrementAndGet();
        }
        if (!open.park(kept::idle)) { // its client has closed it
            forget(kept);
            return false;
        }
        file.open().caching().answered(); // whatever it was granted, breaks wait for its client no more
        clock.after(durability.timeout(), () -> overdue(kept));
        if (ended && durability.kind() != Durability.Kind.PERSISTENT) {
            close(kept);
        }
        return true;
    }

    private static boolean isPreserved(Durability durability, CachingState caching) {
        return durability.kind() != Durability.Kind.DURABLE
                || Caching.has(caching.state(), Caching.HANDLE) && !caching.breaking();
    }

    /** The open with this FileId.Persistent. */
    public Optional<ParkedOpen> find(long persistentId) {
        return Optional.ofNullable(parked.get(persistentId));
    }

    /** The persistent open with this Open.CreateGuid. */
    public Optional<ParkedOpen> findPersistent(Guid createGuid) {
        return persistent()
                .filter(kept -> kept.durability().createGuid().equals(Optional.of(createGuid)))
                .findFirst();
    }

    /** Whether a persistent open of this file of a share waits for its client: nobody gets in between. */
    public boolean isHeld(String share, String path) {
        return persistent()
                .anyMatch(kept -> kept.handle().tree().share().name().equalsIgnoreCase(share)
                        && kept.file().open().isAt(path));
    }

    private Stream<ParkedOpen> persistent() {
        return persistent.get() == 0
                ? Stream.of()
                : parked.values().stream().filter(kept -> kept.durability().kind() == Durability.Kind.PERSISTENT);
    }

    /** All of them; a live view. */
    public Collection<ParkedOpen> all() {
        return Collections.unmodifiableCollection(parked.values());
    }

    /**
     * Goes on with an open in another session.
     *
     * @return empty if somebody else has it, or it was closed
     * @throws org.smbd.core.status.SmbException INSUFFICIENT_RESOURCES if the session has too many opens; it stays
     */
    public Optional<OpenHandle> reconnect(ParkedOpen kept, Session session, TreeConnect tree) {
        session.requireRoom();
        if (!kept.take()) {
            return Optional.empty();
        }
        forget(kept);
        return Optional.of(session.adopt(tree, kept));
    }

    /** Its client has lost what made it durable: MS-SMB2 3.3.4.6, 3.3.4.7, where Open.Connection is NULL. */
    public void cacheLost(FileId fileId) {
        find(fileId.persistentId())
                .filter(kept -> kept.durability().kind() == Durability.Kind.DURABLE)
                .ifPresent(this::close);
    }

    /** Closes one; may block on the disk. */
    public void close(ParkedOpen kept) {
        kept.close();
        forget(kept);
    }

    private void overdue(ParkedOpen kept) {
        if (!ended) {
            close(kept);
        }
    }

    /** Closes all, and keeps none any more. The persistent ones stay as they are: the next server goes on with them. */
    public void end() {
        ended = true;
        for (ParkedOpen kept : parked.values()) {
            if (kept.durability().kind() == Durability.Kind.PERSISTENT) {
                forget(kept);
            } else {
                close(kept);
            }
        }
    }

    private void forget(ParkedOpen kept) {
        if (parked.remove(kept.handle().fileId().persistentId(), kept)) {
            uncount(kept.durability());
            if (kept.durability().kind() == Durability.Kind.PERSISTENT) {
                persistent.decrementAndGet();
            }
        }
    }

    private void uncount(Durability durability) {
        counts.computeIfPresent(durability.owner(), (owner, count) -> count == 1 ? null : count - 1);
    }
}

package org.smbd.vfs.oplock;

import java.util.Optional;
import org.smbd.core.type.Guid;

/** The caching that an open asks for. MS-FSA 2.1.5.18 Server Requests an Oplock. */
public sealed interface CachingRequest {
    /** No caching is asked for. */
    record Nothing() implements CachingRequest {
        public static final Nothing INSTANCE = new Nothing();
    }

    /** No caching is asked for, and no data is looked at: the open itself breaks nothing, nor does what it renames. */
    record Unnoticed() implements CachingRequest {
        public static final Unnoticed INSTANCE = new Unnoticed();
    }

    /**
     * An oplock of the open alone.
     *
     * @param state {@link Caching#LEVEL_TWO}, {@link Caching#EXCLUSIVE} or {@link Caching#BATCH}
     * @param levelTwo whether level II may be granted, in place of more, too
     * @param listener who is told of breaks
     */
    record Oplock(int state, boolean levelTwo, BreakListener listener) implements CachingRequest {}

    /**
     * A lease, shared by all opens with the key.
     *
     * @param state the {@link Caching} bits wanted
     * @param parentKey key of the lease on the directory, which this open's own changes leave alone
     * @param version 1, or 2 for one that counts epochs
     * @param onDirectories whether it may be on a directory
     * @param epoch where the count of a new lease begins
     * @param listener who is told of breaks
     */
    record Lease(
            LeaseKey key,
            int state,
            Optional<Guid> parentKey,
            int version,
            boolean onDirectories,
            int epoch,
            BreakListener listener)
            implements CachingRequest {}

    /** The key of a lease. */
    default Optional<LeaseKey> leaseKey() {
        return this instanceof Lease lease ? Optional.of(lease.key()) : Optional.empty();
    }

    /** Open.ParentOplockKey. */
    default Optional<LeaseKey> parentLeaseKey() {
        return this instanceof Lease lease
                ? lease.parentKey().map(parent -> new LeaseKey(lease.key().client(), parent))
                : Optional.empty();
    }
}

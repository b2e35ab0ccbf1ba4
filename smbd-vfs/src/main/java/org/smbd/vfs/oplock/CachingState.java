package org.smbd.vfs.oplock;

import java.util.Optional;
import org.smbd.core.type.Guid;

/**
 * What an open may cache just now.
 *
 * @param lease the lease it belongs to; empty for an oplock
 * @param parentKey as the lease was asked for
 * @param version of the lease, which is that of its first open; 0 for an oplock
 * @param state {@link Caching} bits; while it breaks, those held before
 * @param breaking whether an acknowledgement is awaited
 * @param epoch of the lease
 */
public record CachingState(
        Optional<LeaseKey> lease, Optional<Guid> parentKey, int version, int state, boolean breaking, int epoch) {
    /** Nothing. */
    public static final CachingState NOTHING =
            new CachingState(Optional.empty(), Optional.empty(), 0, Caching.NONE, false, 0);
}

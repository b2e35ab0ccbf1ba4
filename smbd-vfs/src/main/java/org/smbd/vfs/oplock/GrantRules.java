package org.smbd.vfs.oplock;

import java.util.Collection;
import java.util.List;

/**
 * What may be cached beside what others cache and have open: MS-FSA 2.1.5.18.1 Algorithm to Request an Exclusive
 * Oplock, 2.1.5.18.2 Algorithm to Request a Shared Oplock. Looks at the holders and opens of one file, and changes
 * nothing.
 */
final class GrantRules {
    private GrantRules() {}

    /**
     * What can be had of a lease.
     *
     * @param own the lease itself
     * @param wanted {@link Caching} bits
     * @param deletePending Stream.IsDeleted
     * @param locked whether there are byte-range locks
     */
    static int lease(
            List<CacheHolder> holders,
            Collection<OpenCaching> opens,
            OpenCaching open,
            CacheHolder own,
            int wanted,
            boolean deletePending,
            boolean locked) {
        int state = wanted;
        if (Caching.has(state, Caching.WRITE) && othersUse(opens, open, own)) {
            state &= ~Caching.WRITE;
        }
        boolean levelTwo = false;
        for (CacheHolder holder : holders) {
            if (holder != own && Caching.has(holder.state(), Caching.WRITE)) {
                return Caching.NONE;
            }
            levelTwo |= holder.isLevelTwo();
        }
        if (!Caching.has(state, Caching.WRITE) && locked) {
            return Caching.NONE;
        }
        if (deletePending || levelTwo) {
            state &= ~Caching.HANDLE;
        }
        return state;
    }

    /** What can be had of an oplock. */
    static int oplock(
            List<CacheHolder> holders,
            Collection<OpenCaching> opens,
            OpenCaching open,
            CachingRequest.Oplock request,
            boolean locked) {
        if (request.state() != Caching.LEVEL_TWO && !othersUse(opens, open, null)) {
            return request.state();
        }
        boolean mayShare = request.levelTwo() && !locked && !anyHolds(holders, Caching.WRITE | Caching.HANDLE);
        return mayShare ? Caching.LEVEL_TWO : Caching.NONE;
    }

    /** Whether anybody else does more with the file than look at its attributes. */
    private static boolean othersUse(Collection<OpenCaching> opens, OpenCaching open, CacheHolder own) {
        for (OpenCaching other : opens) {
            boolean same = other == open || own != null && other.holder() == own;
            boolean caches = other.holder() != null && other.holder().state() != Caching.NONE;
            if (!same && (caches || !other.isStat(true))) {
                return true;
            }
        }
        return false;
    }

    private static boolean anyHolds(List<CacheHolder> holders, int bits) {
        return holders.stream().anyMatch(holder -> Caching.hasAny(holder.state(), bits));
    }
}

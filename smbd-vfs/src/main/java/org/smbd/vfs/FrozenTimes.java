package org.smbd.vfs;

import org.smbd.core.type.FileTime;

/**
 * The times that a client has set, or frozen, through one open, and that the open's own operations leave alone: MS-FSA
 * 2.1.1.6 Per Open, UserSetModificationTime, UserSetAccessTime, UserSetChangeTime.
 */
final class FrozenTimes {
    /** Times to put back, FILETIME ticks; 0 for one that goes on. */
    record Kept(long lastAccessTime, long lastWriteTime, long changeTime) {
        static final Kept NONE = new Kept(0, 0, 0);

        boolean isNone() {
            return equals(NONE);
        }
    }

    private volatile Kept kept = Kept.NONE;

    /** What operations have to put back. */
    Kept kept() {
        return kept;
    }

    /** Takes what a client sets; {@code now} are the times that a freeze keeps. */
    synchronized void set(BasicInformation wanted, Kept now) {
        kept = new Kept(
                next(kept.lastAccessTime(), wanted.lastAccessTime(), now.lastAccessTime()),
                next(kept.lastWriteTime(), wanted.lastWriteTime(), now.lastWriteTime()),
                next(kept.changeTime(), wanted.changeTime(), now.changeTime()));
    }

    private static long next(long before, long wanted, long now) {
        if (wanted == FileTime.UNCHANGED) {
            return before;
        }
        if (wanted == FileTime.THAW) {
            return 0;
        }
        return wanted == FileTime.FREEZE ? now : wanted;
    }
}

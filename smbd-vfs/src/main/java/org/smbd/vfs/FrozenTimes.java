package org.smbd.vfs;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.smbd.core.type.FileTime;

/**
 * The times that a client has set, or frozen, through one open, and that the open's own writes leave alone: MS-FSA
 * 2.1.5.15.2 FileBasicInformation, UserSetModificationTime and its like.
 */
final class FrozenTimes {
    /** 0 while writes change it. */
    @GuardedBy("this")
    private long lastWriteTime;

    @GuardedBy("this")
    private long lastAccessTime;

    /** Takes what a client sets; {@code now} is what a freeze keeps. */
    synchronized void set(long newAccessTime, long newWriteTime, long accessNow, long writeNow) {
        lastAccessTime = next(lastAccessTime, newAccessTime, accessNow);
        lastWriteTime = next(lastWriteTime, newWriteTime, writeNow);
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

    /** The modification time to put back after a write; 0 if there is none. */
    synchronized long lastWriteTime() {
        return lastWriteTime;
    }

    /** The access time to put back after a read; 0 if there is none. */
    synchronized long lastAccessTime() {
        return lastAccessTime;
    }
}

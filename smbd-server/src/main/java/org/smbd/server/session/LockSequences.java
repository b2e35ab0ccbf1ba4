package org.smbd.server.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/**
 * Tells a LOCK request that was sent again, for its answer was lost with a channel: Open.LockSequenceArray of MS-SMB2
 * 3.3.1.10 Per Open. Most opens never use it, and then it takes no memory.
 */
public final class LockSequences {
    /** 3.3.5.9: entries of the array; LockSequenceIndex counts from 1. */
    private static final int INDEX_MAX = 64;

    /** The number of each index, plus one; 0: not Valid. */
    @GuardedBy("this")
    private byte[] numbers;

    /**
     * 3.3.5.14 Receiving an SMB2 LOCK Request: whether the last request of this index that succeeded had this number.
     * One with another number takes its place, and is to be told of by {@link #succeeded}.
     */
    public synchronized boolean isReplay(int index, int number) {
        if (!isIndex(index) || numbers == null) {
            return false;
        }
        if (numbers[index - 1] == number + 1) {
            return true;
        }
        numbers[index - 1] = 0;
        return false;
    }

    /** 3.3.5.14.1 Processing Unlocks, 3.3.5.14.2 Processing Locks: the request was carried out. */
    public synchronized void succeeded(int index, int number) {
        if (isIndex(index)) {
            if (numbers == null) {
                numbers = new byte[INDEX_MAX];
            }
            numbers[index - 1] = (byte) (number + 1);
        }
    }

    private static boolean isIndex(int index) {
        return index > 0 && index <= INDEX_MAX;
    }
}

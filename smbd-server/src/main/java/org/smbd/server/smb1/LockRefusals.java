package org.smbd.server.smb1;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.smbd.core.status.NtStatus;

/**
 * How the locks of one open are refused. Windows tells a client that asks again for the same offset FILE_LOCK_CONFLICT
 * rather than LOCK_NOT_GRANTED, so that it waits a while; and DOS programs, which use the highest offsets as
 * semaphores, are told so at once.
 */
final class LockRefusals {
    private static final long SEMAPHORES_START = 0xEF00_0000L;

    @GuardedBy("this")
    private boolean refused;

    @GuardedBy("this")
    private long offset;

    /** The status of a refusal. */
    synchronized NtStatus status(NtStatus status, long refusedOffset, boolean waited) {
        if (status != NtStatus.LOCK_NOT_GRANTED && status != NtStatus.FILE_LOCK_CONFLICT) {
            return status;
        }
        boolean again = refused && offset == refusedOffset;
        refused = true;
        offset = refusedOffset;
        return again || waited || refusedOffset >= SEMAPHORES_START
                ? NtStatus.FILE_LOCK_CONFLICT
                : NtStatus.LOCK_NOT_GRANTED;
    }
}

package org.smbd.server.smb1;

import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb1.Smb1Header;

/** A message that waits, as NT_CANCEL finds it. Compared by identity. */
final class Smb1Pending {
    private final Smb1Header header;
    private final Smb1Reply.Waiting waiting;

    Smb1Pending(Smb1Call call, Smb1Reply.Waiting waiting) {
        this.header = call.header();
        this.waiting = waiting;
    }

    /** Whether a cancel names it. MS-CIFS 3.3.5.52 Receiving an SMB_COM_NT_CANCEL Request. */
    boolean isNamedBy(Smb1Header cancel) {
        return header.mid() == cancel.mid()
                && header.pid() == cancel.pid()
                && header.uid() == cancel.uid()
                && header.tid() == cancel.tid();
    }

    boolean isOfTree(int tid) {
        return header.tid() == tid;
    }

    boolean isOfSession(int uid) {
        return header.uid() == uid;
    }

    /** A lock that waits. */
    interface LockWait {
        /** Whether it is this range of this open, written with 64 or 32 bits. */
        boolean isFor(int fid, boolean large, long offset, long length);
    }

    /** Whether it waits for a lock of this range. */
    boolean waitsFor(int fid, boolean large, long offset, long length) {
        return waiting instanceof LockWait lock && lock.isFor(fid, large, offset, length);
    }

    boolean cancel(NtStatus status) {
        return waiting.cancel(status);
    }
}

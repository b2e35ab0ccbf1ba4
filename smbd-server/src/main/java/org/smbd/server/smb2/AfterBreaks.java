package org.smbd.server.smb2;

import java.util.function.Supplier;
import org.smbd.core.status.NtStatus;
import org.smbd.server.pipeline.PendingReply;
import org.smbd.server.pipeline.Reply;
import org.smbd.server.session.OpenHandle;
import org.smbd.vfs.BreakWait;
import org.smbd.vfs.Outcome;
import org.smbd.vfs.RetriedAfterBreak;

/**
 * A change that waits until others have given up the handles that they only cache, as often as it has to, and is made
 * then. It holds on to its open: a CLOSE comes behind it.
 */
final class AfterBreaks {
    private AfterBreaks() {}

    /**
     * Makes the change, now or later.
     *
     * @param prepare breaks; asked again after each wait
     * @param change makes it, and may block on the disk
     */
    static Reply reply(OpenHandle handle, Supplier<Outcome<Void>> prepare, Supplier<Reply> change) {
        if (!handle.acquire()) {
            return Reply.failure(NtStatus.FILE_CLOSED);
        }
        boolean waits = false;
        try {
            Outcome<Reply> outcome = RetriedAfterBreak.of(
                    () -> {
                        BreakWait.unlessDone(prepare.get());
                        return new Outcome.Done<>(change.get());
                    },
                    made -> {}); // what was made while the request was cancelled stays made
            if (outcome instanceof Outcome.Wait<Reply> wait) {
                waits = true;
                return new Reply.Pending(PendingReply.of(wait.operation(), made -> {
                    handle.release();
                    return answer(made);
                }));
            }
            return answer(outcome);
        } finally {
            if (!waits) {
                handle.release();
            }
        }
    }

    private static Reply answer(Outcome<Reply> outcome) {
        return outcome instanceof Outcome.Done<Reply> done
                ? done.value()
                : Reply.failure(((Outcome.Fail<Reply>) outcome).status());
    }
}

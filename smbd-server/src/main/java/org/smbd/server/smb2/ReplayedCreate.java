package org.smbd.server.smb2;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.smbd.core.status.NtStatus;
import org.smbd.server.pipeline.PendingReply;
import org.smbd.server.pipeline.Reply;
import org.smbd.server.session.ReplayableCreate;

/**
 * A CREATE that its client may send again when its answer is lost: it goes on when its connection is lost, and is
 * forgotten when it makes no open.
 */
final class ReplayedCreate {
    private ReplayedCreate() {}

    /** Carries it out. */
    static Reply carryOut(ReplayableCreate create, Supplier<Reply> open) {
        boolean waits = false;
        try {
            Reply reply = open.get();
            if (reply instanceof Reply.Pending pending) {
                waits = true;
                return new Reply.Pending(new Wait(create, pending.later()));
            }
            return reply;
        } finally {
            if (!waits) {
                create.endUnlessDone();
            }
        }
    }

    private record Wait(ReplayableCreate create, PendingReply later) implements PendingReply {
        @Override
        public void onDone(Consumer<Reply> sender) {
            later.onDone(reply -> {
                create.endUnlessDone();
                sender.accept(reply);
            });
        }

        @Override
        public boolean cancel(NtStatus status) {
            return later.cancel(status);
        }

        @Override
        public boolean outlivesConnection() {
            return true;
        }
    }
}

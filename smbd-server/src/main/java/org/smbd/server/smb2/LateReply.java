package org.smbd.server.smb2;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.smbd.core.status.NtStatus;
import org.smbd.server.pipeline.PendingReply;
import org.smbd.server.pipeline.Reply;

/** A reply that is ready and given later, so that guessing passwords takes time. Holds no thread. */
record LateReply(Reply reply, Duration delay, ScheduledExecutorService timer) implements PendingReply {
    @Override
    public void onDone(Consumer<Reply> sender) {
        timer.schedule(() -> sender.accept(reply), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public boolean cancel(NtStatus status) {
        return false;
    }
}

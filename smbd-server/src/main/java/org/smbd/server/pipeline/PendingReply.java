package org.smbd.server.pipeline;

import java.util.function.Consumer;
import java.util.function.Function;
import org.smbd.core.status.NtStatus;
import org.smbd.vfs.Outcome;

/** A request that waits: MS-SMB2 3.3.4.2 Sending an Interim Response for an Asynchronous Operation. */
public interface PendingReply {
    /** Says who sends the reply, once; called on the completing thread with no lock held. */
    void onDone(Consumer<Reply> sender);

    /**
     * Ends the wait; the sender is told a failure with {@code status}.
     *
     * @return whether this call ended it
     */
    boolean cancel(NtStatus status);

    /**
     * Whether the wait goes on when the connection is lost and the session is not: the client asks for the answer over
     * another one.
     */
    default boolean outlivesConnection() {
        return false;
    }

    /** Waits for {@code operation} and answers what {@code translate} makes of its outcome. */
    static <T> PendingReply of(Outcome.Operation<T> operation, Function<Outcome<T>, Reply> translate) {
        return new PendingReply() {
            @Override
            public void onDone(Consumer<Reply> sender) {
                operation.onDone(outcome -> sender.accept(translate.apply(outcome)));
            }

            @Override
            public boolean cancel(NtStatus status) {
                return operation.cancel(status);
            }
        };
    }
}

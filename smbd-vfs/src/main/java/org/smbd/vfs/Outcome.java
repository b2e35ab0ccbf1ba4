package org.smbd.vfs;

import java.util.function.Consumer;
import org.smbd.core.status.NtStatus;

/** What an operation that may fail often, or may have to wait, comes to. */
public sealed interface Outcome<T> {
    /** It is done. */
    record Done<T>(T value) implements Outcome<T> {}

    /** It failed; nothing was changed. */
    record Fail<T>(NtStatus status) implements Outcome<T> {}

    /** It waits for another's act. */
    record Wait<T>(Operation<T> operation) implements Outcome<T> {}

    /** A waiting operation; exactly one of completion and cancel wins. */
    interface Operation<T> {
        /**
         * Says who is told of the result, once; at once, on this thread, if there is one already. Else the receiver
         * runs on the thread that completes the operation, with no lock held.
         */
        void onDone(Consumer<Outcome<T>> receiver);

        /**
         * Ends it with {@code status} if it still waits; the receiver is told.
         *
         * @return whether this call ended it
         */
        boolean cancel(NtStatus status);
    }
}

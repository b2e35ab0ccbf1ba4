package org.smbd.vfs;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.smbd.core.status.NtStatus;

/** The change notifications that wait on one open directory. MS-FSA 2.1.5.11, 2.1.5.5 (NOTIFY_CLEANUP at close). */
final class PendingNotifications {
    @GuardedBy("this")
    private final Set<Watch> watches = new LinkedHashSet<>();

    @GuardedBy("this")
    private boolean closed;

    private final class Watch implements Outcome.Operation<List<ChangeNotification>> {
        private final AtomicReference<Outcome<List<ChangeNotification>>> result = new AtomicReference<>();
        private final AtomicReference<Consumer<Outcome<List<ChangeNotification>>>> receiver = new AtomicReference<>();

        @Override
        public void onDone(Consumer<Outcome<List<ChangeNotification>>> told) {
            receiver.set(told);
            tell();
        }

        @Override
        public boolean cancel(NtStatus status) {
            synchronized (PendingNotifications.this) {
                watches.remove(this);
            }
            return end(status);
        }

        boolean end(NtStatus status) {
            boolean first = result.compareAndSet(null, new Outcome.Fail<>(status));
            tell();
            return first;
        }

        private void tell() {
            if (result.get() != null) {
                Consumer<Outcome<List<ChangeNotification>>> told = receiver.getAndSet(null);
                if (told != null) {
                    told.accept(result.get());
                }
            }
        }
    }

    /** A new one that waits; ended at once if the open is closed. */
    Outcome<List<ChangeNotification>> add() {
        Watch watch = new Watch();
        synchronized (this) {
            if (closed) {
                return new Outcome.Fail<>(NtStatus.NOTIFY_CLEANUP);
            }
            watches.add(watch);
        }
        return new Outcome.Wait<>(watch);
    }

    /** Ends all, in the order in which they came. */
    void close() {
        List<Watch> ended;
        synchronized (this) {
            closed = true;
            ended = List.copyOf(watches);
            watches.clear();
        }
        ended.forEach(watch -> watch.end(NtStatus.NOTIFY_CLEANUP));
    }
}

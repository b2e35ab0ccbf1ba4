package org.smbd.vfs.notify;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.smbd.core.status.NtStatus;
import org.smbd.vfs.ChangeNotification;
import org.smbd.vfs.Outcome;

/**
 * What one open of a directory watches: MS-FSA 2.1.1.8 Per ChangeNotifyEntry.
 *
 * <pre>
 *   NEW --first request--> WATCHING --close--> CLOSED
 *    ^                        |
 *    +----- delete pending ---+
 * </pre>
 *
 * <p>The first request settles filter, depth and the size of the buffer. Changes are kept from then on, also while no
 * request waits; what does not fit the buffer is forgotten, and the next answer says so. Requests are answered in the
 * order they came. The lock is a leaf; requests are told after it is released.
 */
public final class DirectoryWatch {
    private static final int RECORD_FIXED_BYTES = 12;
    private static final int RECORD_ALIGNMENT = 4;

    /** What is watched. */
    private record Interest(int filter, boolean tree) {}

    private final ChangeHub hub;
    private final UnaryOperator<String> clientPath;

    /** Null while nothing is watched. Written under the lock. */
    private volatile Interest interest;

    @GuardedBy("this")
    private String location;

    @GuardedBy("this")
    private int bufferBytesMax;

    @GuardedBy("this")
    private final List<ChangeNotification> events = new ArrayList<>();

    /** What {@link #events} take in an answer. */
    @GuardedBy("this")
    private int eventBytes;

    @GuardedBy("this")
    private boolean overflowed;

    @GuardedBy("this")
    private final Deque<Request> requests = new ArrayDeque<>();

    @GuardedBy("this")
    private boolean closed;

    DirectoryWatch(ChangeHub hub, String location, UnaryOperator<String> clientPath) {
        this.hub = hub;
        this.location = location;
        this.clientPath = clientPath;
    }

    /** A request that waits for the next change. */
    private final class Request implements Outcome.Operation<List<ChangeNotification>> {
        final int outputBytesMax;
        private final AtomicReference<Outcome<List<ChangeNotification>>> result = new AtomicReference<>();
        private final AtomicReference<Consumer<Outcome<List<ChangeNotification>>>> receiver = new AtomicReference<>();

        Request(int outputBytesMax) {
            this.outputBytesMax = outputBytesMax;
        }

        @Override
        public void onDone(Consumer<Outcome<List<ChangeNotification>>> told) {
            receiver.set(told);
            tell();
        }

        @Override
        public boolean cancel(NtStatus status) {
            synchronized (DirectoryWatch.this) {
                if (!requests.remove(this)) {
                    return false;
                }
                result.set(new Outcome.Fail<>(status));
            }
            tell();
            return true;
        }

        void tell() {
            if (result.get() != null) {
                Consumer<Outcome<List<ChangeNotification>>> told = receiver.getAndSet(null);
                if (told != null) {
                    told.accept(result.get());
                }
            }
        }
    }

    /**
     * MS-FSA 2.1.5.11 Server Requests Change Notifications for a Directory.
     *
     * @param completionFilter counts only with the first request, as does {@code watchTree}
     * @param outputBytesMax bytes that the answer may take, unsigned; that of the first request bounds what is kept
     * @return the changes, in order; none where they do not fit: NOTIFY_ENUM_DIR
     */
    public synchronized Outcome<List<ChangeNotification>> request(
            int completionFilter, boolean watchTree, int outputBytesMax) {
        if (closed) {
            return new Outcome.Fail<>(NtStatus.NOTIFY_CLEANUP);
        }
        int wanted = outputBytesMax < 0 ? Integer.MAX_VALUE : outputBytesMax;
        if (interest == null) {
            interest = new Interest(completionFilter, watchTree);
            bufferBytesMax = Math.min(wanted, hub.limits().bytesPerOpenMax());
            hub.add(location, this);
        }
        if (overflowed || !events.isEmpty()) {
            return new Outcome.Done<>(take(wanted));
        }
        Request request = new Request(wanted);
        requests.add(request);
        return new Outcome.Wait<>(request);
    }

    /** 2.1.5.11.1 Waiting for Change Notification to be Reported. */
    @GuardedBy("this")
    private List<ChangeNotification> take(int outputBytesMax) {
        List<ChangeNotification> taken = overflowed || eventBytes > outputBytesMax ? List.of() : List.copyOf(events);
        overflowed = false;
        forgetEvents();
        return taken;
    }

    @GuardedBy("this")
    private void forgetEvents() {
        events.clear();
        hub.giveBack(eventBytes);
        eventBytes = 0;
    }

    /** Whether a change is to be told. */
    boolean wants(int filterMatch, boolean direct) {
        Interest wanted = interest;
        return wanted != null && (wanted.filter() & filterMatch) != 0 && (direct || wanted.tree());
    }

    /** Whether the whole tree is watched. */
    public boolean isTree() {
        Interest wanted = interest;
        return wanted != null && wanted.tree();
    }

    /** The name that the client knows for a path of the host below the directory. */
    String clientPath(String hostPath) {
        return clientPath.apply(hostPath);
    }

    /** Takes changes, all or none; returns what is to be run with no lock held. */
    synchronized Optional<Runnable> append(List<ChangeNotification> changes) {
        if (interest == null || closed) {
            return Optional.empty();
        }
        for (ChangeNotification change : changes) {
            keep(change);
        }
        return answerNext();
    }

    /** Changes are missing: 3.3.5.19 has the client look for itself. */
    synchronized Optional<Runnable> overflow() {
        if (interest == null || closed) {
            return Optional.empty();
        }
        forgetEvents();
        overflowed = true;
        return answerNext();
    }

    @GuardedBy("this")
    private void keep(ChangeNotification change) {
        if (overflowed || isRepetition(change)) {
            return;
        }
        int begin = (eventBytes + RECORD_ALIGNMENT - 1) & -RECORD_ALIGNMENT;
        long end = begin + RECORD_FIXED_BYTES + 2L * change.name().length();
        if (end > bufferBytesMax || !hub.take((int) end - eventBytes)) {
            forgetEvents();
            overflowed = true;
            return;
        }
        events.add(change);
        eventBytes = (int) end;
    }

    /** A file that is written to in a hundred steps was modified once, as long as nobody has read of it. */
    @GuardedBy("this")
    private boolean isRepetition(ChangeNotification change) {
        return !events.isEmpty()
                && FileAction.isRepeatable(change.action())
                && events.get(events.size() - 1).equals(change);
    }

    @GuardedBy("this")
    private Optional<Runnable> answerNext() {
        if (requests.isEmpty() || events.isEmpty() && !overflowed) {
            return Optional.empty();
        }
        Request next = requests.remove();
        next.result.set(new Outcome.Done<>(take(next.outputBytesMax)));
        return Optional.of(next::tell);
    }

    /** The directory got another name. */
    public void moved(String newLocation) {
        synchronized (this) {
            if (interest != null && !closed) {
                hub.add(newLocation, this);
                hub.remove(location, this);
            }
            location = newLocation;
        }
    }

    /** The open is closed: 2.1.5.5, phase 5. */
    public void close() {
        List<Request> ended;
        synchronized (this) {
            closed = true;
            ended = end(NtStatus.NOTIFY_CLEANUP);
        }
        ended.forEach(Request::tell);
    }

    /** The directory is to be deleted: 2.1.5.15.3 FileDispositionInformation. */
    void deletePending() {
        List<Request> ended;
        synchronized (this) {
            ended = end(NtStatus.DELETE_PENDING);
        }
        ended.forEach(Request::tell);
    }

    @GuardedBy("this")
    private List<Request> end(NtStatus status) {
        if (interest != null) {
            interest = null;
            hub.remove(location, this);
        }
        overflowed = false;
        forgetEvents();
        List<Request> ended = List.copyOf(requests);
        requests.clear();
        ended.forEach(request -> request.result.set(new Outcome.Fail<>(status)));
        return ended;
    }
}

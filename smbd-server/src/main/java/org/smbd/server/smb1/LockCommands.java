package org.smbd.server.smb1;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb1.Smb1DataRequest;
import org.smbd.server.session.OpenResource;
import org.smbd.vfs.ByteRange;
import org.smbd.vfs.LockOwner;
import org.smbd.vfs.Outcome;
import org.smbd.vfs.oplock.Acknowledged;

/** Commands that lock ranges of bytes: MS-CIFS 3.3.5.15, 3.3.5.16, 3.3.5.30. */
final class LockCommands {
    private static final int FOREVER = -1;

    private final int locksMax;
    private final ScheduledExecutorService timer;

    /** @param locksMax byte-range locks that one open may hold */
    LockCommands(int locksMax, ScheduledExecutorService timer) {
        this.locksMax = locksMax;
        this.timer = timer;
    }

    /** SMB_COM_LOCK_BYTE_RANGE. */
    Smb1Reply lockByteRange(Smb1Call call) {
        Smb1DataRequest.LockByteRange request = Smb1DataRequest.LockByteRange.decode(call.block());
        ByteRange range = new ByteRange(request.offset(), request.length(), ByteRange.Action.EXCLUSIVE_LOCK, true);
        lockNow(call.open(request.fid()), call.file(request.fid()), range, call.owner());
        return Smb1Reply.DONE;
    }

    /** SMB_COM_UNLOCK_BYTE_RANGE. */
    Smb1Reply unlockByteRange(Smb1Call call) {
        Smb1DataRequest.LockByteRange request = Smb1DataRequest.LockByteRange.decode(call.block());
        ByteRange range = new ByteRange(request.offset(), request.length(), ByteRange.Action.UNLOCK, true);
        unlock(call.open(request.fid()), call.file(request.fid()), range, call.owner());
        return Smb1Reply.DONE;
    }

    /** Takes a lock at once, or throws. */
    void lockNow(Smb1Open open, OpenResource.File file, ByteRange range, LockOwner owner) {
        reserve(open, 1);
        Outcome<Void> outcome = file.files().lock(file.open(), List.of(range), owner);
        if (outcome instanceof Outcome.Fail<Void> fail) {
            open.handle().releaseLocks(1);
            throw open.refusals().status(fail.status(), range.offset(), false).exception();
        }
    }

    private void reserve(Smb1Open open, int count) {
        if (!open.handle().reserveLocks(count, locksMax)) {
            throw NtStatus.INSUFFICIENT_RESOURCES.exception();
        }
    }

    /** Gives a lock back, or throws. */
    void unlock(Smb1Open open, OpenResource.File file, ByteRange range, LockOwner owner) {
        if (file.files().lock(file.open(), List.of(range), owner) instanceof Outcome.Fail<Void> fail) {
            throw fail.status().exception();
        }
        open.handle().releaseLocks(1);
    }

    /** SMB_COM_LOCKING_ANDX. */
    Smb1Reply lockingAndx(Smb1Call call) {
        Smb1DataRequest.Locking request = Smb1DataRequest.Locking.decode(call.block());
        Smb1Open open = call.open(request.fid());
        OpenResource.File file = call.file(request.fid());
        int type = request.typeOfLock();
        if ((type & Smb1DataRequest.Locking.OPLOCK_RELEASE) != 0) {
            release(open, file, request.oplockLevel());
            if (request.unlocks().isEmpty() && request.locks().isEmpty()) {
                return new Smb1Reply.None(); // no request of the client's, but its answer
            }
        }
        if ((type & Smb1DataRequest.Locking.CHANGE_TYPE) != 0) {
            // MS-CIFS 3.3.5.30 has it optional, and Windows does not do it: DOS error "no atomic locks".
            throw NtStatus.OS2_ATOMIC_LOCKS_NOT_SUPPORTED.exception();
        }
        for (Smb1DataRequest.Range range : request.unlocks()) {
            unlock(open, file, bytes(range, ByteRange.Action.UNLOCK, true), owner(range));
        }
        if ((type & Smb1DataRequest.Locking.CANCEL) != 0) {
            return cancel(call, request);
        }
        boolean waits = request.timeoutMillis() != 0 && !request.locks().isEmpty();
        ByteRange.Action action = (type & Smb1DataRequest.Locking.SHARED) != 0
                ? ByteRange.Action.SHARED_LOCK
                : ByteRange.Action.EXCLUSIVE_LOCK;
        reserve(open, request.locks().size());
        return new Taking(open, file, request, action, waits).next();
    }

    /** MS-CIFS 3.3.5.30: the client's answer to a break. What is no answer to one is passed over. */
    private static void release(Smb1Open open, OpenResource.File file, int level) {
        if (open.breaks() == null) {
            return;
        }
        Outcome<Acknowledged> outcome =
                file.open().caching().acknowledge(open.breaks().kept(level));
        if (outcome instanceof Outcome.Done<Acknowledged> done) {
            done.value().next().run();
        }
    }

    private static boolean isLarge(Smb1DataRequest.Locking request) {
        return (request.typeOfLock() & Smb1DataRequest.Locking.LARGE_FILES) != 0;
    }

    private static LockOwner owner(Smb1DataRequest.Range range) {
        return new LockOwner(range.pid());
    }

    private static ByteRange bytes(Smb1DataRequest.Range range, ByteRange.Action action, boolean failImmediately) {
        return new ByteRange(range.offset(), range.length(), action, failImmediately);
    }

    /** MS-CIFS 2.2.4.32.1 CANCEL_LOCK: ends a request of the same locks that waits. */
    private static Smb1Reply cancel(Smb1Call call, Smb1DataRequest.Locking request) {
        int found = 0;
        if (!request.locks().isEmpty()) {
            Smb1DataRequest.Range range = request.locks().get(0); // of several, Windows looks at the first
            found = call.connection()
                    .cancelWhere(
                            pending ->
                                    pending.waitsFor(request.fid(), isLarge(request), range.offset(), range.length()),
                            NtStatus.FILE_LOCK_CONFLICT);
        }
        if (found == 0) {
            throw NtStatus.OS2_CANCEL_VIOLATION.exception();
        }
        return Smb1Reply.DONE;
    }

    /**
     * Takes the locks of one request, one after the other; each may wait until the request's time is over. If one is
     * refused, those before it are given back.
     */
    private final class Taking {
        private final Smb1Open open;
        private final OpenResource.File file;
        private final Smb1DataRequest.Locking request;
        private final ByteRange.Action action;
        private final boolean waits;
        private final long deadlineNanos;
        private final List<Smb1DataRequest.Range> taken = new ArrayList<>();

        Taking(
                Smb1Open open,
                OpenResource.File file,
                Smb1DataRequest.Locking request,
                ByteRange.Action action,
                boolean waits) {
            this.open = open;
            this.file = file;
            this.request = request;
            this.action = action;
            this.waits = waits;
            this.deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(request.timeoutMillis());
        }

        Smb1Reply next() {
            while (taken.size() < request.locks().size()) {
                Smb1DataRequest.Range range = request.locks().get(taken.size());
                Outcome<Void> outcome =
                        file.files().lock(file.open(), List.of(bytes(range, action, !waits)), owner(range));
                if (outcome instanceof Outcome.Wait<Void> wait) {
                    return new Smb1Reply.Later(new TimedWait(this, range, wait.operation()));
                }
                if (outcome instanceof Outcome.Fail<Void> fail) {
                    return failed(open.refusals().status(fail.status(), range.offset(), waits));
                }
                taken.add(range);
            }
            return Smb1Reply.DONE;
        }

        Smb1Reply failed(NtStatus status) {
            for (Smb1DataRequest.Range range : taken) {
                file.files().lock(file.open(), List.of(bytes(range, ByteRange.Action.UNLOCK, true)), owner(range));
            }
            open.handle().releaseLocks(request.locks().size());
            return new Smb1Reply.Failure(status);
        }
    }

    /** A lock that waits, no longer than its request says. */
    private final class TimedWait implements Smb1Reply.Waiting, Smb1Pending.LockWait {
        private final Taking taking;
        private final Smb1DataRequest.Range range;
        private final Outcome.Operation<Void> operation;

        TimedWait(Taking taking, Smb1DataRequest.Range range, Outcome.Operation<Void> operation) {
            this.taking = taking;
            this.range = range;
            this.operation = operation;
        }

        @Override
        public boolean isFor(int fid, boolean large, long offset, long length) {
            return taking.open.fid() == fid
                    && isLarge(taking.request) == large
                    && range.offset() == offset
                    && range.length() == length;
        }

        @Override
        public void onDone(Consumer<Smb1Reply> receiver) {
            ScheduledFuture<?> timeOut = taking.request.timeoutMillis() == FOREVER
                    ? null
                    : timer.schedule(
                            () -> operation.cancel(NtStatus.FILE_LOCK_CONFLICT),
                            taking.deadlineNanos - System.nanoTime(),
                            TimeUnit.NANOSECONDS);
            operation.onDone(outcome -> {
                if (timeOut != null) {
                    timeOut.cancel(false);
                }
                if (outcome instanceof Outcome.Fail<Void> fail) {
                    receiver.accept(taking.failed(fail.status()));
                } else {
                    taking.taken.add(range);
                    receiver.accept(taking.next());
                }
            });
        }

        @Override
        public boolean cancel(NtStatus status) {
            return operation.cancel(status);
        }
    }
}

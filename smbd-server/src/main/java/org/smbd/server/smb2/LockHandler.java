package org.smbd.server.smb2;

import java.util.ArrayList;
import java.util.List;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.protocol.smb2.GlobalCapabilities;
import org.smbd.protocol.smb2.LockElement;
import org.smbd.protocol.smb2.LockRequest;
import org.smbd.protocol.smb2.LockResponse;
import org.smbd.server.conn.Negotiated;
import org.smbd.server.persistent.HeldLock;
import org.smbd.server.persistent.LockSequence;
import org.smbd.server.pipeline.PendingReply;
import org.smbd.server.pipeline.Reply;
import org.smbd.server.pipeline.RequestContext;
import org.smbd.server.session.OpenHandle;
import org.smbd.server.session.OpenResource;
import org.smbd.vfs.ByteRange;
import org.smbd.vfs.LockOwner;
import org.smbd.vfs.Outcome;

/** MS-SMB2 3.3.5.14 Receiving an SMB2 LOCK Request. */
public final class LockHandler {
    private static final Reply DONE = Reply.success(new LockResponse());

    private final int locksMax;

    /** @param locksMax byte-range locks that one open may hold */
    public LockHandler(int locksMax) {
        this.locksMax = locksMax;
    }

    /** A request on its open. */
    private record Call(OpenHandle handle, OpenResource.File file, LockRequest request, boolean inSequence) {
        boolean isReplay() {
            return inSequence
                    && handle.lockSequences().isReplay(request.lockSequenceIndex(), request.lockSequenceNumber());
        }

        Reply succeeded(List<HeldLock> added, List<HeldLock> removed) {
            LockSequence sequence = inSequence
                    ? new LockSequence(request.lockSequenceIndex(), request.lockSequenceNumber())
                    : LockSequence.NONE;
            handle.kept().ifPresent(kept -> kept.locked(sequence, added, removed)); // on disk before it is promised
            if (inSequence) {
                handle.lockSequences().succeeded(request.lockSequenceIndex(), request.lockSequenceNumber());
            }
            return DONE;
        }
    }

    public Reply handle(RequestContext context, LockRequest request) {
        OpenHandle handle = context.open(request.fileId());
        OpenResource.File file = OpenTarget.file(handle, NtStatus.INVALID_DEVICE_REQUEST);
        Call call = new Call(
                handle, file, request, countsSequences(context.connection().negotiated()));
        if (call.isReplay()) {
            return DONE;
        }
        boolean unlock = has(request.locks().get(0), LockElement.FLAG_UNLOCK);
        return unlock ? unlock(call) : lock(call);
    }

    /**
     * Whether a request may come twice: its answer can be lost where a session has several channels. Without them a
     * client that has lost its connection has lost its locks, too.
     */
    private static boolean countsSequences(Negotiated negotiated) {
        return negotiated.dialect().isSmb3()
                && (negotiated.serverCapabilities() & GlobalCapabilities.MULTI_CHANNEL) != 0;
    }

    /**
     * 3.3.5.14.1 Processing Unlocks: what was unlocked before a failure stays so. Windows, from 7 on, refuses
     * SMB2_LOCKFLAG_FAIL_IMMEDIATELY here; smb2.lock.valid-request pins it.
     */
    private static Reply unlock(Call call) {
        for (LockElement element : call.request().locks()) {
            if (element.flags() != LockElement.FLAG_UNLOCK) {
                return Reply.failure(NtStatus.INVALID_PARAMETER);
            }
            ByteRange range = new ByteRange(element.offset(), element.length(), ByteRange.Action.UNLOCK, true);
            OpenResource.File file = call.file();
            Outcome<Void> outcome = file.files().lock(file.open(), List.of(range), LockOwner.OPEN);
            if (outcome instanceof Outcome.Fail<Void> fail) {
                return Reply.failure(fail.status());
            }
            call.handle().releaseLocks(1);
        }
        return call.succeeded(List.of(), held(call.request()));
    }

    /** 3.3.5.14.2 Processing Locks. */
    private Reply lock(Call call) {
        List<LockElement> elements = call.request().locks();
        List<ByteRange> ranges = new ArrayList<>(elements.size());
        for (LockElement element : elements) {
            boolean failImmediately = has(element, LockElement.FLAG_FAIL_IMMEDIATELY);
            if (!failImmediately && elements.size() > 1) {
                return Reply.failure(NtStatus.INVALID_PARAMETER);
            }
            ranges.add(new ByteRange(element.offset(), element.length(), action(element), failImmediately));
        }
        if (!call.handle().reserveLocks(ranges.size(), locksMax)) {
            return Reply.failure(NtStatus.INSUFFICIENT_RESOURCES);
        }
        OpenResource.File file = call.file();
        Outcome<Void> outcome = file.files().lock(file.open(), ranges, LockOwner.OPEN);
        return outcome instanceof Outcome.Wait<Void> wait
                ? new Reply.Pending(PendingReply.of(wait.operation(), later -> reply(call, later)))
                : reply(call, outcome);
    }

    private static ByteRange.Action action(LockElement element) {
        return switch (element.flags() & ~LockElement.FLAG_FAIL_IMMEDIATELY) {
            case LockElement.FLAG_SHARED_LOCK -> ByteRange.Action.SHARED_LOCK;
            case LockElement.FLAG_EXCLUSIVE_LOCK -> ByteRange.Action.EXCLUSIVE_LOCK;
            default -> throw NtStatus.INVALID_PARAMETER.exception();
        };
    }

    private static Reply reply(Call call, Outcome<Void> outcome) {
        if (outcome instanceof Outcome.Fail<Void> fail) {
            call.handle().releaseLocks(call.request().locks().size());
            return Reply.failure(fail.status());
        }
        try {
            return call.succeeded(held(call.request()), List.of());
        } catch (SmbException failed) { // behind a wait nobody else makes a status of it
            return Reply.failure(failed.status());
        }
    }

    private static List<HeldLock> held(LockRequest request) {
        return request.locks().stream()
                .map(lock -> new HeldLock(lock.offset(), lock.length(), has(lock, LockElement.FLAG_EXCLUSIVE_LOCK)))
                .toList();
    }

    private static boolean has(LockElement element, int flag) {
        return (element.flags() & flag) != 0;
    }
}

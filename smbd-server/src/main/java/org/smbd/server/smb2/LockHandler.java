package org.smbd.server.smb2;

import java.util.ArrayList;
import java.util.List;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.LockElement;
import org.smbd.protocol.smb2.LockRequest;
import org.smbd.protocol.smb2.LockResponse;
import org.smbd.server.pipeline.PendingReply;
import org.smbd.server.pipeline.Reply;
import org.smbd.server.pipeline.RequestContext;
import org.smbd.server.session.OpenHandle;
import org.smbd.server.session.OpenResource;
import org.smbd.vfs.ByteRange;
import org.smbd.vfs.LockOwner;
import org.smbd.vfs.Outcome;

/**
 * MS-SMB2 3.3.5.14 Receiving an SMB2 LOCK Request. Lock sequences are verified only for opens that survive a connection
 * or have several channels, of which there are none.
 */
public final class LockHandler {
    private static final Reply DONE = Reply.success(new LockResponse());

    private final int locksMax;

    /** @param locksMax byte-range locks that one open may hold */
    public LockHandler(int locksMax) {
        this.locksMax = locksMax;
    }

    public Reply handle(RequestContext context, LockRequest request) {
        OpenHandle handle = context.open(request.fileId());
        OpenResource.File file = OpenTarget.file(handle, NtStatus.INVALID_DEVICE_REQUEST);
        boolean unlock = has(request.locks().get(0), LockElement.FLAG_UNLOCK);
        return unlock ? unlock(handle, file, request.locks()) : lock(handle, file, request.locks());
    }

    /** 3.3.5.14.1 Processing Unlocks: what was unlocked before a failure stays so. */
    private static Reply unlock(OpenHandle handle, OpenResource.File file, List<LockElement> elements) {
        for (LockElement element : elements) {
            if ((element.flags() & ~LockElement.FLAG_FAIL_IMMEDIATELY) != LockElement.FLAG_UNLOCK) {
                return Reply.failure(NtStatus.INVALID_PARAMETER);
            }
            ByteRange range = new ByteRange(element.offset(), element.length(), ByteRange.Action.UNLOCK, true);
            Outcome<Void> outcome = file.files().lock(file.open(), List.of(range), LockOwner.OPEN);
            if (outcome instanceof Outcome.Fail<Void> fail) {
                return Reply.failure(fail.status());
            }
            handle.releaseLocks(1);
        }
        return DONE;
    }

    /** 3.3.5.14.2 Processing Locks. */
    private Reply lock(OpenHandle handle, OpenResource.File file, List<LockElement> elements) {
        List<ByteRange> ranges = new ArrayList<>(elements.size());
        for (LockElement element : elements) {
            boolean failImmediately = has(element, LockElement.FLAG_FAIL_IMMEDIATELY);
            if (!failImmediately && elements.size() > 1) {
                return Reply.failure(NtStatus.INVALID_PARAMETER);
            }
            ranges.add(new ByteRange(element.offset(), element.length(), action(element), failImmediately));
        }
        int count = ranges.size();
        if (!handle.reserveLocks(count, locksMax)) {
            return Reply.failure(NtStatus.INSUFFICIENT_RESOURCES);
        }
        Outcome<Void> outcome = file.files().lock(file.open(), ranges, LockOwner.OPEN);
        return outcome instanceof Outcome.Wait<Void> wait
                ? new Reply.Pending(PendingReply.of(wait.operation(), later -> reply(handle, count, later)))
                : reply(handle, count, outcome);
    }

    private static ByteRange.Action action(LockElement element) {
        return switch (element.flags() & ~LockElement.FLAG_FAIL_IMMEDIATELY) {
            case LockElement.FLAG_SHARED_LOCK -> ByteRange.Action.SHARED_LOCK;
            case LockElement.FLAG_EXCLUSIVE_LOCK -> ByteRange.Action.EXCLUSIVE_LOCK;
            default -> throw NtStatus.INVALID_PARAMETER.exception();
        };
    }

    private static Reply reply(OpenHandle handle, int count, Outcome<Void> outcome) {
        if (outcome instanceof Outcome.Fail<Void> fail) {
            handle.releaseLocks(count);
            return Reply.failure(fail.status());
        }
        return DONE;
    }

    private static boolean has(LockElement element, int flag) {
        return (element.flags() & flag) != 0;
    }
}

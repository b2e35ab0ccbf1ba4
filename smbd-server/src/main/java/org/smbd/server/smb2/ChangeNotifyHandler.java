package org.smbd.server.smb2;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.smbd.core.file.AccessMask;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.fscc.NotifyAction;
import org.smbd.protocol.fscc.NotifyInfoWriter;
import org.smbd.protocol.smb2.ChangeNotifyRequest;
import org.smbd.protocol.smb2.ChangeNotifyResponse;
import org.smbd.server.pipeline.PendingReply;
import org.smbd.server.pipeline.Reply;
import org.smbd.server.pipeline.RequestContext;
import org.smbd.server.session.OpenResource;
import org.smbd.vfs.ChangeNotification;
import org.smbd.vfs.Outcome;

/** MS-SMB2 3.3.5.19 Receiving an SMB2 CHANGE_NOTIFY Request. */
public final class ChangeNotifyHandler {
    private static final int FIXED_BYTES = 8;
    private static final NotifyAction[] ACTIONS = NotifyAction.values();

    public Reply handle(RequestContext context, ChangeNotifyRequest request) {
        OpenTarget.requireAtMost(
                request.outputBufferLength(), context.connection().maxTransactSizeBytes());
        OpenResource.File directory = OpenTarget.directory(context.open(request.fileId()));
        OpenTarget.requireAll(directory.open(), AccessMask.FILE_LIST_DIRECTORY);
        int lengthMax = request.outputBufferLength();
        boolean watchTree = (request.flags() & ChangeNotifyRequest.FLAG_WATCH_TREE) != 0;
        Outcome<List<ChangeNotification>> outcome =
                directory.files().notifyChange(directory.open(), request.completionFilter(), watchTree, lengthMax);
        if (outcome instanceof Outcome.Wait<List<ChangeNotification>> wait) {
            return new Reply.Pending(PendingReply.of(wait.operation(), later -> reply(context, later, lengthMax)));
        }
        return reply(context, outcome, lengthMax);
    }

    private static Reply reply(RequestContext context, Outcome<List<ChangeNotification>> outcome, int lengthMax) {
        if (outcome instanceof Outcome.Done<List<ChangeNotification>> done) {
            return changes(context, done.value(), lengthMax);
        }
        return Reply.failure(((Outcome.Fail<List<ChangeNotification>>) outcome).status());
    }

    private static Reply changes(RequestContext context, List<ChangeNotification> changes, int lengthMax) {
        ByteBuf payload = context.payload(FIXED_BYTES, Math.min(lengthMax, bytesMax(changes)));
        NotifyInfoWriter writer = new NotifyInfoWriter(payload, lengthMax);
        boolean fits = !changes.isEmpty();
        for (ChangeNotification change : changes) {
            fits = fits && writer.append(action(change), change.name());
        }
        if (!fits) {
            return new Reply.Success(NtStatus.NOTIFY_ENUM_DIR, ChangeNotifyResponse.of(0), 0);
        }
        return Reply.success(ChangeNotifyResponse.of(payload.readableBytes()), payload.readableBytes());
    }

    /** The most that the records take: fixed part, name, gap. */
    private static int bytesMax(List<ChangeNotification> changes) {
        return changes.stream()
                .mapToInt(change -> 16 + 2 * change.name().length())
                .sum();
    }

    /** The codes are counted from 1 in the order of the constants. */
    private static NotifyAction action(ChangeNotification change) {
        return ACTIONS[change.action() - 1];
    }
}

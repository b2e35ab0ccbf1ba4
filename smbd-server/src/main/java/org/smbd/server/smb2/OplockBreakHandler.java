package org.smbd.server.smb2;

import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.LeaseBreakAcknowledgment;
import org.smbd.protocol.smb2.LeaseBreakResponse;
import org.smbd.protocol.smb2.OplockBreakAcknowledgment;
import org.smbd.protocol.smb2.OplockBreakMessage;
import org.smbd.protocol.smb2.OplockBreakRequest;
import org.smbd.protocol.smb2.OplockLevel;
import org.smbd.server.pipeline.Reply;
import org.smbd.server.pipeline.RequestContext;
import org.smbd.server.session.OpenHandle;
import org.smbd.server.session.OpenResource;
import org.smbd.server.session.TreeConnect;
import org.smbd.vfs.Outcome;
import org.smbd.vfs.oplock.Acknowledged;
import org.smbd.vfs.oplock.LeaseKey;

/** MS-SMB2 3.3.5.22 Receiving an SMB2 OPLOCK_BREAK Acknowledgment. */
public final class OplockBreakHandler {
    public Reply handle(RequestContext context, OplockBreakRequest request) {
        if (request instanceof OplockBreakAcknowledgment acknowledgment) {
            return ofOplock(context, acknowledgment);
        }
        // 2.0.2 knows no leases, and takes it for a wrong size
        return context.connection().dialect().hasLeases()
                ? ofLease(context, (LeaseBreakAcknowledgment) request)
                : Reply.failure(NtStatus.INVALID_PARAMETER);
    }

    /** 3.3.5.22.1 Processing an Oplock Acknowledgment. */
    private static Reply ofOplock(RequestContext context, OplockBreakAcknowledgment request) {
        OpenHandle handle = context.session().find(request.fileId()).orElseThrow(NtStatus.FILE_CLOSED::exception);
        OpenResource.File file = OpenTarget.file(handle, NtStatus.INVALID_DEVICE_STATE);
        handle.used();
        Outcome<Acknowledged> outcome = file.open().caching().acknowledge(CachingLevels.stateOf(request.oplockLevel()));
        if (outcome instanceof Outcome.Fail<Acknowledged> fail) {
            boolean leaseLevel =
                    request.oplockLevel() == OplockLevel.LEASE && fail.status() == NtStatus.INVALID_OPLOCK_PROTOCOL;
            return Reply.failure(leaseLevel ? NtStatus.INVALID_PARAMETER : fail.status());
        }
        Acknowledged done = ((Outcome.Done<Acknowledged>) outcome).value();
        context.onSent(done.next());
        return Reply.success(new OplockBreakMessage(CachingLevels.levelOf(done.state()), handle.fileId()));
    }

    /** 3.3.5.22.2 Processing a Lease Acknowledgment. */
    private static Reply ofLease(RequestContext context, LeaseBreakAcknowledgment request) {
        LeaseKey key = new LeaseKey(context.connection().clientGuid(), request.leaseKey());
        TreeConnect tree =
                context.session().tree(context.header().treeId()).orElseThrow(NtStatus.NETWORK_NAME_DELETED::exception);
        Outcome<Acknowledged> outcome = tree.files()
                .orElseThrow(NtStatus.OBJECT_NAME_NOT_FOUND::exception)
                .acknowledgeLease(key, request.leaseState());
        if (outcome instanceof Outcome.Fail<Acknowledged> fail) {
            return Reply.failure(fail.status());
        }
        Acknowledged done = ((Outcome.Done<Acknowledged>) outcome).value();
        context.onSent(done.next());
        return Reply.success(new LeaseBreakResponse(request.leaseKey(), done.state()));
    }
}

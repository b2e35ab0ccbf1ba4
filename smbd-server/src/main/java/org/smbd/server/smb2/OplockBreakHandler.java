package org.smbd.server.smb2;

import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.OplockBreakAcknowledgment;
import org.smbd.protocol.smb2.OplockBreakRequest;
import org.smbd.server.pipeline.Reply;
import org.smbd.server.pipeline.RequestContext;

/**
 * MS-SMB2 3.3.5.22 Receiving an SMB2 OPLOCK_BREAK Acknowledgment. No oplock and no lease is granted, so that there is
 * none whose break could be acknowledged.
 */
public final class OplockBreakHandler {
    public Reply handle(RequestContext context, OplockBreakRequest request) {
        if (request instanceof OplockBreakAcknowledgment acknowledgment) {
            boolean open = context.session().find(acknowledgment.fileId()).isPresent();
            // 3.3.5.22.1 Processing an Oplock Acknowledgment
            return Reply.failure(open ? NtStatus.INVALID_DEVICE_STATE : NtStatus.FILE_CLOSED);
        }
        // 3.3.5.22.2 Processing a Lease Acknowledgment; 2.0.2 knows no leases and takes it for a wrong size
        return Reply.failure(
                context.connection().dialect().hasLeases()
                        ? NtStatus.OBJECT_NAME_NOT_FOUND
                        : NtStatus.INVALID_PARAMETER);
    }
}

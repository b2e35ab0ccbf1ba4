package org.smbd.server.smb2;

import org.smbd.core.file.AccessMask;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.Channel;
import org.smbd.protocol.smb2.WriteRequest;
import org.smbd.protocol.smb2.WriteResponse;
import org.smbd.server.pipeline.Reply;
import org.smbd.server.pipeline.RequestContext;
import org.smbd.server.session.OpenHandle;
import org.smbd.server.session.OpenResource;
import org.smbd.vfs.LockOwner;

/** MS-SMB2 3.3.5.13 Receiving an SMB2 WRITE Request. */
public final class WriteHandler {
    public Reply handle(RequestContext context, WriteRequest request) {
        OpenHandle handle = context.open(request.fileId());
        int length = request.data().readableBytes();
        OpenTarget.requireAtMost(length, context.connection().maxWriteSizeBytes());
        // No transport is RDMA yet, and 2.x reserves the field. 3.3.5.13 has values that mean nothing refused, too;
        // there
        // are clients that never set it, smb2.lease.dynamic_share of 4.17 among them, and Samba takes their data.
        if (Channel.isRdma(request.channel()) && context.connection().dialect().isSmb3()) {
            return Reply.failure(NtStatus.INVALID_PARAMETER);
        }
        if (handle.resource() instanceof OpenResource.Pipe pipe) {
            pipe.pipe().write(request.data());
            return Reply.success(new WriteResponse(length));
        }
        return writeFile(request, length, OpenTarget.file(handle, NtStatus.INVALID_DEVICE_REQUEST));
    }

    private static Reply writeFile(WriteRequest request, int length, OpenResource.File file) {
        if (file.open().isDirectory()) {
            return Reply.failure(NtStatus.INVALID_DEVICE_REQUEST);
        }
        OpenTarget.requireAny(file.open(), AccessMask.FILE_WRITE_DATA | AccessMask.FILE_APPEND_DATA);
        // Windows does not let the special offsets of MS-FSA through: the test suite's smb2.rw.invalid pins it.
        if (request.offset() < 0 || request.offset() > Long.MAX_VALUE - length) {
            return Reply.failure(NtStatus.INVALID_PARAMETER);
        }
        boolean writeThrough = (request.flags() & WriteRequest.FLAG_WRITE_THROUGH) != 0;
        int count = file.files()
                .write(file.open(), request.offset(), request.data().nioBuffer(), writeThrough, LockOwner.OPEN);
        return Reply.success(new WriteResponse(count));
    }
}

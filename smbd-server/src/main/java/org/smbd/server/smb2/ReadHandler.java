package org.smbd.server.smb2;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import org.smbd.core.file.AccessMask;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.Channel;
import org.smbd.protocol.smb2.Dialect;
import org.smbd.protocol.smb2.ReadRequest;
import org.smbd.protocol.smb2.ReadResponse;
import org.smbd.server.pipe.PipeOpen;
import org.smbd.server.pipeline.Reply;
import org.smbd.server.pipeline.RequestContext;
import org.smbd.server.session.OpenHandle;
import org.smbd.server.session.OpenResource;
import org.smbd.vfs.LockOwner;

/** MS-SMB2 3.3.5.12 Receiving an SMB2 READ Request. */
public final class ReadHandler {
    private static final int FIXED_BYTES = 16;

    /** More would keep an event loop from its other connections, to copy and to sign. */
    private static final int READ_NOW_BYTES_MAX = 32 * 1024;

    public Reply handle(RequestContext context, ReadRequest request) {
        OpenHandle handle = context.open(request.fileId());
        OpenTarget.requireAtMost(request.length(), context.connection().maxReadSizeBytes());
        // No transport is RDMA yet, and 2.x reserves the field.
        if (request.channel() != Channel.NONE && context.connection().dialect().isSmb3()) {
            return Reply.failure(NtStatus.INVALID_PARAMETER);
        }
        if (!context.mayBlock()
                && (request.length() > READ_NOW_BYTES_MAX || handle.resource() instanceof OpenResource.Pipe)) {
            return Reply.WouldBlock.INSTANCE;
        }
        return handle.resource() instanceof OpenResource.Pipe pipe
                ? readPipe(context, request, pipe.pipe())
                : readFile(context, request, OpenTarget.file(handle, NtStatus.INVALID_DEVICE_REQUEST));
    }

    private static Reply readFile(RequestContext context, ReadRequest request, OpenResource.File file) {
        if (file.open().isDirectory()) {
            return Reply.failure(NtStatus.INVALID_DEVICE_REQUEST);
        }
        // 3.3.5.9, Successful Open Initialization: who may execute may read.
        OpenTarget.requireAny(file.open(), AccessMask.FILE_READ_DATA | AccessMask.FILE_EXECUTE);
        long offset = request.offset();
        int length = request.length();
        if (offset < 0 || offset > Long.MAX_VALUE - length) {
            return Reply.failure(NtStatus.INVALID_PARAMETER);
        }
        int count = 0;
        if (length > 0) {
            ByteBuf payload = context.payload(FIXED_BYTES, length);
            ByteBuffer target = payload.nioBuffer(0, length);
            count = context.mayBlock()
                    ? file.files().read(file.open(), offset, target, LockOwner.OPEN)
                    : file.files().readNow(file.open(), offset, target, LockOwner.OPEN);
            if (count < 0) {
                return Reply.WouldBlock.INSTANCE;
            }
        }
        if ((count == 0 && length > 0) || Integer.compareUnsigned(count, request.minimumCount()) < 0) {
            return Reply.failure(NtStatus.END_OF_FILE);
        }
        return Reply.success(ReadResponse.of(count), count);
    }

    private static Reply readPipe(RequestContext context, ReadRequest request, PipeOpen pipe) {
        boolean unbuffered = (request.flags() & ReadRequest.FLAG_READ_UNBUFFERED) != 0;
        if (unbuffered && context.connection().dialect().isAtLeast(Dialect.SMB_3_0_2)) {
            return Reply.failure(NtStatus.INVALID_PARAMETER);
        }
        return PipeReply.of(context, pipe.read(request.length()), FIXED_BYTES, ReadResponse::of);
    }
}

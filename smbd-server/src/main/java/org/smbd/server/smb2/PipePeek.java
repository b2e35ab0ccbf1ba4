package org.smbd.server.smb2;

import io.netty.buffer.ByteBuf;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.IoctlRequest;
import org.smbd.protocol.smb2.IoctlResponse;
import org.smbd.protocol.wire.WireWriter;
import org.smbd.server.pipe.PipeOpen;
import org.smbd.server.pipeline.Reply;
import org.smbd.server.pipeline.RequestContext;
import org.smbd.server.session.OpenHandle;
import org.smbd.server.session.OpenResource;

/** MS-SMB2 3.3.5.15.4 Handling a Peek at Pipe Data Request. */
final class PipePeek {
    private static final int FIXED_BYTES = 48;

    /** MS-FSCC 2.3.46 FSCTL_PIPE_PEEK Reply, without Data. */
    private static final int REPLY_BYTES = 16;

    private static final int FILE_PIPE_CONNECTED_STATE = 3;
    private static final int FILE_PIPE_CLOSING_STATE = 4;

    Reply handle(RequestContext context, IoctlRequest request) {
        OpenHandle handle = context.open(request.fileId());
        if (!(handle.resource() instanceof OpenResource.Pipe resource)) {
            return Reply.failure(NtStatus.NOT_SUPPORTED);
        }
        if (request.maxOutputResponse() < REPLY_BYTES) {
            return Reply.failure(NtStatus.INVALID_PARAMETER);
        }
        PipeOpen pipe = resource.pipe();
        PipeOpen.Backlog backlog = pipe.backlog();
        int dataMax = Math.min(request.maxOutputResponse() - REPLY_BYTES, backlog.messageBytes());
        ByteBuf payload = context.payload(FIXED_BYTES, REPLY_BYTES + dataMax);
        WireWriter out = new WireWriter(payload);
        out.i32(backlog.broken() ? FILE_PIPE_CLOSING_STATE : FILE_PIPE_CONNECTED_STATE); // NamedPipeState
        out.i32(backlog.unreadBytes()); // ReadDataAvailable
        out.i32(backlog.messages()); // NumberOfMessages
        out.i32(backlog.messageBytes()); // MessageLength
        pipe.peek(payload, dataMax); // Data
        int count = payload.readableBytes();
        NtStatus status = dataMax < backlog.messageBytes() ? NtStatus.BUFFER_OVERFLOW : NtStatus.SUCCESS;
        return new Reply.Success(status, IoctlResponse.of(request.ctlCode(), handle.fileId(), count), count);
    }
}

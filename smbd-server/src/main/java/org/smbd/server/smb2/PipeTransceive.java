package org.smbd.server.smb2;

import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.IoctlRequest;
import org.smbd.protocol.smb2.IoctlResponse;
import org.smbd.server.pipe.PipeOpen;
import org.smbd.server.pipeline.Reply;
import org.smbd.server.pipeline.RequestContext;
import org.smbd.server.session.OpenHandle;
import org.smbd.server.session.OpenResource;

/** MS-SMB2 3.3.5.15.3 Handling a Pipe Transaction Request: a write and a read in one. */
final class PipeTransceive {
    private static final int FIXED_BYTES = 48;

    Reply handle(RequestContext context, IoctlRequest request) {
        OpenHandle handle = context.open(request.fileId());
        if (!(handle.resource() instanceof OpenResource.Pipe resource)) {
            return Reply.failure(NtStatus.NOT_SUPPORTED);
        }
        PipeOpen pipe = resource.pipe();
        pipe.write(request.input());
        return PipeReply.of(
                context,
                pipe.read(request.maxOutputResponse()),
                FIXED_BYTES,
                count -> IoctlResponse.of(request.ctlCode(), handle.fileId(), count));
    }
}

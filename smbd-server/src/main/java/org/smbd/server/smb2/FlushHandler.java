package org.smbd.server.smb2;

import org.smbd.core.file.AccessMask;
import org.smbd.protocol.smb2.FlushRequest;
import org.smbd.protocol.smb2.FlushResponse;
import org.smbd.server.pipeline.Reply;
import org.smbd.server.pipeline.RequestContext;
import org.smbd.server.session.OpenHandle;
import org.smbd.server.session.OpenResource;

/** MS-SMB2 3.3.5.11 Receiving an SMB2 FLUSH Request. */
public final class FlushHandler {
    private static final Reply FLUSHED = Reply.success(new FlushResponse());

    public Reply handle(RequestContext context, FlushRequest request) {
        OpenHandle handle = context.open(request.fileId());
        if (!(handle.resource() instanceof OpenResource.File file)) {
            return FLUSHED; // what was written to a pipe was consumed by then
        }
        // The same bits are FILE_ADD_FILE and FILE_ADD_SUBDIRECTORY of a directory.
        OpenTarget.requireAny(file.open(), AccessMask.FILE_WRITE_DATA | AccessMask.FILE_APPEND_DATA);
        file.files().flush(file.open());
        return FLUSHED;
    }
}

package org.smbd.server.smb2;

import org.smbd.core.file.FileMetadata;
import org.smbd.core.status.SmbException;
import org.smbd.protocol.smb2.CloseRequest;
import org.smbd.protocol.smb2.CloseResponse;
import org.smbd.server.pipeline.Reply;
import org.smbd.server.pipeline.RequestContext;
import org.smbd.server.session.OpenHandle;
import org.smbd.server.session.OpenResource;

/** MS-SMB2 3.3.5.10 Receiving an SMB2 CLOSE Request. The pipeline sees to it that no other request uses the open. */
public final class CloseHandler {
    public Reply handle(RequestContext context, CloseRequest request) {
        OpenHandle handle = context.open(request.fileId());
        try {
            if (!(handle.resource() instanceof OpenResource.File file)) {
                return Reply.success(CloseResponse.WITHOUT_ATTRIBUTES);
            }
            boolean wanted = (request.flags() & CloseRequest.FLAG_POSTQUERY_ATTRIB) != 0;
            CloseResponse response = wanted ? attributes(file) : CloseResponse.WITHOUT_ATTRIBUTES;
            // Here, so that an error of a late write reaches the client; the session finds it closed.
            file.files().close(file.open());
            return Reply.success(response);
        } finally {
            context.session().close(handle);
        }
    }

    /** Attributes that cannot be read do not keep a file from being closed. */
    private static CloseResponse attributes(OpenResource.File file) {
        try {
            FileMetadata metadata = file.files().queryMetadata(file.open());
            return new CloseResponse(
                    CloseRequest.FLAG_POSTQUERY_ATTRIB,
                    metadata.creationTime(),
                    metadata.lastAccessTime(),
                    metadata.lastWriteTime(),
                    metadata.changeTime(),
                    metadata.allocationSize(),
                    metadata.endOfFile(),
                    metadata.attributes());
        } catch (SmbException unknown) {
            return CloseResponse.WITHOUT_ATTRIBUTES;
        }
    }
}

package org.smbd.server.smb2;

import org.smbd.core.file.FileMetadata;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.IoctlRequest;
import org.smbd.protocol.smb2.IoctlResponse;
import org.smbd.protocol.wire.WireWriter;
import org.smbd.server.pipeline.Reply;
import org.smbd.server.pipeline.RequestContext;
import org.smbd.server.session.OpenHandle;
import org.smbd.server.session.OpenResource;

/**
 * MS-FSCC 2.3.1 FSCTL_CREATE_OR_GET_OBJECT_ID, 2.3.27 FSCTL_GET_OBJECT_ID. Each file has an object id from the start:
 * that of its volume and its own, so that none has to be created.
 */
final class GetObjectId {
    private static final int FIXED_BYTES = 48;

    /** MS-FSCC 2.1.3.1 FILE_OBJECTID_BUFFER Type 1. */
    private static final int OUTPUT_BYTES = 64;

    Reply handle(RequestContext context, IoctlRequest request) {
        OpenHandle handle = context.open(request.fileId());
        OpenResource.File file = OpenTarget.file(handle, NtStatus.INVALID_DEVICE_REQUEST);
        if (request.maxOutputResponse() < OUTPUT_BYTES) {
            return Reply.failure(NtStatus.INVALID_PARAMETER);
        }
        FileMetadata metadata = file.files().queryMetadata(file.open());
        WireWriter out = new WireWriter(context.payload(FIXED_BYTES, OUTPUT_BYTES));
        objectId(metadata, out); // ObjectId
        out.i64(metadata.volumeId()); // BirthVolumeId
        out.i64(0);
        objectId(metadata, out); // BirthObjectId
        out.zeros(16); // DomainId
        return Reply.success(IoctlResponse.of(request.ctlCode(), handle.fileId(), OUTPUT_BYTES), OUTPUT_BYTES);
    }

    private static void objectId(FileMetadata metadata, WireWriter out) {
        out.i64(metadata.volumeId());
        out.i64(metadata.fileId());
    }
}

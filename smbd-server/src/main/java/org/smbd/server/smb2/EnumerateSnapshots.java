package org.smbd.server.smb2;

import java.util.List;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.IoctlRequest;
import org.smbd.protocol.smb2.IoctlResponse;
import org.smbd.protocol.wire.WireWriter;
import org.smbd.server.pipeline.Reply;
import org.smbd.server.pipeline.RequestContext;
import org.smbd.server.session.OpenHandle;
import org.smbd.server.session.OpenResource;
import org.smbd.vfs.snapshot.GmtToken;

/**
 * MS-SMB2 3.3.5.15.1 Handling an Enumeration of Previous Versions Request, 2.2.32.2 SRV_SNAPSHOT_ARRAY.
 */
final class EnumerateSnapshots {
    private static final int FIXED_BYTES = 48;
    private static final int HEADER_BYTES = 12;
    /** An array that is left out leaves so many zeros behind: clients ask with room for these first. */
    private static final int EMPTY_BYTES = 4;

    private static final int OUTPUT_BYTES_MIN = HEADER_BYTES + EMPTY_BYTES;

    Reply handle(RequestContext context, IoctlRequest request) {
        OpenHandle handle = context.open(request.fileId());
        OpenResource.File file = OpenTarget.file(handle, NtStatus.INVALID_DEVICE_REQUEST);
        if (request.maxOutputResponse() < OUTPUT_BYTES_MIN) {
            return Reply.failure(NtStatus.INVALID_PARAMETER);
        }
        List<Long> times = file.files().snapshotTimes();
        int arrayBytes = times.isEmpty() ? 0 : (times.size() * (GmtToken.LENGTH + 1) + 1) * Character.BYTES;
        boolean fits = !times.isEmpty() && arrayBytes <= request.maxOutputResponse() - HEADER_BYTES;
        int outputBytes = HEADER_BYTES + (fits ? arrayBytes : EMPTY_BYTES);
        WireWriter out = new WireWriter(context.payload(FIXED_BYTES, outputBytes));
        out.i32(times.size());
        out.i32(fits ? times.size() : 0);
        out.i32(arrayBytes);
        if (fits) {
            for (long time : times) {
                out.utf16(GmtToken.of(time));
                out.u16(0);
            }
            out.u16(0);
        } else {
            out.zeros(EMPTY_BYTES);
        }
        return Reply.success(IoctlResponse.of(request.ctlCode(), handle.fileId(), outputBytes), outputBytes);
    }
}

package org.smbd.server.smb2;

import org.smbd.core.status.NtStatus;
import org.smbd.protocol.fsctl.DuplicateExtentsData;
import org.smbd.server.pipeline.Reply;
import org.smbd.server.session.OpenHandle;
import org.smbd.server.session.OpenResource;
import org.smbd.vfs.data.CopyRange;

/**
 * MS-FSCC 2.3.7 FSCTL_DUPLICATE_EXTENTS_TO_FILE Request, 2.3.9 FSCTL_DUPLICATE_EXTENTS_TO_FILE_EX Request: MS-SMB2
 * 3.3.5.15.16, 3.3.5.15.18.
 */
final class DuplicateExtents {
    private DuplicateExtents() {}

    static Reply toFile(FsctlCall call) {
        return share(call, DuplicateExtentsData.decode(call.input()));
    }

    /** The host shares a range as a whole or not at all, so that to be atomic takes nothing more. */
    static Reply toFileEx(FsctlCall call) {
        DuplicateExtentsData input = DuplicateExtentsData.decodeEx(call.input());
        if ((input.flags() & ~DuplicateExtentsData.SOURCE_ATOMIC) != 0) {
            return Reply.failure(NtStatus.INVALID_PARAMETER);
        }
        return share(call, input);
    }

    private static Reply share(FsctlCall call, DuplicateExtentsData input) {
        OpenHandle source = CopyChunk.acquire(call, input.source(), NtStatus.INVALID_HANDLE);
        try {
            OpenResource.File from = OpenTarget.file(source, NtStatus.INVALID_PARAMETER);
            CopyRange range = new CopyRange(input.sourceFileOffset(), input.targetFileOffset(), input.byteCount());
            call.controls().blocks().duplicateExtents(from.open(), call.open(), range);
            return call.done();
        } finally {
            source.release();
        }
    }
}

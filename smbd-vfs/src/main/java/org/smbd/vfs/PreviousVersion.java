package org.smbd.vfs;

import java.util.function.Function;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.CreateDisposition;
import org.smbd.core.file.CreateOptions;
import org.smbd.core.status.NtStatus;

/**
 * Opens in a previous version of a share: nothing in it can change. MS-SMB2 3.3.5.9.4 Handling the
 * SMB2_CREATE_TIMEWARP_TOKEN Create Context.
 */
final class PreviousVersion {
    private static final int CHANGING = AccessMask.FILE_WRITE_DATA
            | AccessMask.FILE_APPEND_DATA
            | AccessMask.FILE_WRITE_EA
            | AccessMask.FILE_WRITE_ATTRIBUTES
            | AccessMask.FILE_DELETE_CHILD
            | AccessMask.DELETE
            | AccessMask.WRITE_DAC
            | AccessMask.WRITE_OWNER;

    private PreviousVersion() {}

    /**
     * Opens a file of {@code versions}, a service of a previous version, through {@code opener}. Rights to change
     * something are stated, if the file would give them, but not granted: as on read-only media it is their use that
     * fails. MEDIA_WRITE_PROTECTED for what would change something at once.
     */
    static Outcome<OpenResult> open(
            FileService versions, Function<OpenRequest, Outcome<OpenResult>> opener, OpenRequest request) {
        boolean mayCreate = request.disposition() == CreateDisposition.OPEN_IF;
        if (request.disposition() != CreateDisposition.OPEN && !mayCreate
                || CreateOptions.has(request.createOptions(), CreateOptions.DELETE_ON_CLOSE)) {
            return new Outcome.Fail<>(NtStatus.MEDIA_WRITE_PROTECTED);
        }
        int wanted = AccessMask.mapGeneric(request.desiredAccess());
        int changing = wanted & CHANGING;
        int reading = wanted & ~CHANGING | (changing != 0 ? AccessMask.FILE_READ_ATTRIBUTES : 0);
        Outcome<OpenResult> outcome = opener.apply(request.opening(reading, request.accessMax() & ~CHANGING));
        if (outcome instanceof Outcome.Done<OpenResult> done) {
            LocalOpen open = (LocalOpen) done.value().open();
            open.setAccessMax(request.accessMax());
            if (!AccessMask.has(versions.maximalAccess(open), changing)) {
                versions.close(open);
                return new Outcome.Fail<>(NtStatus.ACCESS_DENIED);
            }
            open.setStatedAccess(open.grantedAccess() & (wanted | ~AccessMask.FILE_READ_ATTRIBUTES) | changing);
            return outcome;
        }
        boolean missing = ((Outcome.Fail<OpenResult>) outcome).status() == NtStatus.OBJECT_NAME_NOT_FOUND;
        return mayCreate && missing ? new Outcome.Fail<>(NtStatus.MEDIA_WRITE_PROTECTED) : outcome;
    }
}

package org.smbd.vfs;

import java.util.Optional;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.CreateOptions;
import org.smbd.core.file.ShareAccess;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.Privilege;

/** MS-FSA 2.1.5.1 Server Requests an Open of a File, phase 1: the parameters, before any file is looked at. */
final class OpenChecks {
    /** Bits of DesiredAccess that nobody may ask for. */
    private static final int ACCESS_INVALID = 0x0CE0FE00;

    private static final int OPTIONS_VALID = 0x00FFFFFF;
    private static final int CREATE_TREE_CONNECTION = 0x80;
    private static final int ATTRIBUTES_VALID = 0x00007FB7;
    private static final int ATTRIBUTES_IGNORED = 0xFFFF8000 & ~0x0000FFFF;

    private OpenChecks() {}

    /** The status of the first parameter that is wrong. */
    static Optional<NtStatus> check(OpenRequest request) {
        int options = request.createOptions();
        boolean directory = CreateOptions.has(options, CreateOptions.DIRECTORY_FILE);
        boolean noDirectory = CreateOptions.has(options, CreateOptions.NON_DIRECTORY_FILE);
        int access = request.desiredAccess();
        if ((access & ACCESS_INVALID) != 0) {
            return Optional.of(NtStatus.ACCESS_DENIED); // before all else: smb2.create.gentest pins it
        }
        if ((request.shareAccess() & ~ShareAccess.ALL) != 0 || (options & ~OPTIONS_VALID) != 0) {
            return Optional.of(NtStatus.INVALID_PARAMETER);
        }
        if ((options & (CREATE_TREE_CONNECTION | CreateOptions.OPEN_BY_FILE_ID | CreateOptions.RESERVE_OPFILTER))
                != 0) {
            return Optional.of(NtStatus.NOT_SUPPORTED);
        }
        if ((request.fileAttributes() & ~ATTRIBUTES_VALID & ~ATTRIBUTES_IGNORED) != 0) {
            return Optional.of(NtStatus.INVALID_PARAMETER);
        }
        if (directory && (noDirectory || request.disposition().overwrites())) {
            return Optional.of(NtStatus.INVALID_PARAMETER);
        }
        if (access == 0) {
            return Optional.of(NtStatus.ACCESS_DENIED);
        }
        boolean mayDelete = AccessMask.hasAny(access, AccessMask.DELETE | AccessMask.GENERIC_ALL);
        if (CreateOptions.has(options, CreateOptions.DELETE_ON_CLOSE) && !mayDelete) {
            return Optional.of(NtStatus.INVALID_PARAMETER);
        }
        if (AccessMask.has(access, AccessMask.ACCESS_SYSTEM_SECURITY)
                && !request.context().has(Privilege.SE_SECURITY)) {
            return Optional.of(NtStatus.PRIVILEGE_NOT_HELD);
        }
        if (noDirectory && request.path().endsWith("\\")) {
            return Optional.of(NtStatus.OBJECT_NAME_INVALID);
        }
        return Optional.empty();
    }
}

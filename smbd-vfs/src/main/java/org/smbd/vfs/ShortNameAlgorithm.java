package org.smbd.vfs;

import java.util.Optional;
import org.smbd.core.file.AccessMask;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.Privilege;
import org.smbd.vfs.name.ShortNames;

/**
 * MS-FSA 2.1.5.15.14 FileShortNameInformation. Short names are made of the long ones here, so that they are the same
 * after a restart and on every server: none can be chosen, and none taken away.
 */
final class ShortNameAlgorithm {
    private static final int CHANGING = AccessMask.FILE_WRITE_DATA | AccessMask.FILE_WRITE_ATTRIBUTES;

    private ShortNameAlgorithm() {}

    /**
     * Succeeds for the short name that the file has.
     *
     * @throws org.smbd.core.status.SmbException SHORT_NAMES_NOT_ENABLED_ON_VOLUME for any other, INVALID_PARAMETER for
     *     what is none and for what has none, ACCESS_DENIED, PRIVILEGE_NOT_HELD without the privilege to restore
     */
    static void set(LocalOpen open, String name) {
        boolean nameable = !open.hostPath().isEmpty() && open.stream().isEmpty() && !open.isPosix();
        if (!nameable || !name.isEmpty() && !ShortNames.fits(name)) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        if (!open.mayAny(CHANGING) || open.isDeletePending() || open.deleteOnClose()) {
            throw NtStatus.ACCESS_DENIED.exception();
        }
        if (!open.context().has(Privilege.SE_RESTORE)) {
            throw NtStatus.PRIVILEGE_NOT_HELD.exception();
        }
        Optional<String> own = open.shortName();
        if (own.filter(name::equalsIgnoreCase).isEmpty()) {
            throw NtStatus.SHORT_NAMES_NOT_ENABLED_ON_VOLUME.exception();
        }
    }
}

package org.smbd.vfs;

import org.smbd.core.type.SecurityContext;
import org.smbd.core.type.Sid;

/** Who manages a volume: MS-FSA 2.1.5.1, Open.HasManageVolumeAccess; on Windows, SeManageVolumePrivilege is theirs. */
final class Administrators {
    private Administrators() {}

    /** Whether {@code who} is the superuser of the host, or in BUILTIN\Administrators. */
    static boolean include(SecurityContext who) {
        return who.posix().filter(identity -> identity.uid() == 0).isPresent()
                || who.groupSids().contains(Sid.BUILTIN_ADMINISTRATORS);
    }
}

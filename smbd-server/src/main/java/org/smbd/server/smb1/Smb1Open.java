package org.smbd.server.smb1;

import org.smbd.core.file.AccessMask;
import org.smbd.core.status.NtStatus;
import org.smbd.server.session.OpenHandle;
import org.smbd.server.session.Session;

/**
 * What a FID stands for: MS-CIFS 3.3.1.7 Per Open. Several FIDs of one process may stand for one open file, if it was
 * opened by the rules of DOS.
 *
 * @param tree that it was opened in
 * @param session whose UID opened it
 * @param pid of the process that opened it
 * @param dosMode how it was opened; {@link DosSharing#NONE} for opens that are none of DOS
 * @param rights that this FID gives, of those that the open file has
 * @param refusals what locks were refused
 * @param breaks of its oplock; null for what can have none
 */
record Smb1Open(
        int fid,
        OpenHandle handle,
        Smb1Tree tree,
        Session session,
        int pid,
        DosSharing dosMode,
        int rights,
        LockRefusals refusals,
        Smb1Breaks breaks) {
    /** Demands at least one of some rights: ACCESS_DENIED. */
    void requireAny(int needed) {
        if (!AccessMask.hasAny(rights, needed)) {
            throw NtStatus.ACCESS_DENIED.exception();
        }
    }
}

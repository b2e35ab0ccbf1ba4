package org.smbd.server.smb1;

import org.smbd.protocol.smb1.DosOpen;

/** How programs of one process share files that they open by the rules of DOS. MS-CIFS 2.2.4.3.1 AccessMode. */
enum DosSharing {
    /** Not at all: each open is one of its own. */
    NONE,
    /** Compatibility mode, "deny DOS": a process may open a file again and again. */
    COMPATIBILITY,
    /** By file control blocks: the same. */
    FCB;

    /** What the AccessMode of an open says. */
    static DosSharing of(int accessMode) {
        if ((accessMode & DosOpen.FCB) == DosOpen.FCB) {
            return FCB;
        }
        return (accessMode >>> DosOpen.SHARING_SHIFT & 0x7) == DosOpen.SHARING_COMPATIBILITY ? COMPATIBILITY : NONE;
    }
}

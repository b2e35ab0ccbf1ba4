package org.smbd.server.smb1;

import org.smbd.protocol.smb1.Smb1Flags;
import org.smbd.protocol.smb1.Smb1OpenRequest;
import org.smbd.vfs.FileOpen;
import org.smbd.vfs.oplock.Caching;

/** The oplock that an open asks for. MS-CIFS 3.2.4.18 Application Requests Acquiring an Oplock. */
enum Smb1Oplock {
    /**
     * None, and it leaves those of others alone: a rename by the old path, as with Windows 2003 and Samba
     * (raw.oplock.exclusive7, batch19). Later Windows breaks them, each version in its own way.
     */
    UNTOUCHED(Caching.NONE, false),
    NONE(Caching.NONE, false),
    /** Of the newer open, whose response tells of level II. */
    EXCLUSIVE(Caching.EXCLUSIVE, true),
    BATCH(Caching.BATCH, true),
    /** Of the opens of DOS, which know all or nothing. */
    DOS_EXCLUSIVE(Caching.EXCLUSIVE, false),
    DOS_BATCH(Caching.BATCH, false);

    private static final int LEVEL_EXCLUSIVE = 1;
    private static final int LEVEL_BATCH = 2;
    private static final int LEVEL_TWO = 3;

    private final int state;
    private final boolean tellsLevelTwo;

    Smb1Oplock(int state, boolean tellsLevelTwo) {
        this.state = state;
        this.tellsLevelTwo = tellsLevelTwo;
    }

    /** {@link Caching} bits. */
    int state() {
        return state;
    }

    /** Whether level II will do, too. */
    boolean tellsLevelTwo() {
        return tellsLevelTwo;
    }

    /** By the flags of NT_CREATE_ANDX. MS-CIFS 2.2.4.64.1. */
    static Smb1Oplock ofNtCreate(int flags) {
        if ((flags & Smb1OpenRequest.NtCreate.REQUEST_OPBATCH) != 0) {
            return BATCH;
        }
        return (flags & Smb1OpenRequest.NtCreate.REQUEST_OPLOCK) != 0 ? EXCLUSIVE : NONE;
    }

    /** By the flags of OPEN_ANDX and TRANS2_OPEN2, or those of the header. MS-CIFS 2.2.4.41.1, 2.2.3.1. */
    static Smb1Oplock ofDos(Smb1Call call, int flags) {
        int header = call.header().flags();
        if ((flags & Smb1OpenRequest.Open.REQUEST_OPBATCH) != 0 || (header & Smb1Flags.OPBATCH) != 0) {
            return DOS_BATCH;
        }
        return (flags & Smb1OpenRequest.Open.REQUEST_OPLOCK) != 0 || (header & Smb1Flags.OPLOCK) != 0
                ? DOS_EXCLUSIVE
                : NONE;
    }

    /** OpLockLevel of the response of NT_CREATE_ANDX. MS-CIFS 2.2.4.64.2. */
    static int levelGranted(FileOpen open) {
        return switch (open.caching().state().state()) {
            case Caching.EXCLUSIVE -> LEVEL_EXCLUSIVE;
            case Caching.BATCH -> LEVEL_BATCH;
            case Caching.LEVEL_TWO -> LEVEL_TWO;
            default -> 0;
        };
    }

    /** Whether it got what it asked for, which is all that the opens of DOS are told. */
    static boolean isGranted(FileOpen open) {
        return Caching.has(open.caching().state().state(), Caching.WRITE);
    }
}

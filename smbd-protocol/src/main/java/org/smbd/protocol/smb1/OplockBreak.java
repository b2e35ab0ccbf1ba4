package org.smbd.protocol.smb1;

import org.smbd.protocol.wire.WireWriter;

/**
 * The one request that a server sends, a LOCKING_ANDX that breaks an oplock. MS-CIFS 2.2.4.32.1
 * SMB_COM_LOCKING_ANDX Request, 3.3.4.2 Object Store Indicates an Oplock Break.
 *
 * @param level what the client may keep
 */
public record OplockBreak(int fid, int level) implements Smb1Response {
    public static final int NONE = 0;
    public static final int LEVEL_TWO = 1;

    @Override
    public void words(WireWriter out) {
        out.u16(fid); // FID
        out.u8(Smb1DataRequest.Locking.OPLOCK_RELEASE); // TypeOfLock
        out.u8(level); // NewOpLockLevel
        out.i32(0); // Timeout
        out.u16(0); // NumberOfRequestedUnlocks
        out.u16(0); // NumberOfRequestedLocks
    }
}

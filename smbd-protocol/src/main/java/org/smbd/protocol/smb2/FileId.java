package org.smbd.protocol.smb2;

import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * Names an open. MS-SMB2 2.2.14.1 SMB2_FILEID.
 *
 * @param persistentId stays when a durable open is reconnected
 * @param volatileId changes with each reconnect
 */
public record FileId(long persistentId, long volatileId) {
    public static final int SIZE_BYTES = 16;
    /** In a related compound request: the file of the request before. Elsewhere: no file. */
    public static final FileId NONE = new FileId(-1, -1);

    public static FileId decode(WireReader in) {
        return new FileId(in.i64(), in.i64());
    }

    public void encode(WireWriter out) {
        out.i64(persistentId);
        out.i64(volatileId);
    }

    public boolean isNone() {
        return persistentId == -1 && volatileId == -1;
    }
}

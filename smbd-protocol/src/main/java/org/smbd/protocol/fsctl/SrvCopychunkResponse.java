package org.smbd.protocol.fsctl;

import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-SMB2 2.2.32.1 SRV_COPYCHUNK_RESPONSE: how far a copy came or, with INVALID_PARAMETER, the limits of one request.
 *
 * @param chunksWritten whole chunks
 * @param chunkBytesWritten of the one that failed
 * @param totalBytesWritten in all
 */
public record SrvCopychunkResponse(int chunksWritten, int chunkBytesWritten, int totalBytesWritten) {
    public static final int SIZE_BYTES = 12;

    public static SrvCopychunkResponse decode(WireReader in) {
        return new SrvCopychunkResponse(in.i32(), in.i32(), in.i32());
    }

    public void encode(WireWriter out) {
        out.i32(chunksWritten);
        out.i32(chunkBytesWritten);
        out.i32(totalBytesWritten);
    }
}

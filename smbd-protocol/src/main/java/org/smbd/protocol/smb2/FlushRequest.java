package org.smbd.protocol.smb2;

import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/** MS-SMB2 2.2.17 SMB2 FLUSH Request. */
public record FlushRequest(FileId fileId) implements Smb2Request {
    static final int STRUCTURE_SIZE = 24;

    public static FlushRequest decode(WireReader in) {
        in.structureSize(STRUCTURE_SIZE);
        in.skip(2); // Reserved1
        in.skip(4); // Reserved2
        return new FlushRequest(FileId.decode(in));
    }

    @Override
    public void encode(WireWriter out) {
        out.u16(STRUCTURE_SIZE);
        out.u16(0); // Reserved1
        out.i32(0); // Reserved2
        fileId.encode(out);
    }
}

package org.smbd.protocol.smb2;

import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/** MS-SMB2 2.2.11 SMB2 TREE_DISCONNECT Request. */
public record TreeDisconnectRequest() implements Smb2Request {
    static final int STRUCTURE_SIZE = 4;

    public static TreeDisconnectRequest decode(WireReader in) {
        in.structureSize(STRUCTURE_SIZE);
        in.skip(2); // Reserved
        return new TreeDisconnectRequest();
    }

    @Override
    public void encode(WireWriter out) {
        out.u16(STRUCTURE_SIZE);
        out.u16(0); // Reserved
    }
}

package org.smbd.protocol.smb2;

import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/** MS-SMB2 2.2.12 SMB2 TREE_DISCONNECT Response. */
public record TreeDisconnectResponse() implements Smb2Response {
    static final int STRUCTURE_SIZE = 4;

    public static TreeDisconnectResponse decode(WireReader in) {
        in.structureSize(STRUCTURE_SIZE);
        in.skip(2); // Reserved
        return new TreeDisconnectResponse();
    }

    @Override
    public void encode(WireWriter out) {
        out.u16(STRUCTURE_SIZE);
        out.u16(0); // Reserved
    }
}

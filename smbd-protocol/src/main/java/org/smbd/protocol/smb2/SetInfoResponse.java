package org.smbd.protocol.smb2;

import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/** MS-SMB2 2.2.40 SMB2 SET_INFO Response. */
public record SetInfoResponse() implements Smb2Response {
    static final int STRUCTURE_SIZE = 2;

    public static SetInfoResponse decode(WireReader in) {
        in.structureSize(STRUCTURE_SIZE);
        return new SetInfoResponse();
    }

    @Override
    public void encode(WireWriter out) {
        out.u16(STRUCTURE_SIZE);
    }
}

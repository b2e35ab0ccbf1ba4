package org.smbd.protocol.smb2;

import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/** MS-SMB2 2.2.29 SMB2 ECHO Response. */
public record EchoResponse() implements Smb2Response {
    static final int STRUCTURE_SIZE = 4;

    public static EchoResponse decode(WireReader in) {
        in.structureSize(STRUCTURE_SIZE);
        in.skip(2); // Reserved
        return new EchoResponse();
    }

    @Override
    public void encode(WireWriter out) {
        out.u16(STRUCTURE_SIZE);
        out.u16(0); // Reserved
    }
}

package org.smbd.protocol.smb2;

import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/** MS-SMB2 2.2.8 SMB2 LOGOFF Response. */
public record LogoffResponse() implements Smb2Response {
    static final int STRUCTURE_SIZE = 4;

    public static LogoffResponse decode(WireReader in) {
        in.structureSize(STRUCTURE_SIZE);
        in.skip(2); // Reserved
        return new LogoffResponse();
    }

    @Override
    public void encode(WireWriter out) {
        out.u16(STRUCTURE_SIZE);
        out.u16(0); // Reserved
    }
}

package org.smbd.protocol.smb2;

import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/** MS-SMB2 2.2.30 SMB2 CANCEL Request. What it cancels stands in the header: AsyncId, or MessageId. */
public record CancelRequest() implements Smb2Request {
    static final int STRUCTURE_SIZE = 4;

    public static CancelRequest decode(WireReader in) {
        in.structureSize(STRUCTURE_SIZE);
        in.skip(2); // Reserved
        return new CancelRequest();
    }

    @Override
    public void encode(WireWriter out) {
        out.u16(STRUCTURE_SIZE);
        out.u16(0); // Reserved
    }
}

package org.smbd.protocol.smb2;

import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-SMB2 2.2.24.1 Oplock Break Acknowledgment.
 *
 * @param oplockLevel see {@link OplockLevel}
 */
public record OplockBreakAcknowledgment(int oplockLevel, FileId fileId) implements OplockBreakRequest {
    static final int STRUCTURE_SIZE = 24;

    public static OplockBreakAcknowledgment decode(WireReader in) {
        in.structureSize(STRUCTURE_SIZE);
        int oplockLevel = in.u8();
        in.skip(1); // Reserved
        in.skip(4); // Reserved2
        return new OplockBreakAcknowledgment(oplockLevel, FileId.decode(in));
    }

    @Override
    public void encode(WireWriter out) {
        out.u16(STRUCTURE_SIZE);
        out.u8(oplockLevel);
        out.u8(0); // Reserved
        out.i32(0); // Reserved2
        fileId.encode(out);
    }
}

package org.smbd.protocol.smb2;

import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * What the server sends about an oplock: unasked it is MS-SMB2 2.2.23.1 Oplock Break Notification, as an answer
 * 2.2.25.1 Oplock Break Response. The two have one form.
 *
 * @param oplockLevel see {@link OplockLevel}
 */
public record OplockBreakMessage(int oplockLevel, FileId fileId) implements Smb2Response {
    static final int STRUCTURE_SIZE = 24;

    /** Reads any message of command OPLOCK_BREAK from a server; they are told apart by StructureSize. */
    static Smb2Response decodeAny(WireReader in) {
        int start = in.position();
        int structureSize = in.u16();
        in.seek(start);
        return switch (structureSize) {
            case LeaseBreakNotification.STRUCTURE_SIZE -> LeaseBreakNotification.decode(in);
            case LeaseBreakResponse.STRUCTURE_SIZE -> LeaseBreakResponse.decode(in);
            default -> decode(in);
        };
    }

    public static OplockBreakMessage decode(WireReader in) {
        in.structureSize(STRUCTURE_SIZE);
        int oplockLevel = in.u8();
        in.skip(1); // Reserved
        in.skip(4); // Reserved2
        return new OplockBreakMessage(oplockLevel, FileId.decode(in));
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

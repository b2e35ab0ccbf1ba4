package org.smbd.protocol.smb2;

import org.smbd.core.type.Guid;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-SMB2 2.2.24.2 Lease Break Acknowledgment.
 *
 * @param leaseState see {@link LeaseState}
 */
public record LeaseBreakAcknowledgment(Guid leaseKey, int leaseState) implements OplockBreakRequest {
    static final int STRUCTURE_SIZE = 36;

    public static LeaseBreakAcknowledgment decode(WireReader in) {
        in.structureSize(STRUCTURE_SIZE);
        in.skip(2); // Reserved
        in.skip(4); // Flags
        LeaseBreakAcknowledgment message = new LeaseBreakAcknowledgment(in.guid(), in.i32());
        in.skip(8); // LeaseDuration
        return message;
    }

    @Override
    public void encode(WireWriter out) {
        out.u16(STRUCTURE_SIZE);
        out.u16(0); // Reserved
        out.i32(0); // Flags
        out.guid(leaseKey);
        out.i32(leaseState);
        out.i64(0); // LeaseDuration
    }
}

package org.smbd.protocol.smb2;

import org.smbd.core.type.Guid;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-SMB2 2.2.23.2 Lease Break Notification.
 *
 * @param newEpoch of 3.x, else 0
 * @param flags {@link #FLAG_ACK_REQUIRED} or 0
 * @param currentLeaseState see {@link LeaseState}
 * @param newLeaseState see {@link LeaseState}
 */
public record LeaseBreakNotification(int newEpoch, int flags, Guid leaseKey, int currentLeaseState, int newLeaseState)
        implements Smb2Response {
    static final int STRUCTURE_SIZE = 44;

    public static final int FLAG_ACK_REQUIRED = 0x01;

    public static LeaseBreakNotification decode(WireReader in) {
        in.structureSize(STRUCTURE_SIZE);
        LeaseBreakNotification message = new LeaseBreakNotification(in.u16(), in.i32(), in.guid(), in.i32(), in.i32());
        in.skip(12); // BreakReason, AccessMaskHint, ShareMaskHint
        return message;
    }

    @Override
    public void encode(WireWriter out) {
        out.u16(STRUCTURE_SIZE);
        out.u16(newEpoch);
        out.i32(flags);
        out.guid(leaseKey);
        out.i32(currentLeaseState);
        out.i32(newLeaseState);
        out.zeros(12); // BreakReason, AccessMaskHint, ShareMaskHint
    }
}

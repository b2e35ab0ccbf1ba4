package org.smbd.protocol.smb2;

import org.smbd.protocol.wire.WireReader;

/** MS-SMB2 2.2.24 SMB2 OPLOCK_BREAK Acknowledgment: of an oplock, or of a lease. */
public sealed interface OplockBreakRequest extends Smb2Request
        permits OplockBreakAcknowledgment, LeaseBreakAcknowledgment {
    /** Reads either; they are told apart by StructureSize. */
    static OplockBreakRequest decode(WireReader in) {
        int start = in.position();
        boolean ofLease = in.u16() == LeaseBreakAcknowledgment.STRUCTURE_SIZE;
        in.seek(start);
        return ofLease ? LeaseBreakAcknowledgment.decode(in) : OplockBreakAcknowledgment.decode(in);
    }
}

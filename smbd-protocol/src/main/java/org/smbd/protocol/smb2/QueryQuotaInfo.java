package org.smbd.protocol.smb2;

import java.util.List;
import java.util.Optional;
import org.smbd.core.type.Sid;
import org.smbd.protocol.fscc.GetQuotaList;
import org.smbd.protocol.fscc.SidCodec;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;

/**
 * MS-SMB2 2.2.37.1 SMB2_QUERY_QUOTA_INFO.
 *
 * @param returnSingle whether one entry is enough
 * @param restartScan whether an enumeration begins anew
 * @param users whose entries are asked for; none: all are enumerated
 * @param start where an enumeration begins, whatever {@code restartScan} says
 */
public record QueryQuotaInfo(boolean returnSingle, boolean restartScan, List<Sid> users, Optional<Sid> start) {
    private static final int LIST_ALIGNMENT = 4;
    private static final int SID_BUFFER_OFFSET = 16;

    public QueryQuotaInfo {
        users = List.copyOf(users);
    }

    /** @throws MalformedMessage INVALID_PARAMETER where it is cut short or the list is broken */
    public static QueryQuotaInfo decode(WireReader in) {
        boolean single = in.u8() != 0; // ReturnSingle
        boolean restart = in.u8() != 0; // RestartScan
        in.skip(2); // Reserved
        long listLength = in.u32(); // SidListLength
        long startLength = in.u32(); // StartSidLength
        long startOffset = in.u32(); // StartSidOffset
        if (listLength != 0) {
            if (listLength % LIST_ALIGNMENT != 0) {
                throw MalformedMessage.invalidParameter();
            }
            return new QueryQuotaInfo(single, restart, GetQuotaList.decode(in.subReader(listLength)), Optional.empty());
        }
        if (startLength == 0) {
            return new QueryQuotaInfo(single, restart, List.of(), Optional.empty());
        }
        Sid start = SidCodec.decode(in.region(SID_BUFFER_OFFSET + startOffset, startLength));
        return new QueryQuotaInfo(single, restart, List.of(), Optional.of(start));
    }
}

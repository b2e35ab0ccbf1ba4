package org.smbd.protocol.fscc;

import java.util.ArrayList;
import java.util.List;
import org.smbd.core.type.Sid;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;

/** The users whose quotas are asked for. MS-FSCC 2.4.41.1 FILE_GET_QUOTA_INFORMATION. */
public final class GetQuotaList {
    private static final int ALIGNMENT = 4;

    private GetQuotaList() {}

    /**
     * Walks a list; offsets go forward only.
     *
     * @throws MalformedMessage INVALID_PARAMETER for a broken list
     */
    public static List<Sid> decode(WireReader in) {
        List<Sid> users = new ArrayList<>();
        while (true) {
            int begin = in.position();
            long next = in.u32(); // NextEntryOffset
            long sidLength = in.u32(); // SidLength
            users.add(SidCodec.decode(in.subReader(sidLength))); // Sid
            if (next == 0) {
                return users;
            }
            if (next % ALIGNMENT != 0 || begin + next < in.position()) {
                throw MalformedMessage.invalidParameter();
            }
            in.seek(begin + next);
        }
    }
}

package org.smbd.protocol.fscc;

import java.util.ArrayList;
import java.util.List;
import org.smbd.core.type.Sid;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;

/**
 * MS-FSCC 2.4.41 FileQuotaInformation, all but its NextEntryOffset. Sizes are bytes.
 *
 * @param changeTime {@link org.smbd.core.type.FileTime} ticks; 0 where it is not known
 * @param quotaThreshold -1 for none
 * @param quotaLimit -1 for none; when it is set, -2 deletes the entry
 */
public record QuotaInformation(long changeTime, long quotaUsed, long quotaThreshold, long quotaLimit, Sid sid) {
    static final int ALIGNMENT = 8;
    static final int SID_OFFSET = 40;

    /** Bytes of one entry without what aligns the next one. */
    int length() {
        return SID_OFFSET + SidCodec.size(sid);
    }

    /**
     * Walks a list; offsets go forward only.
     *
     * @throws MalformedMessage INVALID_PARAMETER for a broken list
     */
    public static List<QuotaInformation> decodeList(WireReader in) {
        List<QuotaInformation> entries = new ArrayList<>();
        while (true) {
            int begin = in.position();
            long next = in.u32(); // NextEntryOffset
            long sidLength = in.u32(); // SidLength
            long changeTime = in.i64(); // ChangeTime
            long used = in.i64(); // QuotaUsed
            long threshold = in.i64(); // QuotaThreshold
            long limit = in.i64(); // QuotaLimit
            Sid sid = SidCodec.decode(in.subReader(sidLength)); // Sid
            entries.add(new QuotaInformation(changeTime, used, threshold, limit, sid));
            if (next == 0) {
                return entries;
            }
            if (next % ALIGNMENT != 0 || begin + next < in.position()) {
                throw MalformedMessage.invalidParameter();
            }
            in.seek(begin + next);
        }
    }
}

package org.smbd.protocol.fscc;

import org.smbd.protocol.wire.WireWriter;

/** Appends entries of a list of quotas. MS-FSCC 2.4.41 FileQuotaInformation. */
public final class QuotaWriter {
    private final WireWriter list;
    private final int outputBufferLength;
    private int last = -1;

    /**
     * A list that begins where {@code out} stands.
     *
     * @param outputBufferLength the client's budget in bytes
     */
    public QuotaWriter(int outputBufferLength, WireWriter out) {
        this.list = out.nested();
        this.outputBufferLength = outputBufferLength;
    }

    /** Whether nothing has been written yet. */
    public boolean isEmpty() {
        return last < 0;
    }

    /** Appends an entry; false, with nothing written, if it does not fit. */
    public boolean append(QuotaInformation entry) {
        int begin = (list.position() + QuotaInformation.ALIGNMENT - 1) & -QuotaInformation.ALIGNMENT;
        if (begin + entry.length() > outputBufferLength) {
            return false;
        }
        if (last >= 0) {
            list.align(QuotaInformation.ALIGNMENT);
            list.patchI32(last, begin - last);
        }
        last = begin;
        list.i32(0); // NextEntryOffset, patched by the next entry
        list.i32(SidCodec.size(entry.sid())); // SidLength
        list.i64(entry.changeTime()); // ChangeTime
        list.i64(entry.quotaUsed()); // QuotaUsed
        list.i64(entry.quotaThreshold()); // QuotaThreshold
        list.i64(entry.quotaLimit()); // QuotaLimit
        SidCodec.encode(entry.sid(), list); // Sid
        return true;
    }
}

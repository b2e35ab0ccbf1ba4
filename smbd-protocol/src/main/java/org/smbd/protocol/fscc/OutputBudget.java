package org.smbd.protocol.fscc;

import org.smbd.core.status.NtStatus;
import org.smbd.protocol.wire.WireWriter;

/**
 * How an answer meets the client's OutputBufferLength. MS-SMB2 3.3.5.20.1 Handling SMB2_0_INFO_FILE: less than the
 * fixed part is INFO_LENGTH_MISMATCH; a variable part that does not fit is cut, with BUFFER_OVERFLOW.
 */
final class OutputBudget {
    private OutputBudget() {}

    /** Checks the budget before anything is written. */
    static void requireFixedPart(int outputBufferLength, int lengthMin) {
        if (outputBufferLength < lengthMin || outputBufferLength == 0) {
            throw NtStatus.INFO_LENGTH_MISMATCH.exception();
        }
    }

    /**
     * Cuts what was written from {@code begin} on to the budget.
     *
     * @param fixedLength the offset of the variable part, which is UTF-16 text and loses whole characters
     */
    static NtStatus cut(WireWriter out, int begin, int outputBufferLength, int fixedLength) {
        if (out.position() - begin <= outputBufferLength) {
            return NtStatus.SUCCESS;
        }
        out.truncate(begin + fixedLength + ((outputBufferLength - fixedLength) & ~1));
        return NtStatus.BUFFER_OVERFLOW;
    }
}

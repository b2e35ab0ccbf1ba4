package org.smbd.protocol.fscc;

import java.util.List;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.wire.WireWriter;

/** MS-FSCC 2.4.49 FileStreamInformation: a list of which only whole elements are sent. */
final class StreamInfoCodec {
    private static final int NAME_OFFSET = 24;
    private static final int ALIGNMENT = 8;

    private StreamInfoCodec() {}

    /** MS-FSA 2.1.5.12.29: BUFFER_OVERFLOW where elements had to be left out, be it all of them. */
    static NtStatus encode(List<StreamInfo> streams, int outputBufferLength, WireWriter out) {
        WireWriter list = out.nested();
        int last = -1;
        for (StreamInfo stream : streams) {
            String name = stream.qualifiedName();
            int begin = (list.position() + ALIGNMENT - 1) & -ALIGNMENT;
            if (begin + NAME_OFFSET + 2L * name.length() > outputBufferLength) {
                return NtStatus.BUFFER_OVERFLOW;
            }
            if (last >= 0) {
                list.align(ALIGNMENT);
                list.patchI32(last, begin - last);
            }
            last = begin;
            list.i32(0); // NextEntryOffset, patched by the next element
            list.i32(2 * name.length()); // StreamNameLength
            list.i64(stream.sizeBytes()); // StreamSize
            list.i64(stream.allocationSizeBytes()); // StreamAllocationSize
            list.utf16(name); // StreamName
        }
        return NtStatus.SUCCESS;
    }
}

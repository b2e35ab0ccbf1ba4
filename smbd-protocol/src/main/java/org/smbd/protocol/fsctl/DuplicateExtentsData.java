package org.smbd.protocol.fsctl;

import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.FileId;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-FSCC 2.3.7.2 SMB2_DUPLICATE_EXTENTS_DATA, and 2.3.9.2 SMB2_DUPLICATE_EXTENTS_DATA_EX, which has flags.
 *
 * @param source FileId of the open to share space with
 * @param sourceFileOffset in bytes
 * @param targetFileOffset in bytes
 * @param byteCount how much
 * @param flags {@link #SOURCE_ATOMIC}; 0 in the shorter form
 */
public record DuplicateExtentsData(
        FileId source, long sourceFileOffset, long targetFileOffset, long byteCount, int flags) {
    /** All or nothing is shared. */
    public static final int SOURCE_ATOMIC = 0x00000001;

    private static final int SIZE_BYTES = 40;
    private static final int EX_SIZE_BYTES = 56;

    /** Reads the shorter form: BUFFER_TOO_SMALL where it is cut. */
    public static DuplicateExtentsData decode(WireReader in) {
        require(in, SIZE_BYTES);
        return new DuplicateExtentsData(FileId.decode(in), in.i64(), in.i64(), in.i64(), 0);
    }

    /** Reads the longer form: BUFFER_TOO_SMALL where it is cut. */
    public static DuplicateExtentsData decodeEx(WireReader in) {
        require(in, EX_SIZE_BYTES);
        if (in.i64() != EX_SIZE_BYTES) { // StructureSize
            throw MalformedMessage.invalidParameter();
        }
        FileId source = FileId.decode(in);
        long sourceFileOffset = in.i64();
        long targetFileOffset = in.i64();
        long byteCount = in.i64();
        int flags = in.i32();
        in.skip(4); // Reserved
        return new DuplicateExtentsData(source, sourceFileOffset, targetFileOffset, byteCount, flags);
    }

    private static void require(WireReader in, int sizeBytes) {
        if (in.remaining() < sizeBytes) {
            throw MalformedMessage.of(NtStatus.BUFFER_TOO_SMALL);
        }
    }

    public void encode(WireWriter out) {
        source.encode(out);
        out.i64(sourceFileOffset);
        out.i64(targetFileOffset);
        out.i64(byteCount);
    }

    public void encodeEx(WireWriter out) {
        out.i64(EX_SIZE_BYTES); // StructureSize
        encode(out);
        out.i32(flags);
        out.i32(0); // Reserved
    }
}

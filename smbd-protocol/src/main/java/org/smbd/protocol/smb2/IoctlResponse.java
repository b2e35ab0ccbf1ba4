package org.smbd.protocol.smb2;

import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-SMB2 2.2.32 SMB2 IOCTL Response: the fixed part. The output lies in the message; input is not returned.
 *
 * @param outputOffset from the header, in bytes
 * @param outputCount in bytes
 */
public record IoctlResponse(int ctlCode, FileId fileId, int outputOffset, int outputCount) implements Smb2Response {
    static final int STRUCTURE_SIZE = 49;

    /** Where this server puts the output: right behind the fixed part. */
    public static final int PAYLOAD_OFFSET = Smb2Header.SIZE_BYTES + 48;

    /** The response with so many bytes of output. */
    public static IoctlResponse of(int ctlCode, FileId fileId, int outputCount) {
        return new IoctlResponse(ctlCode, fileId, PAYLOAD_OFFSET, outputCount);
    }

    public static IoctlResponse decode(WireReader in) {
        in.structureSize(STRUCTURE_SIZE);
        in.skip(2); // Reserved
        int ctlCode = in.i32();
        FileId fileId = FileId.decode(in);
        in.skip(8); // InputOffset, InputCount
        long outputOffset = in.u32();
        long outputCount = in.u32();
        in.skip(8); // Flags, Reserved2
        in.region(outputOffset, outputCount);
        return new IoctlResponse(ctlCode, fileId, (int) outputOffset, (int) outputCount);
    }

    @Override
    public void encode(WireWriter out) {
        out.u16(STRUCTURE_SIZE);
        out.u16(0); // Reserved
        out.i32(ctlCode);
        fileId.encode(out);
        out.i32(PAYLOAD_OFFSET); // InputOffset
        out.i32(0); // InputCount
        out.i32(outputOffset);
        out.i32(outputCount);
        out.i32(0); // Flags
        out.i32(0); // Reserved2
    }
}

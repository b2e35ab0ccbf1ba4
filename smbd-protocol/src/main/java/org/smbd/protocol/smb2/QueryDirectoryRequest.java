package org.smbd.protocol.smb2;

import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-SMB2 2.2.33 SMB2 QUERY_DIRECTORY Request.
 *
 * @param flags the {@code FLAG} constants
 * @param outputBufferLength bytes that the response may carry, unsigned
 * @param fileName the search pattern; may be empty
 */
public record QueryDirectoryRequest(
        int fileInformationClass, int flags, int fileIndex, FileId fileId, int outputBufferLength, String fileName)
        implements Smb2Request {
    static final int STRUCTURE_SIZE = 33;
    private static final int BUFFER_OFFSET = Smb2Header.SIZE_BYTES + 32;

    public static final int FLAG_RESTART_SCANS = 0x01;
    public static final int FLAG_RETURN_SINGLE_ENTRY = 0x02;
    public static final int FLAG_INDEX_SPECIFIED = 0x04;
    public static final int FLAG_REOPEN = 0x10;

    public static QueryDirectoryRequest decode(WireReader in) {
        in.structureSize(STRUCTURE_SIZE);
        int fileInformationClass = in.u8();
        int flags = in.u8();
        int fileIndex = in.i32();
        FileId fileId = FileId.decode(in);
        int nameOffset = in.u16();
        int nameLength = in.u16();
        int outputBufferLength = in.i32();
        String fileName = in.region(nameOffset, nameLength).utf16(nameLength);
        return new QueryDirectoryRequest(fileInformationClass, flags, fileIndex, fileId, outputBufferLength, fileName);
    }

    @Override
    public void encode(WireWriter out) {
        out.u16(STRUCTURE_SIZE);
        out.u8(fileInformationClass);
        out.u8(flags);
        out.i32(fileIndex);
        fileId.encode(out);
        out.u16(fileName.isEmpty() ? 0 : BUFFER_OFFSET);
        out.u16(2 * fileName.length());
        out.i32(outputBufferLength);
        out.utf16(fileName);
        if (fileName.isEmpty()) {
            out.u8(0); // Buffer has at least one byte
        }
    }

    @Override
    public long payloadBytes() {
        return outputBufferLength & 0xFFFFFFFFL;
    }
}

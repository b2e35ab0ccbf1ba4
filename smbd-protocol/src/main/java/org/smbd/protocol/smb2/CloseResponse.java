package org.smbd.protocol.smb2;

import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-SMB2 2.2.16 SMB2 CLOSE Response.
 *
 * @param flags {@link CloseRequest#FLAG_POSTQUERY_ATTRIB} if what follows is valid, else 0
 * @param creationTime FILETIME, as the three that follow
 * @param allocationSize in bytes
 * @param endOfFile in bytes
 */
public record CloseResponse(
        int flags,
        long creationTime,
        long lastAccessTime,
        long lastWriteTime,
        long changeTime,
        long allocationSize,
        long endOfFile,
        int fileAttributes)
        implements Smb2Response {
    static final int STRUCTURE_SIZE = 60;

    /** To a request that did not ask for attributes. */
    public static final CloseResponse WITHOUT_ATTRIBUTES = new CloseResponse(0, 0, 0, 0, 0, 0, 0, 0);

    public static CloseResponse decode(WireReader in) {
        in.structureSize(STRUCTURE_SIZE);
        int flags = in.u16();
        in.skip(4); // Reserved
        return new CloseResponse(flags, in.i64(), in.i64(), in.i64(), in.i64(), in.i64(), in.i64(), in.i32());
    }

    @Override
    public void encode(WireWriter out) {
        out.u16(STRUCTURE_SIZE);
        out.u16(flags);
        out.i32(0); // Reserved
        out.i64(creationTime);
        out.i64(lastAccessTime);
        out.i64(lastWriteTime);
        out.i64(changeTime);
        out.i64(allocationSize);
        out.i64(endOfFile);
        out.i32(fileAttributes);
    }
}

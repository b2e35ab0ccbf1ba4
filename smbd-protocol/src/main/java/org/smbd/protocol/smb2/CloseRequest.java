package org.smbd.protocol.smb2;

import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-SMB2 2.2.15 SMB2 CLOSE Request.
 *
 * @param flags {@link #FLAG_POSTQUERY_ATTRIB} or 0
 */
public record CloseRequest(int flags, FileId fileId) implements Smb2Request {
    static final int STRUCTURE_SIZE = 24;

    /** The response shall tell the attributes. */
    public static final int FLAG_POSTQUERY_ATTRIB = 0x0001;

    public static CloseRequest decode(WireReader in) {
        in.structureSize(STRUCTURE_SIZE);
        int flags = in.u16();
        in.skip(4); // Reserved
        return new CloseRequest(flags, FileId.decode(in));
    }

    @Override
    public void encode(WireWriter out) {
        out.u16(STRUCTURE_SIZE);
        out.u16(flags);
        out.i32(0); // Reserved
        fileId.encode(out);
    }
}

package org.smbd.protocol.smb2;

import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-SMB2 2.2.35 SMB2 CHANGE_NOTIFY Request.
 *
 * @param flags {@link #FLAG_WATCH_TREE} or 0
 * @param outputBufferLength bytes that the response may carry, unsigned
 * @param completionFilter the {@code FILE_NOTIFY_CHANGE} bits
 */
public record ChangeNotifyRequest(int flags, int outputBufferLength, FileId fileId, int completionFilter)
        implements Smb2Request {
    static final int STRUCTURE_SIZE = 32;

    public static final int FLAG_WATCH_TREE = 0x0001;

    public static ChangeNotifyRequest decode(WireReader in) {
        in.structureSize(STRUCTURE_SIZE);
        ChangeNotifyRequest request = new ChangeNotifyRequest(in.u16(), in.i32(), FileId.decode(in), in.i32());
        in.skip(4); // Reserved
        return request;
    }

    @Override
    public void encode(WireWriter out) {
        out.u16(STRUCTURE_SIZE);
        out.u16(flags);
        out.i32(outputBufferLength);
        fileId.encode(out);
        out.i32(completionFilter);
        out.i32(0); // Reserved
    }

    @Override
    public long payloadBytes() {
        return outputBufferLength & 0xFFFFFFFFL;
    }
}

package org.smbd.protocol.smb2;

import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-SMB2 2.2.36 SMB2 CHANGE_NOTIFY Response: the fixed part. The chain of FILE_NOTIFY_INFORMATION lies in the message.
 *
 * @param outputBufferOffset from the header, in bytes
 * @param outputBufferLength in bytes
 */
public record ChangeNotifyResponse(int outputBufferOffset, int outputBufferLength) implements Smb2Response {
    static final int STRUCTURE_SIZE = 9;

    /** Where this server puts the payload: right behind the fixed part. */
    public static final int PAYLOAD_OFFSET = Smb2Header.SIZE_BYTES + 8;

    /** The response with so many bytes of payload. */
    public static ChangeNotifyResponse of(int outputBufferLength) {
        return new ChangeNotifyResponse(PAYLOAD_OFFSET, outputBufferLength);
    }

    public static ChangeNotifyResponse decode(WireReader in) {
        in.structureSize(STRUCTURE_SIZE);
        int offset = in.u16();
        long length = in.u32();
        in.region(offset, length);
        return new ChangeNotifyResponse(offset, (int) length);
    }

    @Override
    public void encode(WireWriter out) {
        out.u16(STRUCTURE_SIZE);
        out.u16(outputBufferOffset);
        out.i32(outputBufferLength);
    }
}

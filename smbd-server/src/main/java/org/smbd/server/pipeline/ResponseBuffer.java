package org.smbd.server.pipeline;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.function.Consumer;
import org.smbd.protocol.crypto.MessageCipher;
import org.smbd.protocol.frame.DirectTcpHeader;
import org.smbd.protocol.frame.TransformHeader;
import org.smbd.protocol.smb2.Smb2Header;
import org.smbd.protocol.wire.WireWriter;

/**
 * One response where it will be sent from: a direct buffer with head room, so that framing and transform header go in
 * front of the message, and sealing happens in place, without a copy.
 *
 * <pre>
 *   0        4                   56               120
 *   | frame  | transform header  | SMB2 header    | fixed part | payload |   sealed
 *                       | frame  | SMB2 header    | fixed part | payload |   plain
 * </pre>
 */
final class ResponseBuffer {
    /** The 4 bytes in front of a frame. */
    static final int FRAME_HEADER_BYTES = DirectTcpHeader.SIZE_BYTES;

    /** MS-SMB2 2.2.41 SMB2 TRANSFORM_HEADER. */
    static final int TRANSFORM_HEADER_BYTES = TransformHeader.SIZE_BYTES;

    /** Where the SMB2 header begins. */
    static final int MESSAGE = FRAME_HEADER_BYTES + TRANSFORM_HEADER_BYTES;

    private static final int BODY = MESSAGE + Smb2Header.SIZE_BYTES;
    private static final int SMALL_BODY_BYTES = 192;

    private final ByteBufAllocator allocator;
    private ByteBuf buffer;

    ResponseBuffer(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /** Room for payload behind {@code fixedBytes} of the body; borrowed. */
    ByteBuf payload(int fixedBytes, int payloadBytesMax) {
        release();
        int bytes = BODY + fixedBytes + payloadBytesMax;
        buffer = allocator.directBuffer(bytes + MessageCipher.ROOM_BYTES);
        buffer.writerIndex(bytes);
        ByteBuf payload = buffer.slice(BODY + fixedBytes, payloadBytesMax);
        return payload.writerIndex(0);
    }

    /** Writes the message: header, the fixed part of the body, and so much of the payload as was filled. */
    ByteBuf encode(Smb2Header header, Consumer<WireWriter> body, int payloadBytes) {
        if (buffer == null) {
            buffer = allocator.directBuffer(BODY + SMALL_BODY_BYTES);
        }
        buffer.setIndex(MESSAGE, MESSAGE);
        WireWriter out = new WireWriter(buffer, MESSAGE);
        header.encode(out);
        body.accept(out);
        buffer.writerIndex(buffer.writerIndex() + payloadBytes);
        return buffer;
    }

    /** Hands the buffer over. */
    ByteBuf take() {
        ByteBuf taken = buffer;
        buffer = null;
        return taken;
    }

    void release() {
        if (buffer != null) {
            buffer.release();
            buffer = null;
        }
    }
}

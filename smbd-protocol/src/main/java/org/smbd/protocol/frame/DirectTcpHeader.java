package org.smbd.protocol.frame;

import io.netty.buffer.ByteBuf;
import org.smbd.protocol.wire.MalformedMessage;

/**
 * The four bytes before each message on TCP port 445: a zero, then the length, most significant byte first. MS-SMB2 2.1
 * Transport.
 */
public final class DirectTcpHeader {
    public static final int SIZE_BYTES = 4;
    /** The longest message that the 24 bits can announce. */
    public static final int LENGTH_MAX = 0xFFFFFF;

    private DirectTcpHeader() {}

    /** Reads the length of the message that follows; a first byte other than zero costs the connection. */
    public static int decode(ByteBuf buffer, int index) {
        int header = buffer.getInt(index);
        if (header >>> 24 != 0) {
            throw MalformedMessage.connection();
        }
        return header;
    }

    /** Sets the four bytes at an index. */
    public static void encode(ByteBuf buffer, int index, int length) {
        if (length < 0 || length > LENGTH_MAX) {
            throw new IllegalArgumentException("message of " + length + " bytes");
        }
        buffer.setInt(index, length);
    }
}

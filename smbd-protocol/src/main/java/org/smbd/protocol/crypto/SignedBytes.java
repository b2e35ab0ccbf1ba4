package org.smbd.protocol.crypto;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** The bytes that a signature covers: a message whose Signature field counts as zero. MS-SMB2 3.1.4.1, 2.2.1. */
final class SignedBytes {
    /** Length of the SMB2 header, the shortest message that can be signed. */
    static final int HEADER_BYTES = 64;
    /** Offset of Command in the header. */
    static final int COMMAND_OFFSET = 12;
    /** Offset of MessageId in the header. */
    static final int MESSAGE_ID_OFFSET = 24;
    /** Offset of Signature in the header. */
    static final int SIGNATURE_OFFSET = 48;
    /** Length of Signature. */
    static final int SIGNATURE_BYTES = 16;

    private static final int SIGNATURE_END = SIGNATURE_OFFSET + SIGNATURE_BYTES;

    private SignedBytes() {}

    /**
     * Copies {@code length} bytes at {@code offset} of the message that starts at {@code index}, the signature as zero.
     */
    static void copy(ByteBuf message, int index, int offset, int length, byte[] target) {
        message.getBytes(index + offset, target, 0, length);
        int from = Math.max(SIGNATURE_OFFSET, offset);
        int to = Math.min(SIGNATURE_END, offset + length);
        if (from < to) {
            Arrays.fill(target, from - offset, to - offset, (byte) 0);
        }
    }
}

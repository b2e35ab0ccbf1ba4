package org.smbd.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/**
 * Tells the event loop where to receive: into the frame that is under way if there is one, so that its bytes are never
 * copied; else into a small buffer that takes several short frames, or the beginning of a long one, in one system call.
 */
final class FrameReceiver extends DefaultMaxMessagesRecvByteBufAllocator {
    /** Room for short frames; at most so much of a long frame is copied. */
    static final int READ_AHEAD_BYTES = 32 * 1024;

    private final FrameDecoder decoder;

    FrameReceiver(FrameDecoder decoder) {
        this.decoder = decoder;
    }

    @Override
    @SuppressWarnings("deprecation") // the super class names the old handle type
    public Handle newHandle() {
        return new MaxMessageHandle() {
            @Override
            public ByteBuf allocate(ByteBufAllocator allocator) {
                ByteBuf landing = decoder.landing();
                return landing != null ? landing : allocator.directBuffer(READ_AHEAD_BYTES, READ_AHEAD_BYTES);
            }

            @Override
            public int guess() {
                return READ_AHEAD_BYTES;
            }
        };
    }
}

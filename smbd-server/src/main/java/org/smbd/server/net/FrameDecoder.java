package org.smbd.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.function.IntSupplier;

/**
 * Cuts the byte stream into frames and hands each on as one direct buffer: MS-SMB2 2.1 Transport (direct TCP), RFC 1002
 * 4.3 (NetBIOS session service).
 *
 * <p>A length is checked before anything is allocated for it. The buffer of a long frame grows in a few steps as its
 * bytes arrive, so that announcing a length costs the server no memory. Event loop only, but for
 * {@link #unfinishedSinceNanos}.
 */
final class FrameDecoder extends ChannelInboundHandlerAdapter {
    /** What a frame starts with: its type and its length. */
    static final int HEADER_BYTES = 4;

    /** RFC 1002 4.3.6 SESSION MESSAGE PACKET; direct TCP has this type only. */
    static final int SESSION_MESSAGE = 0;

    private static final int GROWTH_FIRST_BYTES = 64 * 1024;
    private static final int GROWTH_SECOND_BYTES = 1024 * 1024;

    private final IntSupplier frameBytesMax;
    private final boolean netBios;
    private final SessionService sessionService = new SessionService();

    private int headerBytes;
    private int header;
    private ByteBuf frame;
    private int frameBytes;
    private int frameType;
    private volatile long unfinishedSinceNanos;

    /**
     * @param frameBytesMax the longest frame that the connection takes at this time
     * @param netBios whether other packet types of the session service may come
     */
    FrameDecoder(IntSupplier frameBytesMax, boolean netBios) {
        this.frameBytesMax = frameBytesMax;
        this.netBios = netBios;
    }

    /** The frame under way; null between frames. */
    ByteBuf unfinishedFrame() {
        return frame;
    }

    /** Since when a frame is under way, by {@link System#nanoTime}; 0 if none is. Any thread. */
    long unfinishedSinceNanos() {
        return unfinishedSinceNanos;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf received = (ByteBuf) message;
        try {
            if (received == frame) {
                continueFrame(context);
            } else {
                cut(context, received);
            }
        } finally {
            received.release();
        }
    }

    private void cut(ChannelHandlerContext context, ByteBuf received) {
        while (received.isReadable() && context.channel().isActive()) {
            if (headerBytes < HEADER_BYTES) {
                header = header << 8 | received.readUnsignedByte();
                headerBytes++;
                if (headerBytes == HEADER_BYTES && !begin(context, received)) {
                    return;
                }
                unfinishedSinceNanos = unfinishedSinceNanos == 0 ? System.nanoTime() : unfinishedSinceNanos;
            }
            if (headerBytes == HEADER_BYTES && received.readableBytes() >= frameBytes && frame == null) {
                emit(context, received.readRetainedSlice(frameBytes));
            } else if (headerBytes == HEADER_BYTES && received.isReadable()) {
                startFrame(context, received);
            }
        }
    }

    /** Checks a complete header; false if the connection was closed. */
    private boolean begin(ChannelHandlerContext context, ByteBuf received) {
        frameType = header >>> 24;
        frameBytes = header & 0xFF_FFFF;
        if (frameType == SESSION_MESSAGE
                ? frameBytes <= frameBytesMax.getAsInt()
                : netBios && frameBytes <= SessionService.PACKET_BYTES_MAX) {
            return true;
        }
        received.skipBytes(received.readableBytes());
        context.close();
        return false;
    }

    private void startFrame(ChannelHandlerContext context, ByteBuf received) {
        frame = context.alloc().directBuffer(Math.min(frameBytes, GROWTH_FIRST_BYTES), frameBytes);
        frame.writeBytes(received, Math.min(received.readableBytes(), frameBytes));
    }

    private void continueFrame(ChannelHandlerContext context) {
        if (frame.writerIndex() == frameBytes) {
            ByteBuf complete = frame;
            frame = null;
            emit(context, complete);
        } else if (!frame.isWritable()) {
            int next = frame.capacity() < GROWTH_SECOND_BYTES ? GROWTH_SECOND_BYTES : frameBytes;
            frame.capacity(Math.min(next, frameBytes));
        }
    }

    private void emit(ChannelHandlerContext context, ByteBuf complete) {
        headerBytes = 0;
        unfinishedSinceNanos = 0;
        if (frameType == SESSION_MESSAGE) {
            context.fireChannelRead(complete);
        } else {
            try {
                sessionService.receive(context, frameType, complete);
            } finally {
                complete.release();
            }
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (frame != null) {
            frame.release();
            frame = null;
        }
    }
}

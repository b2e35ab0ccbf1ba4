package org.smbd.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.function.IntSupplier;
import org.smbd.protocol.crypto.MessageCipher;
import org.smbd.protocol.frame.DirectTcpHeader;
import org.smbd.protocol.frame.NetBiosSession;
import org.smbd.protocol.frame.NetBiosSession.Type;
import org.smbd.protocol.wire.MalformedMessage;

/**
 * Cuts the byte stream into frames and hands each on as one direct buffer: MS-SMB2 2.1 Transport (direct TCP), RFC 1002
 * 4.3 (NetBIOS session service).
 *
 * <p>A length is checked before anything is allocated for it. The buffer of a long frame grows in a few steps as its
 * bytes arrive, so that announcing a length costs the server no memory. Event loop only, but for
 * {@link #unfinishedSinceNanos}.
 */
final class FrameDecoder extends ChannelInboundHandlerAdapter {
    private static final int HEADER_BYTES = DirectTcpHeader.SIZE_BYTES;
    private static final int GROWTH_FIRST_BYTES = 64 * 1024;
    private static final int GROWTH_SECOND_BYTES = 2 * 1024 * 1024;

    private final IntSupplier frameBytesMax;
    private final boolean netBios;
    private final SessionService sessionService = new SessionService();

    private final ByteBuf header = Unpooled.buffer(HEADER_BYTES, HEADER_BYTES);
    private ByteBuf frame;
    private ByteBuf landing;
    private int frameBytes;
    private Type frameType = Type.SESSION_MESSAGE;
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

    /** Where the next bytes of the frame under way belong, to be released; null between frames. */
    ByteBuf landing() {
        if (frame == null) {
            return null;
        }
        int start = frame.writerIndex();
        landing = frame.retainedSlice(start, Math.min(frame.capacity(), frameBytes) - start)
                .writerIndex(0);
        return landing;
    }

    /** Since when a frame is under way, by {@link System#nanoTime}; 0 if none is. Any thread. */
    long unfinishedSinceNanos() {
        return unfinishedSinceNanos;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf received = (ByteBuf) message;
        try {
            if (received == landing) {
                landing = null;
                frame.writerIndex(frame.writerIndex() + received.readableBytes());
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
            if (header.isWritable()) {
                received.readBytes(header, Math.min(header.writableBytes(), received.readableBytes()));
                if (unfinishedSinceNanos == 0) {
                    unfinishedSinceNanos = System.nanoTime();
                }
                if (header.isWritable()) {
                    return;
                }
                if (!readHeader()) {
                    context.close();
                    return;
                }
            }
            if (received.readableBytes() >= frameBytes) {
                emit(context, received.readRetainedSlice(frameBytes));
            } else if (received.isReadable()) {
                startFrame(context, received);
            }
        }
    }

    /** Reads a complete header; false if no such frame may come. */
    private boolean readHeader() {
        try {
            if (netBios) {
                NetBiosSession packet = NetBiosSession.decode(header, 0);
                frameType = packet.type();
                frameBytes = packet.length();
            } else {
                frameBytes = DirectTcpHeader.decode(header, 0);
            }
        } catch (MalformedMessage malformed) {
            return false;
        }
        return frameBytes
                <= (frameType == Type.SESSION_MESSAGE ? frameBytesMax.getAsInt() : SessionService.PACKET_BYTES_MAX);
    }

    private void startFrame(ChannelHandlerContext context, ByteBuf received) {
        frame = context.alloc().directBuffer(Math.min(GROWTH_FIRST_BYTES, wholeBytes()), wholeBytes());
        frame.writeBytes(received, Math.min(received.readableBytes(), frameBytes));
    }

    private void continueFrame(ChannelHandlerContext context) {
        if (frame.writerIndex() == frameBytes) {
            ByteBuf complete = frame;
            frame = null;
            emit(context, complete);
        } else if (frame.writerIndex() == frame.capacity()) {
            int next = frame.capacity() < GROWTH_SECOND_BYTES ? GROWTH_SECOND_BYTES : wholeBytes();
            frame.capacity(Math.min(next, wholeBytes()));
        }
    }

    /** The frame, and behind it room for what ciphers put there. */
    private int wholeBytes() {
        return frameBytes + MessageCipher.ROOM_BYTES;
    }

    private void emit(ChannelHandlerContext context, ByteBuf complete) {
        header.clear();
        unfinishedSinceNanos = 0;
        if (frameType == Type.SESSION_MESSAGE) {
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

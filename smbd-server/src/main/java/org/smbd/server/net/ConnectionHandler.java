package org.smbd.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands the frames of one channel to its connection, and tells it of its end. Event loop only. */
final class ConnectionHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionHandler.class);

    private final TcpConnection owner;
    private final FrameReceiverSink sink;

    /** What frames and ends are told to. */
    interface FrameReceiverSink {
        /** A frame came; takes it over. */
        void received(TcpConnection from, ByteBuf frame);

        /** The channel is closed. */
        void ended(TcpConnection connection);
    }

    ConnectionHandler(TcpConnection owner, FrameReceiverSink sink) {
        this.owner = owner;
        this.sink = sink;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        sink.received(owner, (ByteBuf) message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        owner.transport().discard();
        sink.ended(owner);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("{}: {}", owner.connection().peer(), cause.toString());
        } else {
            LOG.error(
                    "{}: closed, its frames could not be taken",
                    owner.connection().peer(),
                    cause);
        }
        context.close();
    }
}

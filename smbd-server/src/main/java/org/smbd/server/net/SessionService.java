package org.smbd.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;

/** The packets of the NetBIOS session service that are no messages: RFC 1002 4.3 Session Service Packets. */
final class SessionService {
    /** A session request holds two encoded names: RFC 1002 4.3.2. Nothing else here is longer. */
    static final int PACKET_BYTES_MAX = 512;

    private static final int SESSION_REQUEST = 0x81;
    private static final int POSITIVE_RESPONSE = 0x82;
    private static final int NEGATIVE_RESPONSE = 0x83;
    private static final int KEEP_ALIVE = 0x85;

    /** 4.3.4: unspecified error. */
    private static final int UNSPECIFIED_ERROR = 0x8F;

    /** Each of the two names takes one length byte, 32 encoded characters and a zero, at least. */
    private static final int REQUEST_BYTES_MIN = 2 * 34;

    /** Answers a packet; what is no packet of a client closes the connection. */
    void receive(ChannelHandlerContext context, int type, ByteBuf packet) {
        if (type == KEEP_ALIVE) {
            return;
        }
        if (type != SESSION_REQUEST) {
            context.close();
        } else if (packet.readableBytes() < REQUEST_BYTES_MIN) {
            context.writeAndFlush(Unpooled.wrappedBuffer(
                            new byte[] {(byte) NEGATIVE_RESPONSE, 0, 0, 1, (byte) UNSPECIFIED_ERROR}))
                    .addListener(ChannelFutureListener.CLOSE);
        } else { // whatever the called name: a machine has one server
            context.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {(byte) POSITIVE_RESPONSE, 0, 0, 0}));
        }
    }
}

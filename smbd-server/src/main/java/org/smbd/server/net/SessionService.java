package org.smbd.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import org.smbd.protocol.frame.NetBiosSession;
import org.smbd.protocol.frame.NetBiosSession.Refusal;
import org.smbd.protocol.frame.NetBiosSession.Type;
import org.smbd.protocol.frame.NetBiosSessionRequest;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;

/** The packets of the NetBIOS session service that are no messages: RFC 1002 4.3 Session Service Packets. */
final class SessionService {
    /** Nothing but a message is longer than a session request. */
    static final int PACKET_BYTES_MAX = NetBiosSessionRequest.LENGTH_MAX;

    /** Answers a packet; what is no packet of a client closes the connection. Borrows the packet. */
    void receive(ChannelHandlerContext context, Type type, ByteBuf packet) {
        switch (type) {
            case SESSION_KEEP_ALIVE -> {}
            case SESSION_REQUEST -> answer(context, packet);
            case SESSION_MESSAGE, POSITIVE_SESSION_RESPONSE, NEGATIVE_SESSION_RESPONSE, RETARGET_SESSION_RESPONSE ->
                context.close();
        }
    }

    /** RFC 1002 5.2.1: whatever the called name, for a machine has one server. */
    private static void answer(ChannelHandlerContext context, ByteBuf packet) {
        ByteBuf response = context.alloc().buffer(NetBiosSession.SIZE_BYTES + 1);
        try {
            NetBiosSessionRequest.decode(new WireReader(packet));
        } catch (MalformedMessage malformed) {
            NetBiosSession.encodeNegativeResponse(Refusal.UNSPECIFIED_ERROR, response);
            context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        NetBiosSession.encodePositiveResponse(response);
        context.writeAndFlush(response);
    }
}

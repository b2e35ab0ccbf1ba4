package org.smbd.server.net;

import io.netty.channel.Channel;
import org.smbd.server.conn.Connection;

/** A connection with what carries it. */
record TcpConnection(
        Channel channel, FrameDecoder decoder, TcpTransport transport, Connection connection, long acceptedNanos) {
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}

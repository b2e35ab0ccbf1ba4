package org.smbd.server.smb1;

import io.netty.buffer.ByteBuf;
import org.smbd.protocol.smb1.Smb1NegotiateRequest;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.server.conn.Connection;
import org.smbd.server.conn.OlderProtocol;
import org.smbd.server.pipeline.RequestPipeline;

/**
 * Takes each message of SMB1: the first is a NEGOTIATE, and chooses between SMB2, SMB1 and nothing; those behind it go
 * to the connection's {@link Smb1Connection}. Runs in the lane of the connection.
 */
public final class Smb1Server implements RequestPipeline.Smb1Handler {
    private final MultiProtocolNegotiation newer;
    private final Smb1Negotiation older;

    public Smb1Server(MultiProtocolNegotiation newer, Smb1Negotiation older) {
        this.newer = newer;
        this.older = older;
    }

    @Override
    public void receive(Connection connection, ByteBuf frame) {
        OlderProtocol protocol = connection.olderProtocol().orElse(null);
        if (protocol instanceof Smb1Connection negotiated) {
            negotiated.receive(frame);
            return;
        }
        if (connection.negotiation().isPresent()) {
            throw MalformedMessage.connection();
        }
        Smb1NegotiateRequest request = Smb1NegotiateRequest.decode(new WireReader(frame));
        if (!newer.answer(connection, request) && !older.answer(connection, request)) {
            newer.refuse(connection, request);
        }
    }
}

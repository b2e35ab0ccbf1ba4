package org.smbd.protocol.frame;

import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * What follows the header of a session request: who is called, and who calls. RFC 1002 4.3.2 Session Request Packet.
 */
public record NetBiosSessionRequest(NetBiosName calledName, NetBiosName callingName) {
    /** Two names of the greatest length. */
    public static final int LENGTH_MAX = 2 * 256;

    /** Reads both names, which fill the packet; anything else costs the connection. */
    public static NetBiosSessionRequest decode(WireReader in) {
        NetBiosSessionRequest request = new NetBiosSessionRequest(NetBiosName.decode(in), NetBiosName.decode(in));
        if (in.remaining() != 0) {
            throw MalformedMessage.connection();
        }
        return request;
    }

    public void encode(WireWriter out) {
        calledName.encode(out);
        callingName.encode(out);
    }
}

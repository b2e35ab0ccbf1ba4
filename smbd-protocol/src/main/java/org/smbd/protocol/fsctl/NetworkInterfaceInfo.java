package org.smbd.protocol.fsctl;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-SMB2 2.2.32.5 NETWORK_INTERFACE_INFO Response: one address of an interface that clients may connect to.
 *
 * @param ifIndex the interface, the same for all its addresses; not 0
 * @param capability {@link #RSS_CAPABLE}, {@link #RDMA_CAPABLE}
 * @param linkSpeedBits bits per second
 * @param address IPv4 or IPv6
 */
public record NetworkInterfaceInfo(int ifIndex, int capability, long linkSpeedBits, InetAddress address) {
    /** The interface spreads connections over several processors. */
    public static final int RSS_CAPABLE = 0x1;

    /** The interface can do remote direct memory access. */
    public static final int RDMA_CAPABLE = 0x2;

    /** One of them, also the last one. */
    public static final int SIZE_BYTES = 152;

    private static final int SOCKADDR_STORAGE_BYTES = 128;
    private static final int INTER_NETWORK = 0x0002;
    private static final int INTER_NETWORK_V6 = 0x0017;
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;

    /** Reads one; {@code Next} is left to the caller, who knows how many there are. */
    public static NetworkInterfaceInfo decode(WireReader in) {
        in.skip(4); // Next
        int ifIndex = in.i32();
        int capability = in.i32();
        in.skip(4); // Reserved
        long linkSpeedBits = in.i64();
        int family = in.u16();
        in.skip(2); // Port
        byte[] address;
        int used;
        if (family == INTER_NETWORK) {
            address = in.bytes(IPV4_BYTES);
            used = 4 + IPV4_BYTES;
        } else if (family == INTER_NETWORK_V6) {
            in.skip(4); // FlowInfo
            address = in.bytes(IPV6_BYTES);
            used = 8 + IPV6_BYTES;
        } else {
            throw MalformedMessage.invalidParameter();
        }
        in.skip(SOCKADDR_STORAGE_BYTES - used);
        try {
            return new NetworkInterfaceInfo(ifIndex, capability, linkSpeedBits, InetAddress.getByAddress(address));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** @param last whether none follows */
    public void encode(WireWriter out, boolean last) {
        out.i32(last ? 0 : SIZE_BYTES); // Next
        out.i32(ifIndex);
        out.i32(capability);
        out.i32(0); // Reserved
        out.i64(linkSpeedBits);
        byte[] bytes = address.getAddress();
        boolean v6 = bytes.length == IPV6_BYTES;
        out.u16(v6 ? INTER_NETWORK_V6 : INTER_NETWORK);
        out.u16(0); // Port
        if (v6) {
            out.i32(0); // FlowInfo
        }
        out.bytes(bytes);
        out.zeros(SOCKADDR_STORAGE_BYTES - (v6 ? 8 : 4) - bytes.length); // ScopeId, Reserved
    }
}

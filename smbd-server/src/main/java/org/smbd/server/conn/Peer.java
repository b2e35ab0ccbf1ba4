package org.smbd.server.conn;

import java.net.InetAddress;

/**
 * Who is at the other end.
 *
 * @param address what limits per address and {@code hosts allow} look at
 * @param local the address of this machine that it is connected to
 * @param name how logs and status call it: address and port
 */
public record Peer(InetAddress address, InetAddress local, String name) {
    /** The address alone, as text. */
    public String host() {
        return address.getHostAddress();
    }

    @Override
    public String toString() {
        return name;
    }
}

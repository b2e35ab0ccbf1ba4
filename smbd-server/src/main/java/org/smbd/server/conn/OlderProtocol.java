package org.smbd.server.conn;

/** What a connection speaks that has negotiated none of the SMB2 dialects: SMB1, where it is allowed. */
public interface OlderProtocol {
    /** As status and {@code %R} call it. */
    String name();

    /** The longest frame that the client may send once somebody has logged in, in bytes. */
    int frameBytesMax();

    /** As status calls the signing of messages; empty where they are not signed. */
    String signingName();

    /** The transport has ended: ends what waits. Sessions are closed by the connection. */
    void closed();
}

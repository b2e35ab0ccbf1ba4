package org.smbd.server.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Optional;
import org.smbd.protocol.crypto.EncryptionAlgorithm;
import org.smbd.protocol.crypto.SigningAlgorithm;
import org.smbd.protocol.smb2.Dialect;

/**
 * A connection of a session, as far as the session itself needs one: MS-SMB2 3.3.1.14 Per Channel. What the server
 * sends unasked goes over any of them.
 */
public interface Channel {
    /** How logs and status call the peer: address and port. */
    String name();

    /** Whether what is sent may still arrive. */
    boolean isOpen();

    /** Where buffers for frames come from. */
    ByteBufAllocator allocator();

    /** Sends a frame, its length prefix included; takes over the buffer, and never blocks. */
    void send(ByteBuf frame);

    /**
     * Sends a frame as {@link #send(ByteBuf)} does, and if the client does not acknowledge it in time, gives the
     * connection up.
     *
     * @param lost run then; must not block
     */
    void send(ByteBuf frame, Runnable lost);

    /** Connection.Dialect. */
    Dialect dialect();

    /** Connection.CipherId. */
    Optional<EncryptionAlgorithm> cipher();

    /** Connection.SigningAlgorithmId, or what the dialect prescribes. */
    SigningAlgorithm signing();

    /** The session is over, on all its channels: nothing waits for it any more. */
    void ended(Session session);
}

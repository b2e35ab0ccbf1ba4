package org.smbd.server.conn;

import io.netty.buffer.ByteBuf;
import org.smbd.auth.mechanism.AuthExchange;
import org.smbd.protocol.crypto.PreauthHash;

/**
 * A log-in between two legs, be it of a new session, of one that logs in again or of one that is bound to this
 * connection: MS-SMB2 3.3.1.15 Per PreauthSession. Log-in lane of its connection only.
 *
 * <p>Session.PreauthIntegrityHashValue is kept here, too: nobody needs it once the keys are made.
 */
public final class PreauthSession {
    private final AuthExchange exchange;
    private PreauthHash preauthHash;

    public PreauthSession(AuthExchange exchange, PreauthHash preauthHash) {
        this.exchange = exchange;
        this.preauthHash = preauthHash;
    }

    /** The exchange of tokens. */
    public AuthExchange exchange() {
        return exchange;
    }

    /** PreauthSession.PreauthIntegrityHashValue. */
    public PreauthHash preauthHash() {
        return preauthHash;
    }

    /** One more message of the log-in, header to end. */
    public void hash(ByteBuf message) {
        preauthHash = preauthHash.with(message, message.readerIndex(), message.readableBytes());
    }
}

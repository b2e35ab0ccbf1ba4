package org.smbd.server.smb1;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.smbd.protocol.smb1.Smb1Signature;

/**
 * The signatures of one connection: MS-CIFS 3.3.1.3 Connection.SigningSequenceNumber. The first log-in of a user brings
 * the key; from then on each request has a number, and its answer the next.
 */
final class Smb1Signing {
    private volatile Optional<Smb1Signature> signature = Optional.empty();

    @GuardedBy("this")
    private int nextSequence;

    boolean isActive() {
        return signature.isPresent();
    }

    /** The log-in that is just being answered, as number 1, brings the key; later ones change nothing. */
    synchronized void activate(Smb1Signature first) {
        if (signature.isEmpty()) {
            signature = Optional.of(first);
            nextSequence = 2;
        }
    }

    /** The number of a request that was just received; its answer has the next one. */
    synchronized int admit(boolean answered) {
        int sequence = nextSequence;
        if (signature.isPresent()) {
            nextSequence += answered ? 2 : 1;
        }
        return sequence;
    }

    /** Whether a request is signed as it must be. */
    boolean verify(ByteBuf message, int sequence) {
        return signature
                .map(active -> active.verify(message, message.readerIndex(), message.readableBytes(), sequence))
                .orElse(true);
    }

    /** Signs an answer, where answers are signed. */
    void sign(ByteBuf buffer, int index, int messageBytes, int sequence) {
        signature.ifPresent(active -> active.sign(buffer, index, messageBytes, sequence));
    }
}

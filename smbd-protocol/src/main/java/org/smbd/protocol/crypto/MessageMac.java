package org.smbd.protocol.crypto;

import io.netty.buffer.ByteBuf;
import java.security.GeneralSecurityException;

/** One keyed signing algorithm. Safe for many threads at once. */
interface MessageMac {
    /**
     * Computes the signature of the message at {@code index}.
     *
     * @return at least 16 bytes, of which the first 16 are the signature
     */
    byte[] compute(ByteBuf message, int index, int length, Sender sender) throws GeneralSecurityException;
}

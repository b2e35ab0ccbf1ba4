package org.smbd.protocol.crypto;

import io.netty.buffer.ByteBuf;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Signs and verifies messages with one key. MS-SMB2 3.1.4.1 Signing An Outgoing Message, 3.1.5.1 Verifying an Incoming
 * Message. Safe for many threads at once.
 *
 * <p>A message is a range of any buffer, direct or composite. While it is being signed or verified its caller is the
 * only one that uses it: the Signature field may be zero for that moment.
 */
public final class Signer {
    private final SigningAlgorithm algorithm;
    private final MessageMac mac;

    Signer(SigningAlgorithm algorithm, MessageMac mac) {
        this.algorithm = algorithm;
        this.mac = mac;
    }

    public SigningAlgorithm algorithm() {
        return algorithm;
    }

    /**
     * Writes the signature into the header. Everything else, padding included, has its final value.
     *
     * @param index where the SMB2 header starts
     * @param length bytes of header, body and padding; at least 64
     */
    public void sign(ByteBuf message, int index, int length, Sender sender) {
        message.setBytes(
                index + SignedBytes.SIGNATURE_OFFSET,
                compute(message, index, length, sender),
                0,
                SignedBytes.SIGNATURE_BYTES);
    }

    /** Whether the message carries the signature that this key gives it; takes the same time for every wrong one. */
    public boolean verify(ByteBuf message, int index, int length, Sender sender) {
        byte[] received = new byte[SignedBytes.SIGNATURE_BYTES];
        message.getBytes(index + SignedBytes.SIGNATURE_OFFSET, received);
        byte[] expected = compute(message, index, length, sender);
        return MessageDigest.isEqual(Arrays.copyOf(expected, SignedBytes.SIGNATURE_BYTES), received);
    }

    private byte[] compute(ByteBuf message, int index, int length, Sender sender) {
        if (length < SignedBytes.HEADER_BYTES) {
            throw new IllegalArgumentException("shorter than an SMB2 header: " + length);
        }
        try {
            return mac.compute(message, index, length, sender);
        } catch (GeneralSecurityException e) {
            // Key and parameters were accepted before: this is a fault of the provider, not of the message.
            throw new IllegalStateException("cannot compute " + algorithm, e);
        }
    }
}

package org.smbd.protocol.smb1;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Signs messages. MS-CIFS 3.1.4.1 Sending Any Message: the first 8 bytes of MD5 over the key and the message, which has
 * the sequence number where the signature goes. Safe for many threads.
 */
public final class Smb1Signature {
    private static final int SIGNATURE_BYTES = 8;

    private final byte[] key;

    /**
     * The signatures of a connection.
     *
     * @param sessionKey of the first log-in
     * @param challengeResponse of that log-in; empty where it was done by tokens
     */
    public Smb1Signature(byte[] sessionKey, byte[] challengeResponse) {
        key = Arrays.copyOf(sessionKey, sessionKey.length + challengeResponse.length);
        System.arraycopy(challengeResponse, 0, key, sessionKey.length, challengeResponse.length);
    }

    /** Writes the signature into the message that begins at an index. */
    public void sign(ByteBuf buffer, int index, int messageBytes, int sequenceNumber) {
        buffer.setBytes(
                index + Smb1Header.SECURITY_FEATURES_OFFSET, signature(buffer, index, messageBytes, sequenceNumber));
    }

    /** Whether the message that begins at an index carries the right signature. */
    public boolean verify(ByteBuf buffer, int index, int messageBytes, int sequenceNumber) {
        byte[] carried = new byte[SIGNATURE_BYTES];
        buffer.getBytes(index + Smb1Header.SECURITY_FEATURES_OFFSET, carried);
        return MessageDigest.isEqual(carried, signature(buffer, index, messageBytes, sequenceNumber));
    }

    private byte[] signature(ByteBuf buffer, int index, int messageBytes, int sequenceNumber) {
        MessageDigest md5 = md5();
        md5.update(key);
        int behind = Smb1Header.SECURITY_FEATURES_OFFSET + SIGNATURE_BYTES;
        update(md5, buffer, index, Smb1Header.SECURITY_FEATURES_OFFSET);
        md5.update(ByteBuffer.allocate(SIGNATURE_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0, sequenceNumber)
                .array());
        update(md5, buffer, index + behind, messageBytes - behind);
        return Arrays.copyOf(md5.digest(), SIGNATURE_BYTES);
    }

    private static void update(MessageDigest md5, ByteBuf buffer, int index, int bytes) {
        for (ByteBuffer part : buffer.nioBuffers(index, bytes)) {
            md5.update(part);
        }
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }
}

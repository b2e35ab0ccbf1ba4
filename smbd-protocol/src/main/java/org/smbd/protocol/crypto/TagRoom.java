package org.smbd.protocol.crypto;

import io.netty.buffer.ByteBuf;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;

/** The bytes behind a message where {@code javax.crypto} puts the tag of AES-GCM, which MS-SMB2 has elsewhere. */
final class TagRoom {
    private TagRoom() {}

    /** Whether the buffer is of one piece and has bytes for a tag behind the message. */
    static boolean isBehind(ByteBuf buffer, int index, int length) {
        return buffer.nioBufferCount() == 1 && buffer.capacity() - index - length >= Aead.TAG_BYTES;
    }

    /** Encrypts in place with an initialized cipher; returns the tag and keeps what is behind the message. */
    static byte[] seal(Cipher cipher, ByteBuf buffer, int index, int length) throws GeneralSecurityException {
        byte[] behind = new byte[Aead.TAG_BYTES];
        buffer.getBytes(index + length, behind);
        cipher.doFinal(buffer.nioBuffer(index, length), buffer.nioBuffer(index, length + Aead.TAG_BYTES));
        byte[] tag = new byte[Aead.TAG_BYTES];
        buffer.getBytes(index + length, tag);
        buffer.setBytes(index + length, behind);
        return tag;
    }
}

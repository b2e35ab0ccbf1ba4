package org.smbd.vfs.store;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.smbd.core.status.NtStatus;

/** Names of the host are UTF-8, strictly: what is not cannot be named by a client and is not shown. */
final class HostText {
    private HostText() {}

    /** The bytes of a path or name; OBJECT_NAME_INVALID for a lone surrogate. */
    static byte[] encode(String text) {
        byte[] bytes = new byte[text.length()];
        for (int i = 0; i < bytes.length; i++) {
            char unit = text.charAt(i);
            if (unit >= 0x80) {
                return encodeAny(text);
            }
            bytes[i] = (byte) unit;
        }
        return bytes;
    }

    private static byte[] encodeAny(String text) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw NtStatus.OBJECT_NAME_INVALID.exception();
        }
    }

    /** The text of a name of the host; empty if it is no UTF-8. */
    static Optional<String> decode(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return decodeAny(bytes);
            }
        }
        return Optional.of(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    private static Optional<String> decodeAny(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}

package org.smbd.auth.spnego;

import java.io.ByteArrayOutputStream;

/** Writes DER values. ITU-T X.690. */
final class DerWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** A value: tag, length, content. */
    static byte[] value(int tag, byte[] content) {
        return new DerWriter().add(tag, content).bytes();
    }

    /** Appends a value. */
    DerWriter add(int tag, byte[] content) {
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            int lengthBytes = content.length < 0x100 ? 1 : content.length < 0x10000 ? 2 : 3;
            out.write(0x80 | lengthBytes);
            for (int i = lengthBytes - 1; i >= 0; i--) {
                out.write(content.length >>> (8 * i));
            }
        }
        out.writeBytes(content);
        return this;
    }

    /** Appends bytes that are DER already. */
    DerWriter raw(byte[] der) {
        out.writeBytes(der);
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}

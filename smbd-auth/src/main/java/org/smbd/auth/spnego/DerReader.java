package org.smbd.auth.spnego;

import java.util.Arrays;

/**
 * Reads DER values one after another within fixed bounds. ITU-T X.690, as far as RFC 4178 needs it.
 *
 * <p>The depth that is left shrinks with every value that is entered, so nested input cannot exhaust the stack.
 */
final class DerReader {
    static final int OCTET_STRING = 0x04;
    static final int OBJECT_IDENTIFIER = 0x06;
    static final int ENUMERATED = 0x0A;
    static final int SEQUENCE = 0x30;

    private final byte[] bytes;
    private final int end;
    private final int depthLeft;
    private int position;

    /** @param depthMax values within values that may be entered */
    DerReader(byte[] bytes, int depthMax) {
        this(bytes, 0, bytes.length, depthMax);
    }

    private DerReader(byte[] bytes, int start, int end, int depthLeft) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
        this.depthLeft = depthLeft;
    }

    boolean hasMore() {
        return position < end;
    }

    /** The tag of the next value, or -1 at the end. */
    int peekTag() {
        return hasMore() ? bytes[position] & 0xFF : -1;
    }

    /** A reader of the content of the next value, which has the given tag. */
    DerReader enter(int tag) throws MalformedToken {
        if (depthLeft == 0) {
            throw new MalformedToken("values nested too deep");
        }
        int length = header(tag);
        DerReader content = new DerReader(bytes, position, position + length, depthLeft - 1);
        position += length;
        return content;
    }

    /** The content of the next value, which has the given tag. */
    byte[] value(int tag) throws MalformedToken {
        int length = header(tag);
        byte[] content = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return content;
    }

    /** The next value whatever it is, with tag and length. */
    byte[] whole() throws MalformedToken {
        int start = position;
        int length = header(peekTag());
        position += length;
        return Arrays.copyOfRange(bytes, start, position);
    }

    /** Passes over the next value. */
    void skip() throws MalformedToken {
        int length = header(peekTag());
        position += length;
    }

    /** Moves behind tag and length, and returns the length, which is within bounds. */
    private int header(int tag) throws MalformedToken {
        if (position >= end || (bytes[position] & 0xFF) != tag) {
            throw new MalformedToken(String.format("no value of tag 0x%02x at offset %d", tag, position));
        }
        position++;
        int length = length();
        if (length > end - position) {
            throw new MalformedToken("a value ends beyond the token");
        }
        return length;
    }

    /** X.690 8.1.3: short or long form; some clients write more bytes than needed, which harms nobody. */
    private int length() throws MalformedToken {
        int first = next();
        if (first < 0x80) {
            return first;
        }
        int count = first & 0x7F;
        if (count == 0 || count > Integer.BYTES) {
            throw new MalformedToken("a length of indefinite form or more than four bytes");
        }
        long length = 0;
        for (int i = 0; i < count; i++) {
            length = (length << 8) | next();
        }
        if (length > end) {
            throw new MalformedToken("a length beyond the token");
        }
        return (int) length;
    }

    private int next() throws MalformedToken {
        if (position >= end) {
            throw new MalformedToken("a length is cut off");
        }
        return bytes[position++] & 0xFF;
    }
}

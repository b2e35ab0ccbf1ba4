package org.smbd.vfs.stream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of an attribute that keeps a stream, as Samba's module streams_xattr has it: the bytes of the stream and
 * one byte behind them, which is 0, or the count of further attributes (newer versions of Samba).
 *
 * <p>A stream too long for that is kept in a side file, and the value tells which, with a last byte that Samba never
 * writes: so one change of one attribute takes a stream from one form to the other.
 */
sealed interface StreamValue {
    /** The stream itself. */
    record Whole(byte[] bytes) implements StreamValue {}

    /** Its beginning; {@code count} further attributes keep the rest. */
    record Spread(byte[] beginning, int count) implements StreamValue {}

    /**
     * It is in a side file.
     *
     * @param inode of the file whose stream it was when this was written: a copy of the file has another one
     * @param token makes the side file's name unique, and hard to guess
     */
    record Aside(long inode, String token) implements StreamValue {}

    /** Damaged. */
    record Broken() implements StreamValue {}

    /** Most attributes besides the first that Samba can be told to use. */
    int EXTENTS_MAX = 15;

    /** The last byte of a reference to a side file. */
    byte ASIDE = (byte) 0xff;

    /** What a reference looks like to somebody who does not know it. */
    Pattern REFERENCE = Pattern.compile("smbd keeps this stream in a file: ([0-9a-f]{1,16})-([0-9a-f]{32})");

    /** Any value. */
    static StreamValue decode(byte[] value) {
        if (value.length == 0) {
            return new Broken();
        }
        byte[] bytes = Arrays.copyOf(value, value.length - 1);
        byte last = value[value.length - 1];
        if (last == ASIDE) {
            return reference(bytes).orElseGet(Broken::new);
        }
        int count = Byte.toUnsignedInt(last);
        if (count == 0) {
            return new Whole(bytes);
        }
        return count <= EXTENTS_MAX ? new Spread(bytes, count) : new Broken();
    }

    private static Optional<StreamValue> reference(byte[] bytes) {
        Matcher matcher = REFERENCE.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        return matcher.matches()
                ? Optional.of(new Aside(Long.parseUnsignedLong(matcher.group(1), 16), matcher.group(2)))
                : Optional.empty();
    }

    /** The value of a stream that is kept whole. */
    static byte[] encode(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length + 1);
    }

    /** The value of a stream in a side file. */
    static byte[] encode(Aside aside) {
        String text = "smbd keeps this stream in a file: " + Long.toHexString(aside.inode()) + "-" + aside.token();
        byte[] value = Arrays.copyOf(text.getBytes(StandardCharsets.ISO_8859_1), text.length() + 1);
        value[text.length()] = ASIDE;
        return value;
    }
}

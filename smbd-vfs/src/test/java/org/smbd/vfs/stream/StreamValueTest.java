package org.smbd.vfs.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StreamValueTest {
    private static final StreamValue.Aside ASIDE = new StreamValue.Aside(0xfeedL, "0123456789abcdef0123456789abcdef");

    @Test
    void aStreamIsKeptWithOneZeroBehindItAsSambaDoes() {
        assertArrayEquals(new byte[] {1, 2, 0}, StreamValue.encode(new byte[] {1, 2}));
        assertArrayEquals(new byte[] {0}, StreamValue.encode(new byte[0]));
        StreamValue.Whole whole = assertInstanceOf(StreamValue.Whole.class, StreamValue.decode(new byte[] {1, 2, 0}));
        assertArrayEquals(new byte[] {1, 2}, whole.bytes());
    }

    @Test
    void theLastByteCountsFurtherAttributes() {
        StreamValue.Spread spread =
                assertInstanceOf(StreamValue.Spread.class, StreamValue.decode(new byte[] {1, 2, 15}));
        assertArrayEquals(new byte[] {1, 2}, spread.beginning());
        assertEquals(15, spread.count());
        assertInstanceOf(StreamValue.Broken.class, StreamValue.decode(new byte[] {1, 2, 16}));
        assertInstanceOf(StreamValue.Broken.class, StreamValue.decode(new byte[0]));
    }

    @Test
    void aReferenceSaysWhichFileKeepsTheStream() {
        byte[] value = StreamValue.encode(ASIDE);
        assertArrayEquals(
                "smbd keeps this stream in a file: feed-0123456789abcdef0123456789abcdef\u00ff"
                        .getBytes(StandardCharsets.ISO_8859_1),
                value);
        assertEquals(ASIDE, StreamValue.decode(value));
        for (int length = 1; length < value.length; length++) {
            byte[] cut = Arrays.copyOf(value, length);
            cut[length - 1] = StreamValue.ASIDE;
            assertInstanceOf(StreamValue.Broken.class, StreamValue.decode(cut));
        }
    }
}

package org.smbd.server.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Feeds the decoder as the event loop does: each read goes where the receiver says. */
class FrameDecoderTest {
    private static final int FRAME_BYTES_MAX = 3 * 1024 * 1024;

    private final FrameDecoder decoder = new FrameDecoder(() -> FRAME_BYTES_MAX, false);
    private final EmbeddedChannel channel = new EmbeddedChannel(decoder);

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    /** Delivers bytes in pieces of at most {@code step}, into the buffers that the receiver allocates. */
    private static void feed(EmbeddedChannel channel, FrameDecoder decoder, ByteBuf bytes, int step) {
        FrameReceiver receiver = new FrameReceiver(decoder);
        while (bytes.isReadable() && channel.isActive()) {
            ByteBuf target = receiver.newHandle().allocate(channel.alloc());
            int room = target.capacity() - target.writerIndex();
            assertTrue(room > 0, "the receiver must always have room");
            target.writeBytes(bytes, Math.min(Math.min(room, step), bytes.readableBytes()));
            channel.writeInbound(target);
        }
        bytes.release();
    }

    private static ByteBuf frame(byte[] message) {
        ByteBuf frame = Unpooled.buffer(4 + message.length);
        return frame.writeInt(message.length).writeBytes(message);
    }

    private static byte[] message(int length, int seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static byte[] take(EmbeddedChannel channel) {
        ByteBuf received = channel.readInbound();
        if (received == null) {
            return null;
        }
        assertTrue(received.isDirect());
        byte[] bytes = new byte[received.readableBytes()];
        received.readBytes(bytes);
        received.release();
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 5, 1000, 8191, 65_536, Integer.MAX_VALUE})
    void framesArriveWholeHoweverTheBytesAreCut(int step) {
        int[] lengths = {1, 64, 68, 4000, 8192, 9000, 70_000, step < 5 ? 80_000 : 2_500_000, 12};
        List<byte[]> sent = new ArrayList<>();
        ByteBuf stream = Unpooled.buffer();
        for (int length : lengths) {
            byte[] message = message(length, length);
            sent.add(message);
            ByteBuf frame = frame(message);
            stream.writeBytes(frame);
            frame.release();
        }
        feed(channel, decoder, stream, step);
        for (byte[] message : sent) {
            org.junit.jupiter.api.Assertions.assertArrayEquals(message, take(channel));
        }
        assertNull(take(channel));
        assertNull(decoder.unfinishedFrame());
        assertEquals(0, decoder.unfinishedSinceNanos());
    }

    @Test
    void frameAboveTheLimitClosesBeforeAnythingIsAllocated() {
        feed(channel, decoder, Unpooled.buffer().writeInt(FRAME_BYTES_MAX + 1).writeZero(100), 104);
        assertFalse(channel.isActive());
        assertNull(decoder.unfinishedFrame());
        assertNull(take(channel));
    }

    @Test
    void otherTypesOfPacketCloseADirectTcpConnection() {
        feed(channel, decoder, Unpooled.buffer().writeInt(0x85000000), 4);
        assertFalse(channel.isActive());
    }

    @Test
    void announcedLengthCostsNoMemoryUntilBytesCome() {
        feed(channel, decoder, Unpooled.buffer().writeInt(FRAME_BYTES_MAX).writeZero(100), 104);
        assertTrue(decoder.unfinishedFrame().capacity() <= 64 * 1024);
        assertTrue(decoder.unfinishedSinceNanos() != 0);
    }

    @Test
    void emptyFrameIsAFrame() {
        feed(channel, decoder, Unpooled.buffer().writeInt(0).writeInt(1).writeByte(7), 9);
        assertEquals(0, take(channel).length);
        assertEquals(1, take(channel).length);
    }

    @Test
    void netBiosSessionIsAcceptedKeptAliveAndRefused() {
        FrameDecoder netBios = new FrameDecoder(() -> FRAME_BYTES_MAX, true);
        EmbeddedChannel session = new EmbeddedChannel(netBios);
        ByteBuf stream = Unpooled.buffer().writeInt(0x85000000);
        stream.writeInt(0x81000000 | 68).writeByte(32).writeBytes(new byte[32]).writeByte(0);
        stream.writeByte(32).writeBytes(new byte[32]).writeByte(0);
        stream.writeInt(3).writeMedium(0x010203);
        for (int i = 0; i < 32; i++) { // the names: sixteen blanks, in half octets as letters
            stream.setByte(9 + i, i % 2 == 0 ? 'C' : 'A');
            stream.setByte(43 + i, i % 2 == 0 ? 'C' : 'A');
        }
        feed(session, netBios, stream, 5);
        ByteBuf answer = session.readOutbound();
        assertEquals(0x82000000, answer.readInt());
        answer.release();
        assertEquals(3, take(session).length);
        feed(session, netBios, Unpooled.buffer().writeInt(0x81000001).writeByte(0), 5);
        ByteBuf refusal = session.readOutbound();
        assertEquals(0x83000001, refusal.readInt());
        refusal.release();
        assertFalse(session.isActive());
        session.finishAndReleaseAll();
    }
}

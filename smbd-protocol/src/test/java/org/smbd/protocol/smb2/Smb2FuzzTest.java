package org.smbd.protocol.smb2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * Decoders meet any bytes with a value or a {@link MalformedMessage}, and what they accept survives encoding. Without
 * JAZZER_FUZZ the seeds and the stored corpus run as plain tests.
 */
class Smb2FuzzTest {
    /** A whole message: header and body. */
    static Stream<byte[]> goldenRequests() {
        return RequestVectors.all().map(vector -> message(vector.command(), vector.body()));
    }

    static Stream<byte[]> goldenResponses() {
        return ResponseVectors.all().map(vector -> message(vector.command(), vector.body()));
    }

    static Stream<byte[]> goldenCreateContexts() {
        return ContextVectors.createContexts().map(context -> chain(List.of(context.value(), context.value())));
    }

    static Stream<byte[]> goldenNegotiateContexts() {
        return ContextVectors.negotiateContexts()
                .map(context -> written(out -> NegotiateContexts.encode(List.of(context.value()), out)));
    }

    private static byte[] message(Smb2Command command, ByteBuf body) {
        return written(out -> {
            new Smb2Header(1, 0, command, 1, 0, 0, 1, 0, 0, 0).encode(out);
            out.bytes(body);
        });
    }

    private static byte[] chain(List<CreateContext> contexts) {
        byte[] withFields = written(out -> {
            out.i64(0);
            CreateContextChain.encode(contexts, 0, out);
        });
        return Arrays.copyOfRange(withFields, 8, withFields.length);
    }

    private static byte[] written(Consumer<WireWriter> encode) {
        ByteBuf buffer = Unpooled.buffer();
        encode.accept(new WireWriter(buffer));
        return ByteBufUtil.getBytes(buffer);
    }

    @FuzzTest
    @MethodSource("goldenRequests")
    void anyRequest(byte[] message) {
        ignoringRefusal(() -> {
            WireReader in = new WireReader(Unpooled.wrappedBuffer(message));
            Smb2Header header = Smb2Header.decode(in);
            Smb2Request request = Smb2Request.decode(header.command(), in);
            byte[] again = written(out -> {
                header.encode(out);
                request.encode(out);
            });
            WireReader second = new WireReader(Unpooled.wrappedBuffer(again));
            assertEquals(header, Smb2Header.decode(second));
            assertEquals(request, Smb2Request.decode(header.command(), second));
        });
    }

    @FuzzTest
    @MethodSource("goldenResponses")
    void anyResponse(byte[] message) {
        ignoringRefusal(() -> {
            WireReader in = new WireReader(Unpooled.wrappedBuffer(message));
            Smb2Header header = Smb2Header.decode(in);
            Smb2Response.decode(header.command(), in);
        });
    }

    @FuzzTest
    @MethodSource("goldenCreateContexts")
    void anyChainOfCreateContexts(byte[] chain) {
        ignoringRefusal(() -> {
            List<CreateContext> contexts =
                    CreateContextChain.decode(new WireReader(Unpooled.wrappedBuffer(chain)), CreateContext::decode);
            byte[] again = chain(contexts);
            assertEquals(
                    contexts,
                    CreateContextChain.decode(new WireReader(Unpooled.wrappedBuffer(again)), CreateContext::decode));
        });
    }

    @FuzzTest
    @MethodSource("goldenNegotiateContexts")
    void anyListOfNegotiateContexts(byte[] list) {
        ignoringRefusal(() -> {
            WireReader in = new WireReader(Unpooled.wrappedBuffer(list));
            int count = Math.min(list.length / 8, NegotiateContexts.COUNT_MAX);
            List<NegotiateContext> contexts = NegotiateContexts.decode(in, 0, count);
            byte[] again = written(out -> NegotiateContexts.encode(contexts, out));
            assertEquals(
                    contexts,
                    NegotiateContexts.decode(new WireReader(Unpooled.wrappedBuffer(again)), 0, contexts.size()));
        });
    }

    /** A refusal is the other good outcome; anything else fails the test. */
    private static void ignoringRefusal(Runnable decode) {
        try {
            decode.run();
        } catch (MalformedMessage refused) {
            assertEquals(0, refused.getStackTrace().length, "shared and stackless");
        }
    }
}

package org.smbd.benchmarks;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.smbd.protocol.crypto.CryptoProvider;
import org.smbd.protocol.crypto.EncryptionAlgorithm;
import org.smbd.protocol.crypto.MessageCipher;
import org.smbd.protocol.crypto.Sender;
import org.smbd.protocol.crypto.Signer;
import org.smbd.protocol.crypto.SigningAlgorithm;

/** Signs and seals messages where they lie, in direct memory: MS-SMB2 3.1.4.1, 3.1.4.3. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MessageSecurityBenchmark {
    private static final int MESSAGE_ID_OFFSET = 24;

    @Param({"120", "4220", "1048688"})
    private int messageBytes;

    private final CryptoProvider provider = CryptoProvider.probe(CryptoProvider.Choice.AUTO);
    private final Signer gmac = provider.signer(SigningAlgorithm.AES_GMAC, new byte[16]);
    private final Signer cmac = provider.signer(SigningAlgorithm.AES_CMAC, new byte[16]);
    private final Signer hmac = provider.signer(SigningAlgorithm.HMAC_SHA256, new byte[16]);
    private final MessageCipher gcm = provider.messageCipher(EncryptionAlgorithm.AES_128_GCM, new byte[16]);
    private ByteBuf buffer;
    private long messageId;

    /** A message behind room for a transform header, and room for a tag behind it. */
    @Setup
    public void allocate() {
        int capacity = MessageCipher.TRANSFORM_HEADER_BYTES + messageBytes + MessageCipher.ROOM_BYTES;
        buffer = UnpooledByteBufAllocator.DEFAULT.directBuffer(capacity, capacity);
        buffer.setZero(0, capacity);
    }

    @TearDown
    public void release() {
        buffer.release();
    }

    private void sign(Signer signer) {
        int start = MessageCipher.TRANSFORM_HEADER_BYTES;
        buffer.setLongLE(start + MESSAGE_ID_OFFSET, messageId++); // AES-GMAC takes its nonce from it
        signer.sign(buffer, start, messageBytes, Sender.SERVER);
    }

    @Benchmark
    public void signByGmac() {
        sign(gmac);
    }

    @Benchmark
    public void signByCmac() {
        sign(cmac);
    }

    @Benchmark
    public void signByHmac() {
        sign(hmac);
    }

    @Benchmark
    public void sealByGcm() {
        gcm.seal(buffer, 0, messageBytes);
    }
}

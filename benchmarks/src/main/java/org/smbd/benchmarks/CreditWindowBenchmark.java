package org.smbd.benchmarks;

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
import org.openjdk.jmh.annotations.Warmup;
import org.smbd.server.conn.CreditWindow;

/**
 * Takes the message ids of a request and grants as many: what every request costs before its signature is looked at.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CreditWindowBenchmark {
    private static final int CREDITS_MAX = 8192;

    @Param({"1", "16"})
    private int charge;

    private CreditWindow window;
    private long messageId;

    @Setup
    public void fill() {
        window = new CreditWindow(CREDITS_MAX);
        window.consume(0, 1);
        window.grant(CREDITS_MAX, CREDITS_MAX);
        messageId = 1;
    }

    /** One request and its response. */
    @Benchmark
    public int consumeAndGrant() {
        if (!window.consume(messageId, charge)) {
            throw new IllegalStateException("message id " + messageId);
        }
        messageId += charge;
        return window.grant(charge, CREDITS_MAX);
    }
}

package org.smbd.server.metrics;

import java.util.concurrent.atomic.LongAdder;

/** What happened to one kind of request. */
public final class CommandCounter {
    private final LongAdder count = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder errors = new LongAdder();

    /** Counts an answered request with the payload bytes that it moved. */
    public void add(long payloadBytes, boolean failed) {
        count.increment();
        if (payloadBytes != 0) {
            bytes.add(payloadBytes);
        }
        if (failed) {
            errors.increment();
        }
    }

    /** Requests answered. */
    public long count() {
        return count.sum();
    }

    /** Payload bytes read or written. */
    public long bytes() {
        return bytes.sum();
    }

    /** Requests answered with an error. */
    public long errors() {
        return errors.sum();
    }
}

package org.smbd.protocol.crypto;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Values that one key never sees twice: the first eight bytes of a nonce. MS-SMB2 2.2.41: Nonce "MUST NOT be reused for
 * all encrypted messages within a session".
 */
final class NonceCounter {
    private final AtomicLong last;

    NonceCounter(long start) {
        last = new AtomicLong(start);
    }

    /**
     * The next value.
     *
     * @throws IllegalStateException when the values are used up: the key must not seal anything more
     */
    long next() {
        long previous = last.getAndUpdate(value -> value == Long.MAX_VALUE ? value : value + 1);
        if (previous == Long.MAX_VALUE) {
            throw new IllegalStateException("no nonce is left for this key");
        }
        return previous + 1;
    }
}

package org.smbd.auth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class FailureThrottleTest {
    private Instant now = Instant.EPOCH;
    private final FailureThrottle throttle = new FailureThrottle(
            new Clock() {
                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return now;
                }
            },
            3,
            Duration.ofSeconds(2));

    @Test
    void behindTheThirdFailureAnswersWaitAtMostTwoSeconds() {
        long[] delays = new long[8];
        for (int i = 0; i < delays.length; i++) {
            delays[i] = throttle.failed("alice", "::1");
        }
        assertArrayEquals(new long[] {0, 0, 0, 500, 1_000, 2_000, 2_000, 2_000}, delays);
    }

    @Test
    void whatCannotWaitIsHeldUpAsLong() {
        for (int i = 0; i < 4; i++) {
            assertFalse(throttle.isHeldUp("alice", "::1"));
            throttle.failed("alice", "::1");
        }
        assertTrue(throttle.isHeldUp("Alice", "::1"));
        assertFalse(throttle.isHeldUp("alice", "::2"));
        now = now.plusMillis(499);
        assertTrue(throttle.isHeldUp("alice", "::1"));
        now = now.plusMillis(1);
        assertFalse(throttle.isHeldUp("alice", "::1"));
    }

    @Test
    void nobodyElseWaits() {
        for (int i = 0; i < 10; i++) {
            throttle.failed("alice", "::1");
        }
        assertEquals(0, throttle.failed("alice", "::2"));
        assertEquals(0, throttle.failed("bob", "::1"));
        assertEquals(2_000, throttle.failed("ALICE", "::1"));
    }

    @Test
    void successAndTimeForget() {
        for (int i = 0; i < 10; i++) {
            throttle.failed("alice", "::1");
            throttle.failed("bob", "::1");
        }
        throttle.succeeded("alice", "::1");
        assertEquals(0, throttle.failed("alice", "::1"));
        now = now.plus(Duration.ofMinutes(16));
        assertEquals(0, throttle.failed("bob", "::1"));
    }

    @Test
    void inventedNamesPushOutTheOldestOnly() {
        for (int i = 0; i < 5; i++) {
            throttle.failed("first", "::1");
        }
        for (int i = 0; i < 9_999; i++) {
            throttle.failed("name" + i, "::1");
        }
        assertEquals(2_000, throttle.failed("first", "::1"));
        for (int i = 0; i < 10_000; i++) {
            throttle.failed("more" + i, "::1");
        }
        assertEquals(0, throttle.failed("first", "::1"));
    }
}

package org.smbd.server.conn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MS-SMB2 3.3.1.1 and 3.3.1.2, against a set of numbers. */
class CreditWindowTest {
    /** The specification's wording, number by number. */
    private static final class NaiveWindow {
        private final TreeSet<Long> allowed = new TreeSet<>();
        private final int creditsMax;
        private long next = 1;

        NaiveWindow(int creditsMax) {
            this.creditsMax = creditsMax;
            allowed.add(0L);
        }

        boolean consume(long messageId, int charge) {
            for (int i = 0; i < charge; i++) {
                if (!allowed.contains(messageId + i)) {
                    return false;
                }
            }
            for (int i = 0; i < charge; i++) {
                allowed.remove(messageId + i);
            }
            return true;
        }

        int grant(int requested, int heldMax) {
            int granted = 0;
            while (granted < requested
                    && allowed.size() < Math.min(heldMax, creditsMax)
                    && next - (allowed.isEmpty() ? next : allowed.first()) < creditsMax) {
                allowed.add(next++);
                granted++;
            }
            if (allowed.isEmpty()) {
                allowed.add(next++);
                granted++;
            }
            return granted;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void behavesAsTheSetOfTheSpecification(long seed) {
        Random random = new Random(seed);
        int creditsMax = 1 + random.nextInt(130);
        CreditWindow window = new CreditWindow(creditsMax);
        NaiveWindow model = new NaiveWindow(creditsMax);
        for (int step = 0; step < 20_000; step++) {
            if (random.nextBoolean()) {
                long around = model.next - random.nextInt(creditsMax + 4) - 1;
                int charge = 1 + random.nextInt(4);
                assertEquals(model.consume(around, charge), window.consume(around, charge), "id " + around);
            } else {
                int requested = random.nextInt(creditsMax + 10);
                int heldMax = 1 + random.nextInt(creditsMax + 10);
                assertEquals(model.grant(requested, heldMax), window.grant(requested, heldMax));
            }
            assertEquals(model.allowed.size(), window.held());
        }
    }

    @Test
    void onlyIdZeroIsAllowedAtFirstAndOnlyOnce() {
        CreditWindow window = new CreditWindow(8);
        assertFalse(window.consume(1, 1));
        assertTrue(window.consume(0, 1));
        assertFalse(window.consume(0, 1));
    }

    @Test
    void clientThatWouldHoldNothingGetsOneEvenIfItAsksForNone() {
        CreditWindow window = new CreditWindow(8);
        assertTrue(window.consume(0, 1));
        assertEquals(1, window.grant(0, 8));
    }

    @Test
    void skippedIdStopsTheWindowUntilItIsSent() {
        CreditWindow window = new CreditWindow(8192);
        assertTrue(window.consume(0, 1));
        assertEquals(8192, window.grant(65_535, 8192));
        for (long id = 2; id <= 8192; id++) {
            assertTrue(window.consume(id, 1));
            assertEquals(0, window.grant(1, 8192));
        }
        assertTrue(window.consume(1, 1));
        assertEquals(8192, window.grant(8192, 8192));
    }

    @Test
    void hugeIdsAndChargesAreRefused() {
        CreditWindow window = new CreditWindow(8);
        assertFalse(window.consume(Long.MAX_VALUE, 1));
        assertFalse(window.consume(-1, 1));
        assertFalse(window.consume(Long.MIN_VALUE, 1));
        assertFalse(window.consume(0, 65_535));
        assertFalse(window.consume(0, 2));
        assertEquals(1, window.held());
    }
}

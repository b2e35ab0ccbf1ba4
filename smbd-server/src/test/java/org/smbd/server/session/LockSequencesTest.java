package org.smbd.server.session;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LockSequencesTest {
    private final LockSequences sequences = new LockSequences();

    @Test
    void onlyTheLastNumberOfAnIndexIsAReplay() {
        assertFalse(sequences.isReplay(1, 0));
        sequences.succeeded(1, 0);
        assertTrue(sequences.isReplay(1, 0));
        assertFalse(sequences.isReplay(2, 0));
        sequences.succeeded(1, 15);
        assertTrue(sequences.isReplay(1, 15));
        assertTrue(sequences.isReplay(1, 15));
    }

    @Test
    void anotherNumberForgetsTheLastOne() {
        sequences.succeeded(64, 3);
        assertFalse(sequences.isReplay(64, 4)); // and it fails: nothing is told
        assertFalse(sequences.isReplay(64, 3));
    }

    @Test
    void indexesOutsideTheArrayAreNotWatched() {
        for (int index : new int[] {0, 65, 0xFFF_FFFF}) {
            sequences.succeeded(index, 1);
            assertFalse(sequences.isReplay(index, 1));
        }
    }
}

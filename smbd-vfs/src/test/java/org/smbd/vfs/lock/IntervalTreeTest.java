package org.smbd.vfs.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random histories against a list. */
class IntervalTreeTest {
    private record Held(LockRange range, LockOwnership owner) {}

    private final IntervalTree tree = new IntervalTree();
    private final List<Held> model = new ArrayList<>();

    private static List<LockOwnership> owners(int count) {
        List<LockOwnership> owners = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            owners.add(new LockingOpen(i).owner(0));
        }
        return owners;
    }

    /** Small ranges that meet often, empty ones, and some at the end of the 64 bits. */
    private static LockRange range(Random random) {
        long length = random.nextInt(8);
        return random.nextInt(20) == 0 ? new LockRange(-1 - length, length) : new LockRange(random.nextInt(60), length);
    }

    private final AtomicInteger told = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 70})
    void historiesAgreeWithAList(int ownerCount) {
        List<LockOwnership> owners = owners(ownerCount);
        Random random = new Random(ownerCount);
        for (int step = 0; step < 20_000; step++) {
            LockOwnership owner = owners.get(random.nextInt(owners.size()));
            LockRange range = range(random);
            int what = random.nextInt(100);
            if (what < 35) {
                tree.add(range, owner);
                model.add(new Held(range, owner));
            } else if (what < 75) {
                boolean fromModel = random.nextBoolean() && !model.isEmpty();
                Held gone = fromModel ? model.get(random.nextInt(model.size())) : new Held(range, owner);
                assertEquals(model.remove(gone), tree.remove(gone.range(), gone.owner()));
            } else if (what < 76) {
                int before = model.size();
                model.removeIf(held -> held.owner() == owner);
                int kept = model.size();
                tree.removeAll(owner, gone -> told.incrementAndGet());
                assertEquals(before - kept, told.getAndSet(0));
            }
            assertEquals(model.size(), tree.size());
            assertEquals(model.stream().anyMatch(held -> held.range().overlaps(range)), tree.anyOverlap(range));
            assertEquals(
                    model.stream()
                            .anyMatch(held ->
                                    held.owner() != owner && held.range().overlaps(range)),
                    tree.anyOverlapOfOther(range, owner));
        }
    }

    @Test
    void ownersWithTheSameMarkAreToldApart() {
        LockOwnership one = new LockingOpen(0).owner(0);
        LockOwnership other = new LockingOpen(64).owner(0);
        assertEquals(one.mark(), other.mark());
        tree.add(new LockRange(0, 10), one);
        assertFalse(tree.remove(new LockRange(0, 10), other));
        assertTrue(tree.anyOverlapOfOther(new LockRange(5, 1), other));
        tree.removeAll(other, range -> told.incrementAndGet());
        assertEquals(0, told.get());
        tree.removeAll(one, range -> told.incrementAndGet());
        assertEquals(1, told.get());
    }

    /** A hundred thousand of one owner under a question of that owner: none of them is to be looked at. */
    @Test
    void whatTheAskerHoldsItselfIsNotLookedAt() {
        List<LockOwnership> owners = owners(2);
        for (int i = 0; i < 100_000; i++) {
            tree.add(new LockRange(2L * i, 1), owners.get(0));
        }
        for (int i = 0; i < 100_000; i++) {
            assertFalse(tree.anyOverlapOfOther(new LockRange(0, 200_000), owners.get(0)));
        }
        assertTrue(tree.anyOverlapOfOther(new LockRange(0, 200_000), owners.get(1)));
    }
}

package org.smbd.server.conn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LaneTest {
    private final Deque<Runnable> submitted = new ArrayDeque<>();
    private final Lane lane = new Lane(submitted::add);
    private final List<String> events = new ArrayList<>();

    private Lane.Step step(String name) {
        return () -> {
            events.add(name);
            return Lane.NOTHING;
        };
    }

    @Test
    void stepsRunInOrderInOneTurnOfThePool() {
        lane.execute(step("a"));
        lane.execute(step("b"));
        assertEquals(1, submitted.size());
        submitted.remove().run();
        assertEquals(List.of("a", "b"), events);
    }

    @Test
    void freeLaneRunsAStepAtOnceAndLeavesItsRestToTheCaller() {
        Runnable rest = lane.runNow(() -> {
            events.add("now");
            lane.execute(step("behind"));
            return () -> events.add("rest");
        });
        rest.run();
        assertEquals(List.of("now", "rest"), events);
        submitted.remove().run();
        assertEquals(List.of("now", "rest", "behind"), events);
        assertTrue(submitted.isEmpty());
    }

    @Test
    void nothingOvertakesAStepThatWaits() {
        lane.execute(step("a"));
        assertNull(lane.runNow(step("b")));
        submitted.remove().run();
        assertEquals(List.of("a"), events);
    }

    @Test
    void stepThatFailsAtOnceLeavesTheLaneFree() {
        assertThrows(
                IllegalStateException.class,
                () -> lane.runNow(() -> {
                    throw new IllegalStateException();
                }));
        assertEquals(Lane.NOTHING, lane.runNow(step("a")));
        assertEquals(List.of("a"), events);
    }

    @Test
    void restRunsOnTheSameThreadWhenNothingWaits() {
        lane.execute(() -> () -> events.add("rest"));
        submitted.remove().run();
        assertEquals(List.of("rest"), events);
        assertTrue(submitted.isEmpty());
    }

    @Test
    void restGoesToThePoolWhenAnotherStepWaits() {
        lane.execute(() -> () -> events.add("rest"));
        lane.execute(step("b"));
        submitted.remove().run();
        assertEquals(List.of("b"), events);
        submitted.remove().run();
        assertEquals(List.of("b", "rest"), events);
    }

    @Test
    void laneIsFreeWhileTheRestRuns() {
        lane.execute(() -> () -> {
            lane.execute(step("later"));
            assertEquals(1, submitted.size());
            events.add("rest");
        });
        submitted.remove().run();
        submitted.remove().run();
        assertEquals(List.of("rest", "later"), events);
    }

    @Test
    void stepThatThrowsDoesNotStopThoseBehindIt() {
        lane.execute(() -> {
            throw new IllegalStateException("expected");
        });
        lane.execute(step("b"));
        assertThrows(IllegalStateException.class, () -> submitted.remove().run());
        submitted.remove().run();
        assertEquals(List.of("b"), events);
    }

    @Test
    void manyThreadsNeverOverlapInOneLane() throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            Lane shared = new Lane(pool);
            AtomicInteger inside = new AtomicInteger();
            AtomicInteger overlaps = new AtomicInteger();
            int count = 2_000;
            CountDownLatch done = new CountDownLatch(2 * count);
            for (int i = 0; i < count; i++) {
                shared.execute(() -> {
                    if (inside.incrementAndGet() != 1) {
                        overlaps.incrementAndGet();
                    }
                    inside.decrementAndGet();
                    done.countDown();
                    return done::countDown;
                });
            }
            assertTrue(done.await(30, TimeUnit.SECONDS));
            assertEquals(0, overlaps.get());
        } finally {
            pool.shutdownNow();
        }
    }
}

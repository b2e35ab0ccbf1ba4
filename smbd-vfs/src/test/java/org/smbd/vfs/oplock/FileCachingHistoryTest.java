package org.smbd.vfs.oplock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smbd.vfs.Outcome;

/**
 * Random histories of the leases of one file against a naive model, which knows no more than the clients: what each was
 * granted and told.
 */
class FileCachingHistoryTest {
    private static final int HISTORIES = 300;
    private static final int STEPS = 120;
    private static final int CLIENTS = 5;
    private static final int[] STATES = {0, 1, 3, 5, 7};

    /** One client, its opens, and what it may cache as far as it knows. */
    private static final class Model {
        final SimulatedClient client;
        final List<OpenCaching> opens = new ArrayList<>();
        int state;
        int epoch;
        boolean breaking;
        int breakTo;

        Model(long number) {
            client = new SimulatedClient(number);
        }

        /** Takes in what it was told. */
        void hear() {
            for (BreakNotice notice : client.notices) {
                assertEquals(Optional.of(client.key), notice.lease());
                assertFalse(breaking, "one break at a time");
                assertEquals(state, notice.from());
                assertTrue(Caching.has(notice.from(), notice.to()) && notice.from() != notice.to());
                assertEquals(notice.from() != Caching.READ, notice.acknowledgeRequired());
                assertTrue(notice.epoch() >= epoch);
                epoch = notice.epoch();
                breaking = notice.acknowledgeRequired();
                breakTo = notice.to();
                state = breaking ? state : breakTo;
            }
            client.notices.clear();
        }

        /** What it counts on once it has answered. */
        int settled() {
            return breaking ? breakTo : state;
        }
    }

    private final List<Model> models = new ArrayList<>();
    private CachedFile file;
    private Random random;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyHistoryIsAsTheModelSays(long seed) {
        for (int history = 0; history < HISTORIES; history++) {
            random = new Random(seed * HISTORIES + history);
            run();
        }
    }

    private void run() {
        file = new CachedFile();
        models.clear();
        for (int i = 0; i < CLIENTS; i++) {
            models.add(new Model(i));
        }
        for (int step = 0; step < STEPS; step++) {
            step(models.get(random.nextInt(CLIENTS)));
            models.forEach(Model::hear);
            check();
        }
        models.forEach(model -> model.opens.forEach(file::close));
        assertEquals(0, file.table.leases());
    }

    private void step(Model model) {
        switch (random.nextInt(6)) {
            case 0, 1 -> open(model, STATES[random.nextInt(STATES.length)], random.nextInt(4) == 0);
            case 2 -> close(model);
            case 3 -> acknowledge(model);
            case 4 -> write(model);
            default -> rename(model);
        }
    }

    private void open(Model model, int wanted, boolean stat) {
        OpenCaching open = new OpenCaching(
                model.client.lease(wanted), CachedFile.NAME, stat ? CachedFile.STAT : CachedFile.DATA, false, false);
        Outcome<Void> entered = file.caching.enter(open, true);
        models.forEach(Model::hear);
        boolean writers = others(model).stream().anyMatch(other -> Caching.has(other.state, Caching.WRITE));
        assertEquals(writers && !stat, entered instanceof Outcome.Wait);
        if (entered instanceof Outcome.Wait<Void> wait) {
            wait.operation().cancel(org.smbd.core.status.NtStatus.CANCELLED);
            return;
        }
        int expected = granted(model, wanted);
        file.caching.grant(open, false, false);
        open.answered();
        if (expected != model.state || model.opens.isEmpty()) {
            model.epoch++;
        }
        model.state = expected;
        model.opens.add(open);
        assertEquals(expected, open.state().state());
        assertEquals(model.epoch, open.state().epoch());
    }

    /** MS-FSA 2.1.5.18.2, said in one breath. */
    private int granted(Model model, int wanted) {
        List<Model> others = others(model);
        int possible = wanted;
        if (others.stream().anyMatch(other -> Caching.has(other.state, Caching.WRITE))) {
            possible = Caching.NONE;
        } else if (others.stream()
                .anyMatch(other ->
                        other.state != Caching.NONE || other.opens.stream().anyMatch(open -> !open.isStat(true)))) {
            possible &= ~Caching.WRITE;
        }
        if (model.opens.isEmpty()) {
            return possible;
        }
        boolean upgrade = !model.breaking
                && wanted != model.state
                && Caching.has(wanted, model.state)
                && possible != model.state
                && Caching.has(possible, model.state)
                && (model.state == Caching.NONE || possible == wanted);
        return upgrade ? possible : model.state;
    }

    private List<Model> others(Model model) {
        return models.stream()
                .filter(other -> other != model && !other.opens.isEmpty())
                .toList();
    }

    private void close(Model model) {
        if (!model.opens.isEmpty()) {
            file.close(model.opens.remove(random.nextInt(model.opens.size())));
            model.hear();
            if (model.opens.isEmpty()) {
                model.state = Caching.NONE;
                model.breaking = false;
                model.epoch = 0;
            }
        }
    }

    private void acknowledge(Model model) {
        if (model.breaking && !model.opens.isEmpty()) {
            int left = random.nextBoolean() ? model.breakTo : Caching.NONE;
            Outcome<Acknowledged> outcome = file.table.acknowledge(model.client.key, left);
            Acknowledged acknowledged = ((Outcome.Done<Acknowledged>) outcome).value();
            assertEquals(left, acknowledged.state());
            model.state = left;
            model.breaking = false;
            acknowledged.next().run();
        }
    }

    /** Nobody but the writer goes on to cache, though some have still to be told step by step. */
    private void write(Model model) {
        if (!model.opens.isEmpty()) {
            List<Boolean> were = models.stream().map(other -> other.breaking).toList();
            file.write(model.opens.get(0));
            models.forEach(Model::hear);
            for (Model other : others(model)) {
                if (!were.get(models.indexOf(other))) {
                    assertEquals(Caching.NONE, other.settled());
                }
            }
        }
    }

    private void rename(Model model) {
        if (!model.opens.isEmpty()) {
            List<Integer> before = models.stream().map(Model::settled).toList();
            Outcome<Void> outcome = file.caching.breakHandles(model.opens.get(0), true);
            models.forEach(Model::hear);
            boolean waits = others(model).stream()
                    .anyMatch(other -> other.breaking && Caching.has(other.state, Caching.HANDLE));
            assertEquals(waits, outcome instanceof Outcome.Wait);
            assertEquals(before.get(models.indexOf(model)), model.settled());
            if (outcome instanceof Outcome.Wait<Void> wait) {
                wait.operation().cancel(org.smbd.core.status.NtStatus.CANCELLED);
            }
        }
    }

    private void check() {
        for (Model model : models) {
            if (!model.opens.isEmpty()) {
                CachingState engine = model.opens.get(0).state();
                assertEquals(model.state, engine.state());
                assertEquals(model.breaking, engine.breaking());
                boolean others = others(model).stream().anyMatch(other -> other.settled() != Caching.NONE);
                assertFalse(others && Caching.has(model.settled(), Caching.WRITE), "who caches writes caches alone");
            }
        }
    }
}

package org.smbd.vfs.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smbd.core.status.NtStatus;
import org.smbd.vfs.ChangeNotification;
import org.smbd.vfs.Outcome;

/** Random histories against a model that keeps one list for each open and looks at every open for every change. */
class ChangeHubModelTest {
    private static final String[] DIRECTORIES = {"/s", "/s/a", "/s/a/b", "/s/ab", "/s/a/b/c", "/t"};
    private static final int BYTES_PER_OPEN_MAX = 200;

    private final ChangeHub hub = new ChangeHub(new NotifyLimits(BYTES_PER_OPEN_MAX, Long.MAX_VALUE));

    /** One open, as the hub has it and as it should be. */
    private final class Open {
        final String location;
        final DirectoryWatch watch;
        final List<Answer> waiting = new ArrayList<>();
        final List<ChangeNotification> kept = new ArrayList<>();
        boolean started;
        boolean tooMany;
        int filter;
        boolean tree;
        int bytesMax;

        Open(String location) {
            this.location = location;
            this.watch = hub.watch(location, path -> path);
        }

        void ask(int filterAsked, boolean treeAsked, int outputBytesMax) {
            Answer answer = new Answer(outputBytesMax);
            Outcome<List<ChangeNotification>> outcome = watch.request(filterAsked, treeAsked, outputBytesMax);
            if (!started) {
                started = true;
                filter = filterAsked;
                tree = treeAsked;
                bytesMax = Math.min(outputBytesMax, BYTES_PER_OPEN_MAX);
            }
            if (outcome instanceof Outcome.Wait<List<ChangeNotification>> wait) {
                answer.operation = wait.operation();
                answer.operation.onDone(later -> answer.actual = later);
            } else {
                answer.actual = outcome;
            }
            waiting.add(answer);
            settle();
        }

        void see(Change change) {
            String parent = change.location().substring(0, change.location().lastIndexOf('/'));
            boolean below = parent.equals(location) || tree && parent.startsWith(location + "/");
            if (!started || !below || (filter & change.filterMatch()) == 0) {
                return;
            }
            ChangeNotification told =
                    new ChangeNotification(change.action(), change.location().substring(location.length() + 1));
            boolean again = told.action() == FileAction.MODIFIED
                    && !kept.isEmpty()
                    && kept.get(kept.size() - 1).equals(told);
            if (!tooMany && !again) {
                kept.add(told);
            }
            if (bytes(kept) > bytesMax) {
                kept.clear();
                tooMany = true;
            }
        }

        void settle() {
            if (!waiting.isEmpty() && (tooMany || !kept.isEmpty())) {
                Answer first = waiting.remove(0);
                boolean fits = !tooMany && bytes(kept) <= first.bytesMax;
                assertEquals(new Outcome.Done<>(fits ? List.copyOf(kept) : List.of()), first.actual);
                kept.clear();
                tooMany = false;
            }
            waiting.forEach(answer -> assertNull(answer.actual));
        }

        void end(NtStatus status) {
            waiting.forEach(answer -> assertEquals(new Outcome.Fail<>(status), answer.actual));
            waiting.clear();
            kept.clear();
            tooMany = false;
            started = false;
        }
    }

    private static final class Answer {
        final int bytesMax;
        Outcome.Operation<List<ChangeNotification>> operation;
        Outcome<List<ChangeNotification>> actual;

        Answer(int bytesMax) {
            this.bytesMax = bytesMax;
        }
    }

    /** As MS-FSCC 2.7.1 lays them out. */
    private static int bytes(List<ChangeNotification> changes) {
        int bytes = 0;
        for (ChangeNotification change : changes) {
            bytes = (bytes + 3) / 4 * 4 + 12 + 2 * change.name().length();
        }
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyHistoryIsToldAsTheModelTellsIt(long seed) {
        Random random = new Random(seed);
        List<Open> opens = new ArrayList<>();
        for (int step = 0; step < 3_000; step++) {
            int what = random.nextInt(100);
            if (opens.size() < 4 || what < 4) {
                opens.add(new Open(DIRECTORIES[random.nextInt(DIRECTORIES.length)]));
            } else if (what < 30) {
                Open open = opens.get(random.nextInt(opens.size()));
                open.ask(1 + random.nextInt(31), random.nextBoolean(), random.nextInt(300));
            } else if (what < 36) {
                cancel(random, opens.get(random.nextInt(opens.size())));
            } else if (what < 39) {
                Open open = opens.remove(random.nextInt(opens.size()));
                open.watch.close();
                open.end(NtStatus.NOTIFY_CLEANUP);
            } else if (what < 41) {
                String location = DIRECTORIES[random.nextInt(DIRECTORIES.length)];
                hub.deletePending(location);
                opens.stream()
                        .filter(open -> open.started && open.location.equals(location))
                        .forEach(open -> open.end(NtStatus.DELETE_PENDING));
            } else {
                post(random, opens);
            }
        }
        opens.forEach(open -> open.watch.close());
        assertEquals(0, hub.keptBytes());
        assertFalse(hub.isWatched());
    }

    private static void cancel(Random random, Open open) {
        if (!open.waiting.isEmpty()) {
            Answer answer = open.waiting.remove(random.nextInt(open.waiting.size()));
            assertTrue(answer.operation.cancel(NtStatus.CANCELLED));
            assertEquals(new Outcome.Fail<>(NtStatus.CANCELLED), answer.actual);
        }
    }

    private void post(Random random, List<Open> opens) {
        Change[] changes = new Change[1 + random.nextInt(2)];
        for (int i = 0; i < changes.length; i++) {
            String location =
                    DIRECTORIES[random.nextInt(DIRECTORIES.length)] + "/" + "nnn".substring(random.nextInt(3));
            changes[i] = new Change(1 + random.nextInt(5), 1 << random.nextInt(5), location, "");
        }
        hub.post(changes);
        for (Open open : opens) {
            for (Change change : changes) {
                open.see(change);
            }
            open.settle();
        }
    }

    /** Threads post, one client asks again and again: it hears of every change, once. */
    @Test
    void noWakeUpIsLost() throws InterruptedException {
        int threads = 4;
        int each = 5_000;
        ChangeHub shared = new ChangeHub(NotifyLimits.DEFAULT);
        DirectoryWatch watch = shared.watch("/s", path -> path);
        List<String> heard = new ArrayList<>();
        CountDownLatch all = new CountDownLatch(threads * each);
        ask(watch, heard, all);
        ExecutorService posters = Executors.newFixedThreadPool(threads);
        for (int t = 0; t < threads; t++) {
            String prefix = "/s/" + t + "-";
            posters.execute(() -> {
                for (int i = 0; i < each; i++) {
                    shared.post(Change.added(prefix + i, false));
                }
            });
        }
        posters.shutdown();
        assertTrue(all.await(60, TimeUnit.SECONDS));
        watch.close();
        assertEquals(threads * each, heard.size());
        assertEquals(heard.size(), Set.copyOf(heard).size());
    }

    private static void ask(DirectoryWatch watch, List<String> heard, CountDownLatch all) {
        Outcome<List<ChangeNotification>> outcome = watch.request(CompletionFilter.FILE_NAME, false, 1 << 20);
        while (outcome instanceof Outcome.Done<List<ChangeNotification>> done) {
            hear(done.value(), heard, all);
            outcome = watch.request(CompletionFilter.FILE_NAME, false, 1 << 20);
        }
        if (outcome instanceof Outcome.Wait<List<ChangeNotification>> wait) {
            wait.operation().onDone(later -> {
                if (later instanceof Outcome.Done<List<ChangeNotification>> done) {
                    hear(done.value(), heard, all);
                    ask(watch, heard, all);
                }
            });
        }
    }

    private static void hear(List<ChangeNotification> changes, List<String> heard, CountDownLatch all) {
        synchronized (heard) {
            changes.forEach(change -> heard.add(change.name()));
        }
        changes.forEach(change -> all.countDown());
    }
}

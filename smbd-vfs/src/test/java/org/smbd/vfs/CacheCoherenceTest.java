package org.smbd.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smbd.core.file.CreateDisposition;
import org.smbd.core.status.SmbException;
import org.smbd.core.type.Guid;
import org.smbd.vfs.oplock.Acknowledged;
import org.smbd.vfs.oplock.BreakListener;
import org.smbd.vfs.oplock.BreakNotice;
import org.smbd.vfs.oplock.Caching;
import org.smbd.vfs.oplock.CachingRequest;
import org.smbd.vfs.oplock.LeaseKey;

/**
 * Many clients at once open, cache, write, lock, cut, close and vanish at random. No client with a read lease ever
 * holds bytes that differ from the file after another's write was answered.
 */
class CacheCoherenceTest extends CachingFixture {
    private static final int CLIENTS = 6;
    private static final int FILES = 2;
    private static final int STEPS = 250;
    private static final int[] STATES = {Caching.READ, Caching.READ | Caching.HANDLE, Caching.EXCLUSIVE, Caching.BATCH};

    /** One file; its writers come one after the other, so that the test knows what it holds. */
    private static final class Shared {
        final String name;
        final ReentrantLock writers = new ReentrantLock();
        final List<Client> clients = new ArrayList<>();
        String content = "";

        Shared(String name) {
            this.name = name;
        }

        /** With the writers' lock: nobody has stale bytes. */
        void check() {
            for (Client client : clients) {
                client.assertFresh(content);
            }
        }
    }

    /** A client's view of one file. */
    private final class Client implements BreakListener {
        final Shared file;
        final LeaseKey key;
        final Random random;
        FileOpen open;
        private int state;
        private long breaks;
        private String cache;
        private boolean isReachable = true;

        Client(Shared file, long number, long seed) {
            this.file = file;
            this.key = new LeaseKey(new Guid(seed, number), new Guid(number, number));
            this.random = new Random(seed * 1000 + number);
        }

        void run() {
            for (int step = 0; step < STEPS; step++) {
                if (open == null) {
                    open();
                } else {
                    change();
                }
            }
            close();
        }

        private void change() {
            switch (random.nextInt(12)) {
                case 0 -> close();
                case 1, 2 -> write("bytes of " + key.key() + " " + random.nextLong());
                case 3 -> cut();
                case 4 -> lock();
                case 5 -> vanish();
                case 6 -> check();
                default -> read();
            }
        }

        private void open() {
            isReachable = true;
            boolean overwrites = random.nextInt(8) == 0;
            CachingRequest wanted = random.nextInt(5) == 0
                    ? CachingRequest.Nothing.INSTANCE
                    : new CachingRequest.Lease(
                            key, STATES[random.nextInt(STATES.length)], Optional.empty(), 2, false, 0, this);
            if (!overwrites) {
                open = await(attempt(file.name, ALL, CreateDisposition.OPEN_IF, 0, wanted));
                granted();
                return;
            }
            file.writers.lock();
            try {
                open = await(attempt(file.name, ALL, CreateDisposition.OVERWRITE_IF, 0, wanted));
                file.content = "";
                granted();
                file.check();
            } finally {
                file.writers.unlock();
            }
        }

        private FileOpen await(Outcome<OpenResult> outcome) {
            CompletableFuture<Outcome<OpenResult>> done = new CompletableFuture<>();
            if (outcome instanceof Outcome.Wait<OpenResult> wait) {
                wait.operation().onDone(done::complete);
            } else {
                done.complete(outcome);
            }
            try {
                return ((Outcome.Done<OpenResult>) done.get(30, TimeUnit.SECONDS))
                        .value()
                        .open();
            } catch (InterruptedException | ExecutionException | TimeoutException e) {
                throw new AssertionError(e);
            }
        }

        private void granted() {
            synchronized (this) {
                cache = null;
                state = open.caching().state().state();
            }
            open.caching().answered();
        }

        private void read() {
            long before;
            synchronized (this) {
                before = breaks;
            }
            String bytes = bytes();
            synchronized (this) {
                if (breaks == before && Caching.has(state, Caching.READ)) {
                    cache = bytes;
                }
            }
        }

        private String bytes() {
            ByteBuffer target = ByteBuffer.allocateDirect(256);
            files.read(open, 0, target, LockOwner.OPEN);
            return StandardCharsets.UTF_8.decode(target.flip()).toString();
        }

        private void write(String text) {
            file.writers.lock();
            try {
                files.setEndOfFile(open, 0);
                CacheCoherenceTest.this.write(open, text);
                file.content = text;
                synchronized (this) {
                    cache = Caching.has(state, Caching.READ) ? text : null;
                }
                file.check();
            } finally {
                file.writers.unlock();
            }
        }

        private void cut() {
            file.writers.lock();
            try {
                files.setEndOfFile(open, 0);
                file.content = "";
                synchronized (this) {
                    cache = null;
                }
                file.check();
            } finally {
                file.writers.unlock();
            }
        }

        private void check() {
            file.writers.lock();
            try {
                file.check();
            } finally {
                file.writers.unlock();
            }
        }

        private void lock() {
            ByteRange range = new ByteRange(1_000_000 + random.nextInt(5), 1, ByteRange.Action.EXCLUSIVE_LOCK, true);
            if (files.lock(open, List.of(range), LockOwner.OPEN) instanceof Outcome.Done) {
                files.lock(
                        open,
                        List.of(new ByteRange(range.offset(), 1, ByteRange.Action.UNLOCK, false)),
                        LockOwner.OPEN);
            }
        }

        /** The cable is pulled: it hears of nothing any more, and caches nothing. */
        private void vanish() {
            synchronized (this) {
                isReachable = false;
                forget();
            }
            close();
        }

        private void close() {
            if (open != null) {
                synchronized (this) {
                    forget();
                }
                files.close(open);
                open = null;
            }
        }

        private void forget() {
            breaks++;
            cache = null;
            state = Caching.NONE;
        }

        @Override
        public synchronized boolean tell(BreakNotice notice) {
            if (!isReachable) {
                return false;
            }
            breaks++;
            state = notice.to();
            if (!Caching.has(state, Caching.READ)) {
                cache = null;
            }
            if (notice.acknowledgeRequired()) {
                acknowledging.execute(() -> acknowledge(notice.to()));
            }
            return true;
        }

        private void acknowledge(int left) {
            if (nodes.oplocks().acknowledge(key, left) instanceof Outcome.Done<Acknowledged> done) {
                done.value().next().run();
            }
        }

        @Override
        public synchronized void unreachable(int to) {
            forget();
        }

        synchronized void assertFresh(String content) {
            if (cache != null) {
                assertEquals(content, cache);
            }
        }
    }

    private ExecutorService acknowledging;

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void noClientHasStaleBytes(long seed) throws Exception {
        acknowledging = Executors.newFixedThreadPool(2);
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS * FILES);
        List<Future<?>> runs = new ArrayList<>();
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < FILES; i++) {
            Shared file = new Shared("f" + i);
            for (int j = 0; j < CLIENTS; j++) {
                file.clients.add(new Client(file, i * CLIENTS + j + 1, seed));
            }
            clients.addAll(file.clients);
        }
        clients.forEach(client -> runs.add(threads.submit(client::run)));
        try {
            for (Future<?> run : runs) {
                run.get(120, TimeUnit.SECONDS);
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SmbException smb) {
                throw new AssertionError(smb.status().toString(), smb);
            }
            throw e;
        } finally {
            threads.shutdownNow();
            acknowledging.shutdown();
            assertTrue(acknowledging.awaitTermination(30, TimeUnit.SECONDS));
        }
        assertEquals(0, nodes.oplocks().leases());
        assertEquals(0, nodes.size());
    }
}

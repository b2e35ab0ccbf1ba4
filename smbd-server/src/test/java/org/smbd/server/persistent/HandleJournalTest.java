package org.smbd.server.persistent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smbd.core.type.Guid;

class HandleJournalTest {
    @TempDir
    private Path directory;

    private Path file() {
        return directory.resolve("handles");
    }

    private static OpenDescription open(long id) {
        return new OpenDescription(
                id,
                Guid.random(),
                Guid.random(),
                "ann",
                new byte[] {127, 0, 0, 1},
                "data",
                1,
                2,
                3,
                4,
                60_000,
                2,
                new OpenDescription.Cache(7, Optional.of(Guid.random()), Optional.empty(), 2, 5));
    }

    /** What is told of an open, in one value. */
    private static List<Object> told(KeptOpen open) {
        OpenDescription description = open.description();
        return List.of(
                description.persistentId(),
                description.createGuid(),
                description.client(),
                description.account(),
                Arrays.hashCode(description.address()),
                description.share(),
                List.of(description.desiredAccess(), description.grantedAccess(), description.shareAccess()),
                List.of(description.createOptions(), description.createAction()),
                description.timeoutMillis(),
                description.cache(),
                open.path(),
                open.locks(),
                open.lockSequences(),
                open.deletePending());
    }

    private List<List<Object>> reopened() throws IOException {
        try (HandleJournal journal = HandleJournal.open(file())) {
            return journal.opens().stream().map(HandleJournalTest::told).toList();
        }
    }

    @Test
    void whatWasPromisedIsThereAfterTheEndWhicheverItWas() throws IOException {
        HandleJournal journal = HandleJournal.open(file()); // never closed, as by kill -9
        KeptOpen first = journal.keep(open(1), "a\\\uD800b");
        KeptOpen second = journal.keep(open(-2), "c");
        KeptOpen third = journal.keep(open(3), "d");
        HeldLock lock = new HeldLock(10, 20, true);
        first.locked(new LockSequence(64, 15), List.of(lock, new HeldLock(-1, 0, false)), List.of());
        first.locked(LockSequence.NONE, List.of(), List.of(new HeldLock(-1, 0, true)));
        first.moved("e\\f");
        second.setDeletePending(true);
        third.closed();
        second.moved("c2"); // flushes what the close left
        assertEquals(List.of(lock), first.locks());
        assertEquals(List.of(told(first), told(second)), reopened());
        assertEquals(List.of(told(first), told(second)), reopened(), "and after it was rewritten");
        journal.close();
    }

    @Test
    void eachTornTailLosesTheLastChangeAtMost() throws IOException {
        HandleJournal journal = HandleJournal.open(file());
        journal.keep(open(1), "a");
        long before = Files.size(file());
        journal.keep(open(2), "b");
        byte[] whole = Files.readAllBytes(file());
        journal.close();
        for (int length = (int) before; length < whole.length; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            assertEquals(1, reopened().size(), length + " bytes");
        }
        for (int bit = 0; bit < 8 * (whole.length - (int) before); bit++) {
            byte[] flipped = whole.clone();
            flipped[(int) before + bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file(), flipped);
            assertEquals(1, reopened().size(), "bit " + bit);
        }
    }

    @Test
    void aNewerFileAndOneOfOthersAreRefusedAndLeftAlone() throws IOException {
        HandleJournal.open(file()).close();
        byte[] bytes = Files.readAllBytes(file());
        bytes[15] = 2;
        Files.write(file(), bytes);
        assertTrue(assertThrows(IOException.class, () -> HandleJournal.open(file()))
                .getMessage()
                .contains("version 2"));
        Files.writeString(file(), "something else that is long enough");
        assertThrows(IOException.class, () -> HandleJournal.open(file()));
        assertEquals("something else that is long enough", Files.readString(file()));
    }

    @Test
    void itIsRewrittenWhenLittleOfItIsAlive() throws IOException {
        try (HandleJournal journal = HandleJournal.open(file())) {
            KeptOpen open = journal.keep(open(1), "a");
            List<HeldLock> many = IntStream.range(0, 50_000)
                    .mapToObj(i -> new HeldLock(i, 1, true))
                    .toList();
            for (int i = 0; i < 8; i++) {
                open.locked(LockSequence.NONE, many, List.of());
                open.locked(LockSequence.NONE, List.of(), new ArrayList<>(many));
            }
            assertTrue(Files.size(file()) < 8L << 20, Files.size(file()) + " bytes");
            assertEquals(List.of(), open.locks());
        }
        assertEquals(1, reopened().size());
    }

    @Test
    void manyAtOnceAreAllKept() throws Exception {
        try (HandleJournal journal = HandleJournal.open(file())) {
            IntStream.range(0, 400).parallel().forEach(i -> {
                KeptOpen open = journal.keep(open(i), "f" + i);
                if (i % 2 == 0) {
                    open.closed();
                }
            });
        }
        assertEquals(200, reopened().size());
    }
}

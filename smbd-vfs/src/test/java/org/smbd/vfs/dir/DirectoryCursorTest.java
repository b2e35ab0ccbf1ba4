package org.smbd.vfs.dir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.smbd.core.file.FileMetadata;
import org.smbd.core.status.NtStatus;
import org.smbd.vfs.DirectoryEntry;
import org.smbd.vfs.DirectoryQueryMode;

class DirectoryCursorTest {
    private static final DirectoryQueryMode CONTINUE = new DirectoryQueryMode(false, false, false);
    private static final DirectoryQueryMode RESTART = new DirectoryQueryMode(true, false, false);
    private static final DirectoryQueryMode SINGLE = new DirectoryQueryMode(false, false, true);

    private record Named(String name) implements DirectoryEntry {
        @Override
        public FileMetadata metadata() {
            throw new AssertionError("not asked for");
        }
    }

    private final DirectoryCursor cursor = new DirectoryCursor(3, false);
    private final List<String> directory = new ArrayList<>(List.of("b", "A", "c", "e", "D"));
    private final List<String> gone = new ArrayList<>();
    private final List<String> got = new ArrayList<>();

    private NtStatus query(String pattern, DirectoryQueryMode mode, int room) {
        got.clear();
        return cursor.query(
                pattern,
                mode,
                (wanted, taker) -> directory.stream().filter(wanted::matches).forEach(taker),
                name -> {
                    if (gone.contains(name)) {
                        throw NtStatus.OBJECT_NAME_NOT_FOUND.exception();
                    }
                    return new Named(name);
                },
                entry -> got.size() < room && got.add(entry.name()));
    }

    @Test
    void namesComeInTheOrderOfTheirLettersWhateverTheBound() {
        assertEquals(NtStatus.SUCCESS, query("*", CONTINUE, 100));
        assertEquals(List.of(".", "..", "A", "b", "c", "D", "e"), got);
        assertEquals(NtStatus.NO_MORE_FILES, query("*", CONTINUE, 100));
    }

    @Test
    void anEntryThatDoesNotFitComesNextTime() {
        assertEquals(NtStatus.SUCCESS, query("", CONTINUE, 4));
        assertEquals(List.of(".", "..", "A", "b"), got);
        assertEquals(NtStatus.BUFFER_OVERFLOW, query("", CONTINUE, 0));
        assertEquals(NtStatus.SUCCESS, query("", SINGLE, 4));
        assertEquals(List.of("c"), got);
    }

    @Test
    void nothingFoundIsNoSuchFileOnlyTheFirstTime() {
        assertEquals(NtStatus.NO_SUCH_FILE, query("x*", CONTINUE, 9));
        assertEquals(NtStatus.SUCCESS, query("a", RESTART, 9));
        assertEquals(List.of("A"), got);
        assertEquals(NtStatus.NO_MORE_FILES, query("", CONTINUE, 9));
    }

    @Test
    void whatIsGoneMeanwhileIsLeftOut() {
        query("", CONTINUE, 3);
        gone.add("b");
        assertEquals(NtStatus.SUCCESS, query("", CONTINUE, 1));
        assertEquals(List.of("c"), got);
    }

    @Test
    void whatStaysComesOnceInADirectoryThatChanges() {
        Random random = new Random(7);
        for (int round = 0; round < 100; round++) {
            DirectoryCursor changing = new DirectoryCursor(1 + random.nextInt(5), false);
            List<String> names = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                names.add("stay" + i);
            }
            List<String> seen = new ArrayList<>();
            NtStatus status = NtStatus.SUCCESS;
            while (status == NtStatus.SUCCESS) {
                names.add("new" + random.nextInt(1_000_000));
                Collections.shuffle(names, random);
                int[] room = {1 + random.nextInt(7)};
                status = changing.query(
                        "*",
                        CONTINUE,
                        (wanted, taker) -> names.forEach(taker),
                        name -> new Named(name),
                        entry -> room[0]-- > 0 && seen.add(entry.name()));
            }
            List<String> stayed = seen.stream()
                    .filter(name -> name.startsWith("stay"))
                    .sorted()
                    .toList();
            assertEquals(40, stayed.size());
            assertEquals(40, stayed.stream().distinct().count());
            assertTrue(seen.contains(".") && seen.contains(".."));
        }
    }

    /** However many names there are, what is held is bounded: those that were dropped can be collected. */
    @Test
    void aLargeDirectoryIsHandedOutWholeAndNeverHeldWhole() {
        int namesMax = 10_000;
        int count = 150_000;
        DirectoryCursor large = new DirectoryCursor(namesMax, false);
        List<WeakReference<String>> made = new ArrayList<>();
        DirectoryCursor.NameSource source = (wanted, taker) -> {
            made.clear();
            for (int i = 0; i < count; i++) {
                String name = "file" + (i * 7_919L % count);
                made.add(new WeakReference<>(name));
                taker.accept(name);
            }
        };
        BitSet seen = new BitSet(count);
        long heldMost = 0;
        int room = 9_000;
        for (NtStatus status = NtStatus.SUCCESS; status == NtStatus.SUCCESS; ) {
            int[] taken = {0};
            status = large.query("*", CONTINUE, source, Named::new, entry -> {
                boolean fits = taken[0]++ < room;
                if (fits && entry.name().startsWith("file")) { // the name itself is not kept
                    int number = Integer.parseInt(entry.name().substring(4));
                    assertFalse(seen.get(number), "twice");
                    seen.set(number);
                }
                return fits;
            });
            System.gc();
            heldMost = Math.max(
                    heldMost,
                    made.stream().filter(reference -> reference.get() != null).count());
        }
        assertEquals(count, seen.cardinality());
        assertTrue(heldMost > 0 && heldMost <= 2L * namesMax, "held " + heldMost);
    }
}

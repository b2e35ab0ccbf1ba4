package org.smbd.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smbd.core.file.FileAttributes;
import org.smbd.core.status.NtStatus;
import org.smbd.vfs.notify.CompletionFilter;
import org.smbd.vfs.notify.NotifyOptions;
import org.smbd.vfs.store.Volume;
import org.smbd.vfs.store.Volumes;

/** What watchers hear of operations through the file service, and of what is done behind its back. */
class ChangeNotifyTest extends FileServiceFixture {
    private static final int EVERYTHING = 0xFFF;
    private static final int NAMES = CompletionFilter.FILE_NAME | CompletionFilter.DIR_NAME;

    @TempDir
    Path scratch;

    @Override
    Path makeRoot() throws IOException {
        return scratch.toRealPath();
    }

    @Override
    Volume volume(Path directory) throws IOException {
        return Volumes.open(directory, true);
    }

    /** A client that asks again and again. */
    private final class Watcher {
        final FileOpen directory;
        final int filter;
        final boolean tree;
        final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        final BlockingQueue<NtStatus> ended = new LinkedBlockingQueue<>();

        Watcher(String path, int filter, boolean tree) {
            this.directory = open(path, READ).open();
            this.filter = filter;
            this.tree = tree;
            ask();
        }

        private void ask() {
            Outcome<List<ChangeNotification>> outcome = files.notifyChange(directory, filter, tree, 1 << 16);
            while (outcome instanceof Outcome.Done<List<ChangeNotification>> done) {
                hear(done.value());
                outcome = files.notifyChange(directory, filter, tree, 1 << 16);
            }
            if (outcome instanceof Outcome.Wait<List<ChangeNotification>> wait) {
                wait.operation().onDone(later -> {
                    if (later instanceof Outcome.Done<List<ChangeNotification>> done) {
                        hear(done.value());
                        ask();
                    } else {
                        ended.add(((Outcome.Fail<List<ChangeNotification>>) later).status());
                    }
                });
            } else {
                ended.add(((Outcome.Fail<List<ChangeNotification>>) outcome).status());
            }
        }

        private void hear(List<ChangeNotification> changes) {
            changes.forEach(change -> heard.add(change.action() + " " + change.name()));
        }

        /** All that it hears until {@code last}. */
        List<String> until(String last) throws InterruptedException {
            List<String> all = new ArrayList<>();
            while (all.isEmpty() || !all.get(all.size() - 1).equals(last)) {
                String next = heard.poll(20, TimeUnit.SECONDS);
                assertTrue(next != null, () -> "heard " + all + ", but not " + last);
                all.add(next);
            }
            return all;
        }

        /** Nothing it has heard, so far, but this. */
        void heardOnly(String... expected) {
            List<String> all = new ArrayList<>();
            heard.drainTo(all);
            assertEquals(List.of(expected), all);
        }

        void close() throws InterruptedException {
            files.close(directory);
            assertEquals(NtStatus.NOTIFY_CLEANUP, ended.poll(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void everyOperationIsTold() throws InterruptedException {
        makeDirectory("d");
        makeDirectory("e");
        Watcher watcher = new Watcher("d", EVERYTHING, false);
        FileOpen file = create("d\\f").open();
        watcher.heardOnly("1 f");
        files.write(file, 0, bytes("text"), false, LockOwner.OPEN);
        watcher.heardOnly("3 f");
        files.setEndOfFile(file, 1);
        watcher.heardOnly("3 f");
        files.setBasic(file, new BasicInformation(0, 0, 0, 0, FileAttributes.HIDDEN));
        watcher.heardOnly("3 f");
        files.rename(file, "d\\g", false);
        watcher.heardOnly("4 f", "5 g");
        files.link(file, "d\\h", false);
        watcher.heardOnly("1 h");
        files.rename(file, "e\\g", false);
        watcher.heardOnly("2 g");
        files.rename(file, "d\\h2", false);
        watcher.heardOnly("1 h2");
        files.setDisposition(file, true);
        files.close(file);
        watcher.heardOnly("3 h2", "2 h2"); // renamed files are modified, which is told at the close
        watcher.close();
    }

    @Test
    void controlsThatChangeAttributesOrDataAreTold() throws InterruptedException {
        makeDirectory("d");
        FileOpen file = create("d\\f").open();
        Watcher attributes = new Watcher("d", CompletionFilter.ATTRIBUTES, false);
        Watcher sizes = new Watcher("d", CompletionFilter.SIZE, false);
        files.controls().sparse().setSparse(file, true);
        attributes.heardOnly("3 f");
        files.controls().sparse().setSparse(file, true); // it is
        attributes.heardOnly();
        sizes.heardOnly();
        files.write(file, 0, bytes("text"), false, LockOwner.OPEN);
        sizes.heardOnly("3 f");
        files.controls().sparse().setZeroData(file, 0, 2);
        sizes.heardOnly("3 f");
        attributes.heardOnly();
        files.close(file);
        attributes.close();
        sizes.close();
    }

    @Test
    void filterAndDepthAreKept() throws InterruptedException {
        makeDirectory("d");
        makeDirectory("d\\sub");
        Watcher flat = new Watcher("d", NAMES, false);
        Watcher tree = new Watcher("d", CompletionFilter.FILE_NAME, true);
        make("d\\sub\\f", "text");
        makeDirectory("d\\other");
        flat.heardOnly("1 other");
        tree.heardOnly("1 sub\\f");
        flat.close();
        tree.close();
    }

    @Test
    void theWatchersOfADirectoryThatIsDeletedAreToldSo() {
        makeDirectory("d");
        Watcher watcher = new Watcher("d", NAMES, false);
        FileOpen other = open("d", DELETE).open();
        files.setDisposition(other, true);
        assertEquals(NtStatus.DELETE_PENDING, watcher.ended.poll());
        Outcome<List<ChangeNotification>> again = files.notifyChange(watcher.directory, NAMES, false, 100);
        assertEquals(new Outcome.Fail<>(NtStatus.DELETE_PENDING), again);
        files.close(other);
        files.close(watcher.directory);
    }

    @Test
    void nobodyIsToldWhereItIsSwitchedOff() throws IOException {
        ShareOptions silent = ShareOptions.of(root, "silent").withChangeNotify(new NotifyOptions(false, true));
        try (FileService other = share(silent)) {
            FileOpen open = open("", READ).on(other).open();
            assertEquals(new Outcome.Fail<>(NtStatus.NOT_IMPLEMENTED), other.notifyChange(open, NAMES, false, 1_000));
            other.close(open);
        }
    }

    @Test
    void whatOtherProgramsDoIsToldOnceAndOursNotTwice() throws Exception {
        makeDirectory("d");
        Watcher watcher = new Watcher("d", NAMES, false);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            files.close(create("d\\ours" + i).open());
            expected.add("1 ours" + i);
        }
        Files.createFile(root.resolve("d/theirs"));
        assertEquals("1 theirs", last(watcher.until("1 theirs"), expected));
        Files.move(root.resolve("d/theirs"), root.resolve("d/moved"));
        assertEquals(List.of("4 theirs", "5 moved"), watcher.until("5 moved"));
        Files.delete(root.resolve("d/moved"));
        assertEquals(List.of("2 moved"), watcher.until("2 moved"));
        FileOpen ours = open("d\\ours1", ALL).open();
        files.rename(ours, "d\\renamed", false);
        files.setDisposition(ours, true);
        files.close(ours);
        Files.createDirectory(root.resolve("d/end"));
        assertEquals(List.of("4 ours1", "5 renamed", "2 renamed", "1 end"), watcher.until("1 end"));
        watcher.close();
    }

    /** Checks what came before the last. */
    private static String last(List<String> heard, List<String> expected) {
        assertEquals(expected, heard.subList(0, heard.size() - 1));
        return heard.get(heard.size() - 1);
    }

    @Test
    void whatOtherProgramsWriteIsTold() throws Exception {
        makeDirectory("d");
        make("d\\f", "text");
        Watcher watcher = new Watcher("d", CompletionFilter.LAST_WRITE, false);
        Files.writeString(root.resolve("d/f"), "more text");
        watcher.until("3 f");
        watcher.close();
    }

    @Test
    void newDirectoriesOfATreeAreWatchedToo() throws Exception {
        makeDirectory("d");
        makeDirectory("d\\old");
        Watcher watcher = new Watcher("d", NAMES, true);
        Path fresh = Files.createDirectories(root.resolve("d/old/new/deep"));
        watcher.until("1 old\\new\\deep");
        Files.createFile(fresh.resolve("f"));
        watcher.until("1 old\\new\\deep\\f");
        Files.move(root.resolve("d/old/new"), root.resolve("d/moved"));
        watcher.until("1 moved");
        Files.createFile(root.resolve("d/moved/deep/g"));
        watcher.until("1 moved\\deep\\g");
        assertFalse(nodes.changes().size() == 0);
        watcher.close();
        assertInstanceOf(Outcome.Fail.class, files.notifyChange(watcher.directory, NAMES, true, 100));
    }
}

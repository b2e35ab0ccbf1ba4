package org.smbd.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smbd.core.file.CreateDisposition;
import org.smbd.core.file.CreateOptions;
import org.smbd.core.status.SmbException;
import org.smbd.vfs.store.Volumes;

/** While a directory of the share is swapped with a link that leads out of it, nobody gets out of it. */
class SymlinkRaceTest extends LocalShareFixture {
    private static final int OPERATIONS = 50_000;
    private static final String DIRECTORY = "d";

    private Path outside;

    @Override
    Path makeRoot() throws IOException {
        outside = Files.createDirectory(scratch.toRealPath().resolve("outside"));
        return Files.createDirectory(scratch.toRealPath().resolve("share"));
    }

    /** Takes turns between the directory and the link, until told to stop; counts the turns. */
    private final class Swapping extends Thread {
        final AtomicBoolean stopped = new AtomicBoolean();
        private final Path name = root.resolve(DIRECTORY);
        private final Path away = outside.resolveSibling("away");
        private final Path link = outside.resolveSibling("link");
        int turns;
        Exception failure;

        @Override
        public void run() {
            try {
                Files.createSymbolicLink(link, outside);
                while (!stopped.get()) {
                    swap(away, link);
                    swap(link, away);
                    turns++;
                }
            } catch (IOException e) {
                failure = e;
            }
        }

        /** Somebody can make a directory of the name meanwhile; that goes first. */
        private void swap(Path old, Path next) throws IOException {
            Files.move(name, old, StandardCopyOption.REPLACE_EXISTING);
            while (true) {
                try {
                    Files.move(next, name);
                    return;
                } catch (FileAlreadyExistsException e) {
                    Files.deleteIfExists(name);
                }
            }
        }

        void end() throws InterruptedException {
            stopped.set(true);
            join();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLinkThatLeadsOutIsNeverFollowed(boolean followSymlinks) throws Exception {
        files.close();
        files = LocalFileService.open(ShareOptions.of(root, "test"), nodes, Volumes.open(root, followSymlinks));
        Files.createDirectory(root.resolve(DIRECTORY));
        Files.writeString(root.resolve(DIRECTORY).resolve("both"), "inside");
        Files.writeString(root.resolve(DIRECTORY).resolve("inside"), "");
        Files.writeString(outside.resolve("both"), "outside");
        Files.writeString(outside.resolve("outside"), "");
        Set<String> before = names(outside);
        Swapping swapping = new Swapping();
        swapping.start();
        int successes = 0;
        try {
            for (int i = 0; i < OPERATIONS; i++) {
                successes += tried(i) ? 1 : 0;
            }
        } finally {
            swapping.end();
        }
        assertEquals(null, swapping.failure);
        assertTrue(swapping.turns > 100, () -> swapping.turns + " swaps");
        assertTrue(successes > 100, successes + " operations found the directory");
        assertTrue(successes < OPERATIONS, "no operation found the link");
        assertEquals(before, names(outside));
        assertEquals("outside", Files.readString(outside.resolve("both")));
    }

    private static Set<String> names(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return new HashSet<>(
                    children.map(child -> child.getFileName().toString()).toList());
        }
    }

    /** One operation; whether it has found the directory. */
    private boolean tried(int number) {
        try {
            switch (number % 5) {
                case 0 -> read();
                case 1 -> overwrite();
                case 2 -> list();
                case 3 -> createAndDelete(DIRECTORY + "\\n" + number);
                default -> rename(number);
            }
            return true;
        } catch (SmbException refused) {
            return false; // the link, or neither of them
        }
    }

    private FileOpen opened(String path, int access, CreateDisposition disposition, int options) {
        Outcome<OpenResult> outcome =
                with(path, access, disposition).options(options).outcome();
        if (outcome instanceof Outcome.Fail<OpenResult> fail) {
            throw fail.status().exception();
        }
        return ((Outcome.Done<OpenResult>) outcome).value().open();
    }

    private void read() {
        FileOpen open = opened(DIRECTORY + "\\both", READ, CreateDisposition.OPEN, 0);
        try {
            assertEquals("inside", read(open));
        } finally {
            files.close(open);
        }
    }

    private void overwrite() {
        FileOpen open = opened(DIRECTORY + "\\both", WRITE, CreateDisposition.OPEN, 0);
        try {
            write(open, "inside");
        } finally {
            files.close(open);
        }
    }

    private void list() {
        FileOpen open = opened(DIRECTORY, READ, CreateDisposition.OPEN, CreateOptions.DIRECTORY_FILE);
        try {
            List<String> found = names(open, "*", RESTART);
            assertFalse(found.contains("outside"), found::toString);
        } finally {
            files.close(open);
        }
    }

    private void createAndDelete(String path) {
        files.close(opened(path, ALL, CreateDisposition.CREATE, CreateOptions.DELETE_ON_CLOSE));
    }

    /** Out of the directory and back into it; the way back can end at the link. */
    private void rename(int number) {
        FileOpen open = opened("r" + number, ALL, CreateDisposition.CREATE, CreateOptions.DELETE_ON_CLOSE);
        try {
            files.rename(open, DIRECTORY + "\\r" + number, true);
        } finally {
            files.close(open);
        }
    }
}

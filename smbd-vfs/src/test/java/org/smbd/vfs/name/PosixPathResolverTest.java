package org.smbd.vfs.name;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smbd.vfs.store.PosixVolume;
import org.smbd.vfs.store.StoreAccess;
import org.smbd.vfs.store.Volume;

/** Names on the host's file system: indexes kept true by its feed of changes. */
class PosixPathResolverTest extends IndexedPathResolverContract {
    @TempDir
    Path directory;

    @BeforeAll
    static void needSystemCalls() {
        Assumptions.assumeTrue(PosixVolume.isSupported());
    }

    @Override
    Path makeRoot() {
        return directory;
    }

    @Override
    Volume open(Path root) throws IOException {
        return PosixVolume.open(root, true);
    }

    @Test
    void creatingInALargeDirectoryDoesNotScanIt() throws IOException {
        int count = 100_000;
        volume.createDirectory(WHO, "d", 0755).close();
        for (int i = 0; i < 100; i++) {
            Files.createFile(root.resolve("d/before" + i));
        }
        for (int i = 0; i < count; i++) {
            ResolvedPath path = resolve("D\\New" + i);
            assertTrue(path.stat().isEmpty());
            volume.createFile(WHO, path.hostPath(), StoreAccess.WRITE, 0644).close();
            resolver.nameAdded(path.hostParent(), path.hostName());
        }
        assertEquals("New77777", resolve("d\\NEW77777").hostName());
        assertEquals("before7", resolve("d\\BEFORE7").hostName());
        assertEquals(2, volume.listings.get(), "one of the root, one of the directory");
    }

    @Test
    void changesThatOverflowTheFeedAreNotMissed() throws IOException {
        make("d/one");
        assertEquals("one", resolve("d\\ONE").hostName());
        for (int i = 0; i < 20_000; i++) { // the kernel keeps 16,384 events by default
            Files.delete(Files.createFile(root.resolve("d/x" + i)));
        }
        make("d/Two");
        assertEquals("Two", resolve("d\\two").hostName());
    }

    @Test
    void theOldestIndexesAreGivenUp() throws IOException {
        try (IndexedPathResolver small =
                new IndexedPathResolver(volume, NameOptions.DEFAULT, new IndexLimits(2, 1_000_000))) {
            for (int i = 0; i < 5; i++) {
                make("d" + i + "/File");
            }
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < 5; i++) {
                    assertTrue(small.resolve(WHO, "d" + i + "\\FILE").toString().contains("hostName=File"));
                }
            }
            assertEquals(10, volume.listings.get());
            small.resolve(WHO, "d4\\FILE");
            small.resolve(WHO, "d3\\FILE");
            assertEquals(10, volume.listings.get(), "the two last are there");
        }
    }
}

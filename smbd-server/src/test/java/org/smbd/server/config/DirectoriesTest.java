package org.smbd.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoriesTest {
    @TempDir
    Path root;

    @Test
    void noneHasToBeMadeByHandAndOnlyTheOwnerEntersThePrivateOne() throws IOException {
        Directories directories = of(root.resolve("deep/below"));
        directories.create();
        directories.create();
        for (Path directory : new Path[] {
            directories.privateDirectory(),
            directories.state(),
            directories.lock(),
            directories.cache(),
            directories.pid()
        }) {
            assertTrue(Files.isDirectory(directory), directory.toString());
        }
        assertEquals(
                "rwx------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(directories.privateDirectory())));
        assertEquals(directories.state(), directories.controlSocket().getParent());
    }

    @Test
    void thePrivateOneCanBeMadeAlone() throws IOException {
        Directories directories = of(root.resolve("alone"));
        directories.createPrivate();
        assertTrue(Files.isDirectory(directories.privateDirectory()));
        assertTrue(Files.notExists(directories.cache()));
    }

    private static Directories of(Path base) {
        return new Directories(
                base.resolve("private"),
                base.resolve("state"),
                base.resolve("lock"),
                base.resolve("cache"),
                base.resolve("run"));
    }
}

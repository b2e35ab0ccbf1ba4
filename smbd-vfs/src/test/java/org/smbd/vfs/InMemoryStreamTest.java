package org.smbd.vfs;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.smbd.core.type.PosixIdentity;
import org.smbd.vfs.store.NioVolume;
import org.smbd.vfs.store.Volume;

/** On a file system in memory, by java.nio.file alone. */
class InMemoryStreamTest extends StreamContract {
    private InMemoryShare memory;

    @Override
    Path makeRoot() throws IOException {
        memory = InMemoryShare.make();
        return memory.root();
    }

    @Override
    Volume volume(Path directory) throws IOException {
        return NioVolume.open(directory, true);
    }

    @Override
    PosixIdentity owner() {
        return memory.owner();
    }

    @Override
    @BeforeEach
    void requireAttributes() {
        Assertions.assertTrue(memory.fileSystem().supportedFileAttributeViews().contains("user"));
    }

    @AfterEach
    void closeFileSystem() throws IOException {
        memory.close();
    }
}

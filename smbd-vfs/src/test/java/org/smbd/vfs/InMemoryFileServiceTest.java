package org.smbd.vfs;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.smbd.core.type.PosixIdentity;
import org.smbd.vfs.store.NioVolume;
import org.smbd.vfs.store.Volume;

/** On a file system in memory, by java.nio.file alone. */
class InMemoryFileServiceTest extends FileServiceContract {
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

    @AfterEach
    void closeFileSystem() throws IOException {
        memory.close();
    }
}

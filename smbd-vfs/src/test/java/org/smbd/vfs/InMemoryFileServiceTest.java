package org.smbd.vfs;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.smbd.vfs.store.NioVolume;
import org.smbd.vfs.store.Volume;

/** On a file system in memory, by java.nio.file alone. */
class InMemoryFileServiceTest extends FileServiceContract {
    private FileSystem fileSystem;

    @Override
    Path makeRoot() throws IOException {
        fileSystem = Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setAttributeViews("basic", "owner", "posix", "unix", "user")
                .build());
        return Files.createDirectory(fileSystem.getPath("/share"));
    }

    @Override
    Volume volume(Path directory) throws IOException {
        return NioVolume.open(directory, true);
    }

    @AfterEach
    void closeFileSystem() throws IOException {
        fileSystem.close();
    }
}

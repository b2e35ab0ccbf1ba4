package org.smbd.vfs.store;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;

/** {@link NioVolume} in memory. */
class NioVolumeInMemoryTest extends VolumeContract {
    private FileSystem fileSystem;

    @Override
    Path makeBase() throws IOException {
        fileSystem = Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setAttributeViews("basic", "owner", "posix", "unix", "user")
                .build());
        return Files.createDirectory(fileSystem.getPath("/base"));
    }

    @Override
    Volume open(Path root, boolean followSymlinks) throws IOException {
        return NioVolume.open(root, followSymlinks);
    }

    @AfterEach
    void closeFileSystem() throws IOException {
        fileSystem.close();
    }
}

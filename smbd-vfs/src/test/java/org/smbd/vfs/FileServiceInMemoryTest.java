package org.smbd.vfs;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;

/** {@link FileServiceContract} in memory. */
class FileServiceInMemoryTest extends FileServiceContract {
    private FileSystem fileSystem;

    @Override
    Path makeRoot() throws IOException {
        fileSystem = Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setAttributeViews("basic", "owner", "posix", "unix", "user")
                .build());
        return Files.createDirectory(fileSystem.getPath("/root"));
    }

    @AfterEach
    void closeFileSystem() throws IOException {
        fileSystem.close();
    }
}

package org.smbd.vfs.name;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.smbd.vfs.store.NioVolume;
import org.smbd.vfs.store.Volume;

/** Names on a file system in memory: indexes believed by the directory's times. */
class NioPathResolverTest extends IndexedPathResolverContract {
    private FileSystem fileSystem;

    @Override
    Path makeRoot() throws IOException {
        fileSystem = Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setAttributeViews("basic", "owner", "posix", "unix", "user")
                .build());
        return Files.createDirectory(fileSystem.getPath("/share"));
    }

    @Override
    Volume open(Path root) throws IOException {
        return NioVolume.open(root, true);
    }

    @AfterEach
    void closeFileSystem() throws IOException {
        fileSystem.close();
    }
}

package org.smbd.vfs;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.smbd.core.type.PosixIdentity;
import org.smbd.vfs.store.NioVolume;
import org.smbd.vfs.store.Volume;

/** On a file system in memory, by java.nio.file alone. */
class InMemoryStreamTest extends StreamContract {
    private FileSystem fileSystem;

    @Override
    Path makeRoot() throws IOException {
        fileSystem = Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setAttributeViews("basic", "owner", "posix", "unix", "user")
                .build());
        // Without it, a directory in memory may not be searched.
        return Files.createDirectory(
                fileSystem.getPath("/share"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }

    @Override
    Volume volume(Path directory) throws IOException {
        return NioVolume.open(directory, true);
    }

    /** A file system in memory has users of its own. */
    @Override
    PosixIdentity owner() {
        try {
            int uid = (int) Files.getAttribute(root, "unix:uid");
            int gid = (int) Files.getAttribute(root, "unix:gid");
            return new PosixIdentity(uid, gid, new int[0]);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    @BeforeEach
    void requireAttributes() {
        Assertions.assertTrue(fileSystem.supportedFileAttributeViews().contains("user"));
    }

    @AfterEach
    void closeFileSystem() throws IOException {
        fileSystem.close();
    }
}

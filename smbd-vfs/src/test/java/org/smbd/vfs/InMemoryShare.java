package org.smbd.vfs;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.smbd.core.type.PosixIdentity;

/** The directory of a share on a file system in memory, which has users of its own. */
record InMemoryShare(FileSystem fileSystem, Path root) implements AutoCloseable {
    static InMemoryShare make() throws IOException {
        FileSystem fileSystem = Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setAttributeViews("basic", "owner", "posix", "unix", "user")
                .build());
        // Without it, a directory in memory may not be searched.
        Path root = Files.createDirectory(
                fileSystem.getPath("/share"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        return new InMemoryShare(fileSystem, root);
    }

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
    public void close() throws IOException {
        fileSystem.close();
    }
}

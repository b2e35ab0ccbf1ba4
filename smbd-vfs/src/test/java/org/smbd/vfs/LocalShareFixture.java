package org.smbd.vfs;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.smbd.vfs.store.Volume;
import org.smbd.vfs.store.Volumes;

/** A share on the files of this host. */
abstract class LocalShareFixture extends FileServiceFixture {
    @TempDir
    Path scratch;

    @Override
    Path makeRoot() throws IOException {
        return scratch.toRealPath();
    }

    @Override
    Volume volume(Path directory) throws IOException {
        return Volumes.open(directory, true);
    }

    /** The names in a directory of the share. */
    java.util.List<String> onDisk(String path) throws IOException {
        try (java.util.stream.Stream<Path> children = java.nio.file.Files.list(root.resolve(path))) {
            return children.map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}

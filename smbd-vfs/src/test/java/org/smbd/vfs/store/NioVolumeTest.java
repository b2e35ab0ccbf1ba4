package org.smbd.vfs.store;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** {@link NioVolume} on the host's file system. */
class NioVolumeTest extends VolumeContract {
    @TempDir
    Path directory;

    @Override
    Path makeBase() {
        return directory;
    }

    @Override
    Volume open(Path root, boolean followSymlinks) throws IOException {
        return NioVolume.open(root, followSymlinks);
    }
}

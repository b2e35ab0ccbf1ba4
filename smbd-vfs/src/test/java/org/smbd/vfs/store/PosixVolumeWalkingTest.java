package org.smbd.vfs.store;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** {@link PosixVolume} where openat2 is missing. */
class PosixVolumeWalkingTest extends PosixVolumeContract {
    @TempDir
    Path directory;

    @Override
    Path makeBase() {
        return directory;
    }

    @Override
    Volume open(Path root, boolean followSymlinks) throws IOException {
        return PosixVolume.open(root, followSymlinks, false);
    }
}

package org.smbd.vfs.store;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;

/** Opens the best volume that the host has. */
public final class Volumes {
    private Volumes() {}

    /**
     * The volume below {@code root}.
     *
     * @param followSymlinks whether links are followed whose target is within the root
     */
    public static Volume open(Path root, boolean followSymlinks) throws IOException {
        boolean ofTheHost = root.getFileSystem().equals(FileSystems.getDefault());
        return ofTheHost && PosixVolume.isSupported()
                ? PosixVolume.open(root, followSymlinks)
                : NioVolume.open(root, followSymlinks);
    }
}

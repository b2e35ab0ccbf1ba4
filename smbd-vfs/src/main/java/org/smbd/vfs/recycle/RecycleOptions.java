package org.smbd.vfs.recycle;

import java.util.List;

/**
 * What goes into a recycle bin, and how. Patterns have the wildcards {@code *} and {@code ?}; case does not count.
 *
 * @param repository host path of the bin, relative to the share, without a slash at either end
 * @param directoryMode permissions of the bin
 * @param subdirectoryMode permissions of directories in it
 * @param keepTree whether a file keeps its directories
 * @param versions whether a name that is taken gets a number instead of replacing the older file
 * @param touch whether a recycled file gets a new access time
 * @param touchWriteTime whether it gets a new modification time
 * @param minSizeBytes shorter files are deleted at once
 * @param maxSizeBytes longer files are deleted at once; 0: none are
 * @param exclude names of files that are deleted at once
 * @param excludeDirectories directories, relative to the share, whose files are deleted at once
 * @param noVersions names of files of which one is kept
 */
public record RecycleOptions(
        String repository,
        int directoryMode,
        int subdirectoryMode,
        boolean keepTree,
        boolean versions,
        boolean touch,
        boolean touchWriteTime,
        long minSizeBytes,
        long maxSizeBytes,
        List<String> exclude,
        List<String> excludeDirectories,
        List<String> noVersions) {
    public RecycleOptions {
        exclude = List.copyOf(exclude);
        excludeDirectories = List.copyOf(excludeDirectories);
        noVersions = List.copyOf(noVersions);
    }
}

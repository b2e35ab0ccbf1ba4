package org.smbd.server.config;

import java.util.List;

/**
 * The recycle bin of a share, with the names of Samba's {@code recycle:} options. Sizes are bytes, 0 for no limit.
 *
 * @param repository directory of the bin, relative to the share, with variables
 * @param directoryMode permissions of the bin
 * @param subdirectoryMode permissions of directories in it
 * @param keepTree whether a file keeps its directories
 * @param versions whether a name that is taken gets a number instead of replacing the older file
 * @param touch whether a recycled file gets a new access time
 * @param touchWriteTime whether it gets a new modification time
 * @param minSizeBytes shorter files are deleted at once
 * @param maxSizeBytes longer files are deleted at once; 0: none are
 * @param exclude names, with wildcards, of files that are deleted at once
 * @param excludeDirectories directories whose files are deleted at once
 * @param noVersions names, with wildcards, of files of which one is kept
 */
public record RecycleConfig(
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
    public RecycleConfig {
        exclude = List.copyOf(exclude);
        excludeDirectories = List.copyOf(excludeDirectories);
        noVersions = List.copyOf(noVersions);
    }

    static RecycleConfig from(Values values) {
        int directoryMode = values.mode("recycle:directory_mode", 0700);
        return new RecycleConfig(
                values.text("recycle:repository", ".recycle"),
                directoryMode,
                values.mode("recycle:subdir_mode", directoryMode),
                values.bool("recycle:keeptree", false),
                values.bool("recycle:versions", false),
                values.bool("recycle:touch", false),
                values.bool("recycle:touch_mtime", false),
                values.longBytes("recycle:minsize", 0),
                values.longBytes("recycle:maxsize", 0),
                values.list("recycle:exclude", List.of()),
                values.list("recycle:exclude_dir", List.of()),
                values.list("recycle:noversions", List.of()));
    }

    /** The bin of one client. */
    RecycleConfig expanded(Substitution substitution) {
        return new RecycleConfig(
                substitution.expand(repository),
                directoryMode,
                subdirectoryMode,
                keepTree,
                versions,
                touch,
                touchWriteTime,
                minSizeBytes,
                maxSizeBytes,
                exclude,
                excludeDirectories,
                noVersions);
    }
}

package org.smbd.server.config;

import java.util.List;
import java.util.Optional;

/**
 * Where the previous versions of a share are, with the names of Samba's {@code shadow:} options.
 *
 * @param snapper whether snapper made them ({@code vfs objects = snapper})
 * @param snapDirectory where they are: absolute, or relative to the mount point
 * @param mountPoint of the share's file system; empty: it is looked for
 * @param baseDirectory what snapshots are made of; empty: the mount point
 * @param snapSharePath the share's place in a snapshot; empty: as below the base directory
 * @param format names of snapshots, as strftime writes them
 * @param sscanf whether the format holds a number of seconds since 1970 instead
 * @param localTime whether names are in local time
 * @param snapPrefix regular expression before the time
 * @param delimiter beginning of the time in a name with a prefix
 */
public record ShadowCopyConfig(
        boolean snapper,
        String snapDirectory,
        Optional<String> mountPoint,
        Optional<String> baseDirectory,
        Optional<String> snapSharePath,
        String format,
        boolean sscanf,
        boolean localTime,
        Optional<String> snapPrefix,
        String delimiter) {
    /** Names of snapshots that need no configuration. */
    static final String GMT_FORMAT = "@GMT-%Y.%m.%d-%H.%M.%S";

    static ShadowCopyConfig from(Values values, List<String> modules) {
        boolean inShare = modules.contains("shadow_copy"); // the older module: beside the files, in the share itself
        return new ShadowCopyConfig(
                modules.contains("snapper"),
                inShare ? values.text("path", "") : values.text("shadow:snapdir", ".snapshots"),
                absolute(values, "shadow:mountpoint"),
                inShare ? Optional.of(values.text("path", "")) : absolute(values, "shadow:basedir"),
                optional(values, "shadow:snapsharepath"),
                inShare ? GMT_FORMAT : values.text("shadow:format", GMT_FORMAT),
                values.bool("shadow:sscanf", false),
                values.bool("shadow:localtime", false),
                optional(values, "shadow:snapprefix"),
                values.text("shadow:delimiter", "_GMT"));
    }

    private static Optional<String> optional(Values values, String name) {
        return Optional.of(values.text(name, "")).filter(text -> !text.isEmpty());
    }

    private static Optional<String> absolute(Values values, String name) {
        Optional<String> path = optional(values, name);
        if (path.isPresent() && !path.get().startsWith("/")) {
            throw values.wrong(ParameterTable.key(name), "\"" + path.get() + "\" is not an absolute path");
        }
        return path;
    }
}

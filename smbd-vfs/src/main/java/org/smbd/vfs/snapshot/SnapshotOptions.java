package org.smbd.vfs.snapshot;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the snapshots of a share are, in the words of Samba's modules {@code shadow_copy2} and {@code snapper}.
 *
 * @param layout how a snapshot's directory is found
 * @param directory where the snapshots are: absolute, or relative to the mount point
 * @param mountPoint of the file system that the share is on; empty: it is looked for
 * @param base the directory that snapshots are made of; empty: the mount point
 * @param sharePath the share's place in a snapshot, relative; empty: as it is below {@code base}
 * @param format names of snapshots as strftime writes them; of seconds since 1970 if {@code unixSeconds}
 * @param unixSeconds {@code format} holds one number, such as {@code daily-%lu}
 * @param localTime names are in the time zone of this host, not in UTC
 * @param prefix regular expression of what comes before the format, with {@code delimiter} in between
 * @param delimiter beginning of the time in a name that has a prefix
 */
public record SnapshotOptions(
        Layout layout,
        String directory,
        Optional<Path> mountPoint,
        Optional<Path> base,
        Optional<String> sharePath,
        String format,
        boolean unixSeconds,
        boolean localTime,
        Optional<String> prefix,
        String delimiter) {
    /** How a snapshot's directory is found. */
    public enum Layout {
        /** One directory a snapshot, named by its time. */
        NAMED,
        /** Numbered directories, each with {@code info.xml} and {@code snapshot}, as snapper makes them. */
        SNAPPER
    }
}

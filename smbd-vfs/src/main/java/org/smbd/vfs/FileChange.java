package org.smbd.vfs;

import java.util.function.Supplier;
import org.smbd.vfs.oplock.FileCaching;

/**
 * A change of the data of a file, from its beginning until it is visible to all: others lose their caches before, and
 * get none meanwhile. MS-FSA 2.1.4.12 Algorithm to Check for an Oplock Break, cases WRITE, LOCK_CONTROL, FS_CONTROL.
 */
final class FileChange {
    private FileChange() {}

    /** Makes a change through {@code open}. */
    static <T> T of(LocalOpen open, Supplier<T> change) {
        FileCaching caching = open.node().caching();
        caching.beginChange(open.caching());
        try {
            return change.get();
        } finally {
            caching.endChange();
        }
    }

    /** The same of what its directory shows, too: the size. */
    static void ofSize(Share share, LocalOpen open, Runnable change) {
        of(open, () -> {
            DirectoryChange.of(share, open, change);
            return null;
        });
    }
}

package org.smbd.vfs;

import java.util.Optional;
import java.util.function.Supplier;
import org.smbd.core.type.PosixIdentity;
import org.smbd.vfs.node.FileNode;
import org.smbd.vfs.oplock.FileCaching;
import org.smbd.vfs.oplock.LeaseKey;
import org.smbd.vfs.store.FileKey;

/**
 * A change of what a directory shows, from its beginning until it is visible to all. MS-FSA 2.1.4.12 Algorithm to Check
 * for an Oplock Break with the flag PARENT_OBJECT. Nobody waits for the break: Windows does not, and the client that
 * makes a file may itself cache the directory.
 *
 * @param hostDirectory whose contents change
 * @param parentKey Open.ParentOplockKey of the open that makes the change: its holder knows
 */
record DirectoryChange(Share share, PosixIdentity who, String hostDirectory, Optional<LeaseKey> parentKey) {
    /** Changes how the file of {@code open} is shown. */
    static void of(Share share, LocalOpen open, Runnable change) {
        new DirectoryChange(
                        share,
                        open.who(),
                        DirtyNames.parent(open.hostPath()),
                        open.caching().request().parentLeaseKey())
                .make(change);
    }

    /** The same of an entry of {@code hostDirectory}. */
    static void of(Share share, LocalOpen open, String hostDirectory, Runnable change) {
        new DirectoryChange(
                        share,
                        open.who(),
                        hostDirectory,
                        open.caching().request().parentLeaseKey())
                .make(change);
    }

    void make(Runnable change) {
        make(() -> {
            change.run();
            return null;
        });
    }

    <T> T make(Supplier<T> change) {
        Optional<FileCaching> before = find();
        before.ifPresent(caching -> caching.beginContentsChange(parentKey));
        try {
            return change.get();
        } finally {
            before.ifPresentOrElse(FileCaching::endChange, this::breakNow);
        }
    }

    /** Who has begun to cache the directory meanwhile may have seen it as it was. */
    private void breakNow() {
        find().ifPresent(caching -> {
            caching.beginContentsChange(parentKey);
            caching.endChange();
        });
    }

    /** The caching of the directory, if there may be any: the look costs a system call. */
    private Optional<FileCaching> find() {
        if (!share.nodes().oplocks().anyDirectoryLease()) {
            return Optional.empty();
        }
        Optional<FileKey> key = share.volume().stat(who, hostDirectory).map(stat -> stat.key());
        return key.flatMap(share.nodes()::find).map(FileNode::caching);
    }
}

package org.smbd.vfs;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.core.type.PosixIdentity;
import org.smbd.core.type.SecurityContext;
import org.smbd.vfs.name.PathResolver;
import org.smbd.vfs.node.NodeTable;
import org.smbd.vfs.store.FileKey;
import org.smbd.vfs.store.Volume;

/**
 * What the algorithms of one {@link LocalFileService} share.
 *
 * @param options the share's configuration
 * @param volume its files
 * @param resolver its names
 * @param nodes all open files of the process
 * @param facts makes metadata
 * @param dirtyNames directories to sync at a flush
 * @param daemon whom the process runs as
 */
record Share(
        ShareOptions options,
        Volume volume,
        PathResolver resolver,
        NodeTable nodes,
        Facts facts,
        DirtyNames dirtyNames,
        PosixIdentity daemon) {
    private static final Logger LOG = LoggerFactory.getLogger(Share.class);

    /** Whom the kernel shall see: ACCESS_DENIED for an account that has no Unix user where it needs one. */
    PosixIdentity identity(SecurityContext context) {
        if (!volume.capabilities().identity()) {
            return daemon;
        }
        Optional<PosixIdentity> posix = context.posix();
        return posix.orElseThrow(NtStatus.ACCESS_DENIED::exception);
    }

    /** Removes a name at the last close of its file. */
    void deleteDoomed(FileKey key, String hostPath, PosixIdentity who, boolean directory) {
        try {
            boolean still = volume.stat(who, hostPath)
                    .filter(stat -> stat.key().equals(key))
                    .isPresent();
            if (!still) {
                return; // renamed or replaced behind our back: that file is not ours to delete
            }
            if (directory) {
                volume.removeDirectory(who, hostPath);
            } else {
                volume.unlink(who, hostPath);
            }
            nameRemoved(who, DirtyNames.parent(hostPath), hostPath.substring(hostPath.lastIndexOf('/') + 1));
        } catch (SmbException e) { // the close itself succeeds, as on Windows
            LOG.info("{}: {} could not be deleted at its last close: {}", options.label(), hostPath, e.status());
        }
    }

    void nameAdded(PosixIdentity who, String hostParent, String hostName) {
        resolver.nameAdded(hostParent, hostName);
        dirtyNames.changed(who, hostParent);
    }

    void nameRemoved(PosixIdentity who, String hostParent, String hostName) {
        resolver.nameRemoved(hostParent, hostName);
        dirtyNames.changed(who, hostParent);
    }
}

package org.smbd.vfs;

import java.util.Optional;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.PosixIdentity;
import org.smbd.core.type.SecurityContext;
import org.smbd.vfs.name.PathResolver;
import org.smbd.vfs.node.NodeTable;
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

    /** Whom the kernel shall see: ACCESS_DENIED for an account that has no Unix user where it needs one. */
    PosixIdentity identity(SecurityContext context) {
        if (!volume.capabilities().identity()) {
            return daemon;
        }
        Optional<PosixIdentity> posix = context.posix();
        return posix.orElseThrow(NtStatus.ACCESS_DENIED::exception);
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

package org.smbd.vfs;

import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.core.file.AccessMask;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.core.type.PosixIdentity;
import org.smbd.core.type.SecurityContext;
import org.smbd.vfs.ea.EaStore;
import org.smbd.vfs.name.PathResolver;
import org.smbd.vfs.node.NodeTable;
import org.smbd.vfs.notify.Change;
import org.smbd.vfs.notify.ChangeHub;
import org.smbd.vfs.notify.CompletionFilter;
import org.smbd.vfs.notify.FileAction;
import org.smbd.vfs.oplock.ClientName;
import org.smbd.vfs.security.FileSecurity;
import org.smbd.vfs.store.FileKey;
import org.smbd.vfs.store.HostPaths;
import org.smbd.vfs.store.StoreAccess;
import org.smbd.vfs.store.StoreFile;
import org.smbd.vfs.store.Volume;
import org.smbd.vfs.stream.StreamFile;
import org.smbd.vfs.stream.StreamStore;

/**
 * What the algorithms of one {@link LocalFileService} share.
 *
 * @param options the share's configuration
 * @param rootLocation absolute path of the root on the host
 * @param volume its files
 * @param resolver its names
 * @param nodes all open files of the process
 * @param facts makes metadata
 * @param dirtyNames directories to sync at a flush
 * @param daemon whom the process runs as
 * @param streams named streams
 * @param eas extended attributes of clients
 * @param security the descriptors of its files
 */
record Share(
        ShareOptions options,
        String rootLocation,
        Volume volume,
        PathResolver resolver,
        NodeTable nodes,
        Facts facts,
        DirtyNames dirtyNames,
        PosixIdentity daemon,
        StreamStore streams,
        EaStore eas,
        FileSecurity security) {
    private static final Logger LOG = LoggerFactory.getLogger(Share.class);

    /** Whom the kernel shall see: ACCESS_DENIED for an account that has no Unix user where it needs one. */
    PosixIdentity identity(SecurityContext context) {
        if (!volume.capabilities().identity()) {
            return daemon;
        }
        Optional<PosixIdentity> posix = context.posix();
        return posix.orElseThrow(NtStatus.ACCESS_DENIED::exception);
    }

    /** What a client calls a file. */
    ClientName nameOf(String clientPath) {
        return new ClientName(rootLocation, options.label() + "\\" + clientPath);
    }

    /** How the client of a request reads and writes names. */
    PathResolver resolver(OpenRequest request) {
        return request.posix().isPresent() ? resolver.posix() : resolver;
    }

    /** Where the file at {@code hostPath} is, whatever the share: two shares may show one file. */
    String location(String hostPath) {
        return HostPaths.join(rootLocation, hostPath);
    }

    /** As {@link #location(String)}, by the way that {@code file} was found on: links in it are resolved. */
    String location(PosixIdentity who, String hostPath, StoreFile file) {
        return location(file.throughLinks() ? volume.canonical(who, hostPath) : hostPath);
    }

    /**
     * Reserves space for a file that was just created, or overwritten. MS-SMB2 3.3.5.9.3 Handling the
     * SMB2_CREATE_ALLOCATION_SIZE Create Context.
     */
    void reserve(LocalOpen open, long allocationSize) {
        if (allocationSize > 0 && !open.isDirectory()) {
            open.file().allocate(allocationSize);
            open.node().setReservedBytes(aligned(open, allocationSize));
        }
    }

    /** BlockAlign: MS-FSA 2.1.4.5. */
    long aligned(LocalOpen open, long bytes) {
        long unitBytes = volume.space(open.file()).unitBytes();
        return (bytes + unitBytes - 1) / unitBytes * unitBytes;
    }

    /** The other way round: empty for what is outside this share. */
    Optional<String> hostPath(String location) {
        String prefix = rootLocation.endsWith("/") ? rootLocation : rootLocation + "/";
        return location.startsWith(prefix) ? Optional.of(location.substring(prefix.length())) : Optional.empty();
    }

    /** As {@link #clientPath}; "" for what is below a vetoed name. */
    static String shownPath(PathResolver names, String hostPath) {
        return Stream.of(hostPath.split("/", -1)).anyMatch(names::isVetoed) ? "" : clientPath(names, hostPath);
    }

    /** The name by which clients know {@code hostPath}. */
    static String clientPath(PathResolver names, String hostPath) {
        StringBuilder path = new StringBuilder();
        for (String name : hostPath.split("/", -1)) {
            path.append(path.length() == 0 ? "" : "\\").append(names.clientName(name));
        }
        return path.toString();
    }

    /**
     * Removes the name of a file that goes with its last close. That fails in silence: the close is good all the same.
     *
     * @return whether the name is gone
     */
    boolean deleteLink(LocalOpen open) {
        String path = open.hostPath();
        try {
            if (open.stream().isPresent()) {
                deleteStream(open, open.stream().get());
                return true;
            }
            if (!leadsTo(open.who(), path, open.node().key())) {
                return true; // renamed or replaced behind our back: that file is not ours to delete
            }
            DirectoryChange.of(this, open, () -> removingName(path, () -> remove(open, path)));
            nameRemoved(open.who(), HostPaths.parent(path), HostPaths.name(path));
            changes().post(Change.removed(open.location(), open.isDirectory()));
            return true;
        } catch (SmbException e) {
            LOG.info("{}: {} could not be deleted at its last close: {}", options.label(), path, e.status());
            return false;
        }
    }

    /** A descriptor that granted the right to delete counts, also where the host leaves that to the directory. */
    private void remove(LocalOpen open, String path) {
        if (open.isDirectory()) {
            new VetoedEntries(this).delete(open.who(), path);
        }
        try {
            remove(open.who(), path, open.isDirectory());
        } catch (SmbException refused) {
            boolean granted = refused.status() == NtStatus.ACCESS_DENIED
                    && open.mayAny(AccessMask.DELETE)
                    && security.deciding(open.file(), open.file().stat()).isPresent();
            if (!granted) {
                throw refused;
            }
            remove(daemon, path, open.isDirectory());
        }
    }

    private void remove(PosixIdentity who, String path, boolean directory) {
        if (directory) {
            volume.removeDirectory(who, path);
        } else {
            volume.unlink(who, path);
        }
    }

    /** Where changes of files are posted. */
    ChangeHub changes() {
        return nodes.changes();
    }

    /** A link can itself be what is open. */
    private boolean isLink(PosixIdentity who, String hostPath, FileKey key) {
        Optional<StoreFile> found = volume.findLink(who, hostPath);
        if (found.isEmpty()) {
            return false;
        }
        try (StoreFile file = found.get()) {
            return file.stat().key().equals(key);
        }
    }

    /** By the path: the open that has said so can be closed by now. */
    private void deleteStream(LocalOpen open, StreamFile stream) {
        try (StoreFile host = volume.open(daemon, open.hostPath(), StoreAccess.METADATA)) {
            if (host.stat().key().equals(open.node().key().file())) {
                streams.remove(host, stream.streamName());
                open.reportStream(FileAction.REMOVED_STREAM, CompletionFilter.STREAM_NAME);
            }
        }
    }

    /** A change that can take the last name from the file at {@code hostPath}; then its streams go, too. */
    void removingName(String hostPath, Runnable change) {
        Optional<StoreFile> found = streams.isServed() ? volume.findLink(daemon, hostPath) : Optional.empty();
        if (found.isEmpty()) {
            change.run();
            return;
        }
        try (StreamStore.Remains remains = streams.remains(found.get())) {
            change.run();
            remains.remove();
        }
    }

    /** Ends an open that nobody has seen. */
    void closeQuietly(LocalOpen open) {
        if (open.beginClose()) {
            Runnable others = open.node().caching().leave(open.caching());
            try {
                nodes.remove(open.node(), open); // it may be the last one of a file that is to go
            } finally {
                open.file().close();
                others.run();
            }
        }
    }

    /** Whether nothing is in the directory {@code open} that keeps it from being deleted. */
    boolean isEmpty(LocalOpen open) {
        VetoedEntries vetoed = new VetoedEntries(this);
        return volume.isEmpty(open.file(), vetoed::isOfNoAccount);
    }

    /** Whether {@code hostPath} is still a name of the file {@code key}. */
    boolean leadsTo(PosixIdentity who, String hostPath, FileKey key) {
        return volume.stat(who, hostPath).filter(stat -> stat.key().equals(key)).isPresent()
                || isLink(who, hostPath, key);
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

package org.smbd.vfs.recycle;

import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.core.type.FileTime;
import org.smbd.core.type.PosixIdentity;
import org.smbd.vfs.store.ForwardingVolume;
import org.smbd.vfs.store.HostPaths;
import org.smbd.vfs.store.StoreAccess;
import org.smbd.vfs.store.StoreFile;
import org.smbd.vfs.store.StoreStat;
import org.smbd.vfs.store.Volume;

/**
 * A volume whose deleted files move into a directory of the share, as with Samba's module {@code recycle}. A directory
 * is deleted; a file that cannot be moved is deleted too, with a line in the log.
 */
public final class RecycleBin extends ForwardingVolume {
    private static final Logger LOG = LoggerFactory.getLogger(RecycleBin.class);

    /** After so many versions of one name the oldest name is used again. */
    private static final int VERSIONS_MAX = 10_000;

    private final RecycleOptions options;
    private final RecycleRules rules;
    private final InstantSource clock;

    /**
     * A bin around a volume.
     *
     * @param clock tells the time that recycled files get
     */
    public RecycleBin(Volume inner, RecycleOptions options, InstantSource clock) {
        super(inner);
        this.options = options;
        this.rules = new RecycleRules(options);
        this.clock = clock;
    }

    @Override
    public void unlink(PosixIdentity who, String path) {
        Optional<StoreStat> stat = inner().stat(who, path);
        boolean taken = stat.filter(file -> file.type() == StoreStat.Type.FILE && rules.takes(path, file.size()))
                .isPresent();
        if (!taken || !recycle(who, path)) {
            inner().unlink(who, path);
        }
    }

    private boolean recycle(PosixIdentity who, String path) {
        String directory = options.keepTree() && !HostPaths.parent(path).isEmpty()
                ? options.repository() + "/" + HostPaths.parent(path)
                : options.repository();
        try {
            makeDirectories(who, directory);
            touch(who, move(who, path, directory));
            return true;
        } catch (SmbException failed) {
            LOG.warn("{} is deleted, it could not be moved to {}: {}", path, directory, failed.status());
            return false;
        }
    }

    private void makeDirectories(PosixIdentity who, String directory) {
        if (directory.isEmpty()
                || inner().stat(who, directory).filter(StoreStat::isDirectory).isPresent()) {
            return;
        }
        makeDirectories(who, HostPaths.parent(directory));
        boolean inBin = directory.startsWith(options.repository() + "/");
        int mode = inBin ? options.subdirectoryMode() : options.directoryMode();
        try {
            inner().createDirectory(who, directory, mode).close();
        } catch (SmbException failed) {
            if (failed.status() != NtStatus.OBJECT_NAME_COLLISION) { // somebody else was faster
                throw failed;
            }
        }
    }

    /** Moves a file under a name that is free, or is made so. */
    private String move(PosixIdentity who, String path, String directory) {
        String name = HostPaths.name(path);
        String target = HostPaths.join(directory, name);
        boolean versions = rules.keepsVersions(name);
        for (int version = 1; versions && version <= VERSIONS_MAX; version++) {
            try {
                inner().rename(who, path, target, false);
                return target;
            } catch (SmbException failed) {
                if (failed.status() != NtStatus.OBJECT_NAME_COLLISION) {
                    throw failed;
                }
                target = HostPaths.join(directory, "Copy #" + version + " of " + name);
            }
        }
        inner().rename(who, path, target, true);
        return target;
    }

    private void touch(PosixIdentity who, String path) {
        if (!options.touch() && !options.touchWriteTime()) {
            return;
        }
        long now = FileTime.of(clock.instant());
        try (StoreFile file = inner().open(who, path, StoreAccess.METADATA)) {
            file.setTimes(options.touch() ? now : 0, options.touchWriteTime() ? now : 0);
        }
    }
}

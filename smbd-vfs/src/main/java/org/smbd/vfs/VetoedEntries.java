package org.smbd.vfs;

import java.util.ArrayList;
import java.util.List;
import org.smbd.core.type.PosixIdentity;
import org.smbd.vfs.store.HostPaths;
import org.smbd.vfs.store.StoreAccess;
import org.smbd.vfs.store.StoreFile;
import org.smbd.vfs.store.StoreStat;

/**
 * {@code delete veto files}: what nobody can see does not keep a directory from being deleted, and goes with it. A
 * directory that holds anything else stays as it is.
 */
final class VetoedEntries {
    /** A vetoed directory may hold directories; deeper than this is left, and the deletion fails. */
    private static final int DEPTH_MAX = 64;

    private final Share share;

    VetoedEntries(Share share) {
        this.share = share;
    }

    /** Whether an entry does not keep its directory from being deleted. */
    boolean isOfNoAccount(String hostName) {
        return share.options().names().deleteVeto() && share.resolver().isVetoed(hostName);
    }

    /** Deletes the vetoed entries of a directory if there are no others. */
    void delete(PosixIdentity who, String directory) {
        if (!share.options().names().deleteVeto()) {
            return;
        }
        List<String> names = names(who, directory);
        if (names.stream().allMatch(share.resolver()::isVetoed)) {
            names.forEach(name -> deleteTree(who, HostPaths.join(directory, name), DEPTH_MAX));
        }
    }

    private void deleteTree(PosixIdentity who, String path, int depth) {
        boolean directory =
                share.volume().stat(who, path).filter(StoreStat::isDirectory).isPresent();
        if (!directory) {
            share.volume().unlink(who, path);
            return;
        }
        if (depth > 0) {
            names(who, path).forEach(name -> deleteTree(who, HostPaths.join(path, name), depth - 1));
        }
        share.volume().removeDirectory(who, path);
    }

    private List<String> names(PosixIdentity who, String directory) {
        List<String> names = new ArrayList<>();
        try (StoreFile file = share.volume().open(who, directory, StoreAccess.READ)) {
            share.volume().list(file, (name, type) -> names.add(name));
        }
        return names;
    }
}

package org.smbd.vfs.kernel;

import org.smbd.core.type.PosixIdentity;
import org.smbd.vfs.store.HostPaths;
import org.smbd.vfs.store.Volume;

/**
 * A directory that the kernel is to tell of.
 *
 * @param volume where it is
 * @param who who looks into it: the server itself
 * @param hostPath its path in the volume
 * @param location its path on the host
 */
public record WatchedPlace(Volume volume, PosixIdentity who, String hostPath, String location) {
    WatchedPlace child(String name) {
        return new WatchedPlace(volume, who, HostPaths.join(hostPath, name), locationOf(name));
    }

    String locationOf(String name) {
        return location.endsWith("/") ? location + name : location + "/" + name;
    }
}

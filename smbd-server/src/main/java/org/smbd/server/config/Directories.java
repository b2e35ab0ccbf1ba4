package org.smbd.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Where the server keeps what it must know after a restart. It writes nowhere else but into shares.
 *
 * @param privateDirectory secrets: the accounts
 * @param state what must survive, and the control socket
 * @param lock what a restart may lose
 * @param cache what can be found out again
 * @param pid the process id file
 */
public record Directories(Path privateDirectory, Path state, Path lock, Path cache, Path pid) {
    private static final Set<PosixFilePermission> SECRET = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rwxr-xr-x");

    static Directories from(Values values) {
        return new Directories(
                values.path("private dir", Path.of("/var/lib/smbd/private")),
                values.path("state directory", Path.of("/var/lib/smbd")),
                values.path("lock directory", Path.of("/run/smbd")),
                values.path("cache directory", Path.of("/var/cache/smbd")),
                values.path("pid directory", Path.of("/run/smbd")));
    }

    /** The Unix-domain socket of {@code smbd status}. */
    public Path controlSocket() {
        return state.resolve("control.sock");
    }

    /** Where persistent opens are kept. */
    public Path persistentHandles() {
        return state.resolve("persistent-handles");
    }

    /** Makes those that are missing; only the owner enters the private one. */
    public void create() throws IOException {
        for (Path directory : new Path[] {state, lock, cache, pid}) {
            Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(READABLE));
        }
        createPrivate();
    }

    /** Makes the private one alone: all that {@code smbd user} needs. */
    public void createPrivate() throws IOException {
        if (Files.notExists(privateDirectory)) {
            if (privateDirectory.getParent() != null) {
                Files.createDirectories(privateDirectory.getParent(), PosixFilePermissions.asFileAttribute(READABLE));
            }
            Files.createDirectories(privateDirectory, PosixFilePermissions.asFileAttribute(SECRET));
        }
    }
}

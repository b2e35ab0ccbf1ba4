package org.smbd.server;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.smbd.auth.account.IdentityMapper;
import org.smbd.auth.account.UnixDirectory;
import org.smbd.auth.account.UnixUser;
import org.smbd.core.type.PosixIdentity;
import org.smbd.core.type.SecurityContext;
import org.smbd.server.access.Identities;

/**
 * The users and groups of this machine. Who asks may have worked for a user just now, and the files behind the answers
 * are the daemon's.
 */
record HostIdentities(UnixDirectory directory, IdentityMapper mapper) implements Identities {
    @Override
    public Optional<PosixIdentity> user(String name) {
        org.smbd.vfs.store.Identities.restore();
        return directory.user(name).map(UnixUser::identity);
    }

    @Override
    public OptionalInt group(String name) {
        org.smbd.vfs.store.Identities.restore();
        return directory.groupId(name);
    }

    @Override
    public Optional<Path> home(String user) {
        org.smbd.vfs.store.Identities.restore();
        return directory
                .user(user)
                .map(UnixUser::home)
                .filter(home -> !home.isEmpty())
                .map(Path::of);
    }

    @Override
    public SecurityContext guest() {
        org.smbd.vfs.store.Identities.restore();
        return mapper.guest();
    }
}

package org.smbd.server.access;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.smbd.core.type.PosixIdentity;
import org.smbd.core.type.SecurityContext;
import org.smbd.core.type.Sid;

/** A machine with the users alice, bob and carol, the groups staff and wheel, and a user and a group called ops. */
final class KnownIdentities implements Identities {
    static final int STAFF = 2000;
    static final int WHEEL = 2001;
    static final int OPS = 2002;

    private static final Map<String, Integer> USERS =
            Map.of("alice", 1001, "bob", 1002, "carol", 1003, "ops", 1004, "nobody", 65534);
    private static final Map<String, Integer> GROUPS = Map.of("staff", STAFF, "wheel", WHEEL, "ops", OPS);

    static SecurityContext session(String name, String... groups) {
        int uid = USERS.get(name);
        int[] gids = List.of(groups).stream().mapToInt(GROUPS::get).toArray();
        return new SecurityContext(
                name,
                Sid.unixUser(uid),
                Set.of(Sid.EVERYONE, Sid.AUTHENTICATED_USERS),
                Set.of(groups),
                Optional.of(new PosixIdentity(uid, 100, gids)),
                SecurityContext.Kind.USER);
    }

    static SecurityContext unproven(SecurityContext.Kind kind) {
        return new SecurityContext(
                "nobody",
                Sid.unixUser(65534),
                Set.of(Sid.EVERYONE),
                Set.of(),
                Optional.of(new PosixIdentity(65534, 65534, new int[0])),
                kind);
    }

    @Override
    public Optional<PosixIdentity> user(String name) {
        return Optional.ofNullable(USERS.get(name)).map(uid -> new PosixIdentity(uid, 100, new int[] {STAFF}));
    }

    @Override
    public OptionalInt group(String name) {
        Integer gid = GROUPS.get(name);
        return gid == null ? OptionalInt.empty() : OptionalInt.of(gid);
    }

    @Override
    public Optional<Path> home(String user) {
        return user(user).map(identity -> Path.of("/home", user));
    }

    @Override
    public SecurityContext guest() {
        return unproven(SecurityContext.Kind.GUEST);
    }
}

package org.smbd.server.access;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.smbd.core.type.PosixIdentity;
import org.smbd.core.type.SecurityContext;

/** What the system knows of users and groups. */
public interface Identities {
    /** The Unix user of that name with its primary and supplementary groups. */
    Optional<PosixIdentity> user(String name);

    /** The id of the Unix group of that name. */
    OptionalInt group(String name);

    /** The home directory of the Unix user of that name. */
    Optional<Path> home(String user);

    /** The guest account. */
    SecurityContext guest();
}

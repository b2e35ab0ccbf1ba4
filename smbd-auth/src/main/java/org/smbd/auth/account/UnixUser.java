package org.smbd.auth.account;

import java.util.Set;
import org.smbd.core.type.PosixIdentity;

/**
 * A user of the host.
 *
 * @param name as the host writes it
 * @param identity ids, the primary group's first among the supplementary ones
 * @param groupNames names of all groups
 * @param home home directory
 */
public record UnixUser(String name, PosixIdentity identity, Set<String> groupNames, String home) {
    public UnixUser {
        groupNames = Set.copyOf(groupNames);
    }
}

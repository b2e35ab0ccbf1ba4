package org.smbd.core.type;

import java.util.Optional;
import java.util.Set;

/**
 * Who asks. MS-FSA 2.1.1.13 Algorithm-specific SecurityContext; made by auth, read by vfs and server.
 *
 * @param accountName the account as the administrator wrote it; {@code "nobody"} for guest and anonymous
 * @param userSid the user
 * @param groupSids the groups, well-known ones included
 * @param groupNames the local groups by name, for {@code @group} in share lists
 * @param posix the Unix identity that file access happens as; empty where the account has no Unix user
 * @param kind how the client proved who it is
 * @param privileges what it may do whatever a descriptor says
 */
public record SecurityContext(
        String accountName,
        Sid userSid,
        Set<Sid> groupSids,
        Set<String> groupNames,
        Optional<PosixIdentity> posix,
        Kind kind,
        Set<Privilege> privileges) {
    /** How the client proved who it is. */
    public enum Kind {
        /** With the password of an account. */
        USER,
        /** Not at all, but {@code map to guest} lets it in as the guest account. */
        GUEST,
        /** Not at all, and it did not pretend: a null session. */
        ANONYMOUS
    }

    public SecurityContext {
        groupSids = Set.copyOf(groupSids);
        groupNames = Set.copyOf(groupNames);
        privileges = Set.copyOf(privileges);
    }

    /** Somebody without privileges. */
    public SecurityContext(
            String accountName,
            Sid userSid,
            Set<Sid> groupSids,
            Set<String> groupNames,
            Optional<PosixIdentity> posix,
            Kind kind) {
        this(accountName, userSid, groupSids, groupNames, posix, kind, Set.of());
    }

    /** Whether a SID stands for this user or one of the groups. */
    public boolean is(Sid sid) {
        return userSid.equals(sid) || groupSids.contains(sid);
    }

    public boolean has(Privilege privilege) {
        return privileges.contains(privilege);
    }

    public boolean isGuest() {
        return kind == Kind.GUEST;
    }

    public boolean isAnonymous() {
        return kind == Kind.ANONYMOUS;
    }

    /** The same person acting on files as another Unix identity ({@code force user}, {@code force group}). */
    public SecurityContext withPosix(PosixIdentity identity) {
        return new SecurityContext(
                accountName, userSid, groupSids, groupNames, Optional.of(identity), kind, privileges);
    }
}

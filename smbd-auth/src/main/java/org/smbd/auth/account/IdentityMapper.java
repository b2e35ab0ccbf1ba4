package org.smbd.auth.account;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.smbd.core.type.PosixIdentity;
import org.smbd.core.type.Privilege;
import org.smbd.core.type.SecurityContext;
import org.smbd.core.type.Sid;

/** Accounts as the file system sees them: SIDs, group names and Unix ids. MS-FSA 2.1.1.13. Safe for many threads. */
public final class IdentityMapper {
    /** MS-DTYP 2.4.2.4: DOMAIN_USER_RID_GUEST. */
    private static final int GUEST_RID = 501;
    /** MS-DTYP 2.4.2.4: DOMAIN_USERS. */
    private static final int DOMAIN_USERS_RID = 513;

    private final AccountStore accounts;
    private final UnixDirectory directory;
    private final String guestAccount;
    private final Memberships memberships;

    /**
     * A mapper.
     *
     * @param guestAccount the Unix user of guests and null sessions: the parameter {@code guest account}
     * @param memberships built-in groups and privileges of the accounts
     */
    public IdentityMapper(
            AccountStore accounts, UnixDirectory directory, String guestAccount, Memberships memberships) {
        this.accounts = accounts;
        this.directory = directory;
        this.guestAccount = guestAccount;
        this.memberships = memberships;
    }

    /** An account that proved its password. */
    public SecurityContext user(Account account) {
        Set<Sid> groups = new HashSet<>(memberships.groupsOf(account.name()));
        groups.addAll(Set.of(Sid.EVERYONE, Sid.NETWORK, Sid.AUTHENTICATED_USERS, Sid.BUILTIN_USERS));
        groups.add(accounts.machineSid().child(DOMAIN_USERS_RID));
        Set<Privilege> privileges = groups.contains(Sid.BUILTIN_ADMINISTRATORS)
                ? EnumSet.allOf(Privilege.class)
                : memberships.privilegesOf(account.name());
        return context(
                account.name(),
                accounts.machineSid().child(account.rid()),
                groups,
                SecurityContext.Kind.USER,
                privileges);
    }

    /** Somebody whom {@code map to guest} or {@code guest only} lets in. */
    public SecurityContext guest() {
        return context(
                guestAccount,
                accounts.machineSid().child(GUEST_RID),
                Set.of(Sid.EVERYONE, Sid.NETWORK, Sid.BUILTIN_GUESTS),
                SecurityContext.Kind.GUEST,
                Set.of());
    }

    /** A null session: not even a guest by its SIDs, and the guest account for the kernel. */
    public SecurityContext anonymous() {
        return context(
                guestAccount,
                Sid.ANONYMOUS,
                Set.of(Sid.EVERYONE, Sid.NETWORK),
                SecurityContext.Kind.ANONYMOUS,
                Set.of());
    }

    private SecurityContext context(
            String unixName,
            Sid userSid,
            Set<Sid> wellKnownGroups,
            SecurityContext.Kind kind,
            Set<Privilege> privileges) {
        Optional<UnixUser> unixUser = directory.user(unixName);
        Set<Sid> groups = new HashSet<>(wellKnownGroups);
        unixUser.ifPresent(user -> {
            groups.add(Sid.unixUser(user.identity().uid())); // the owner of a file whose account nobody finds
            for (int gid : user.identity().groups()) {
                groups.add(Sid.unixGroup(gid));
            }
        });
        Set<String> groupNames = unixUser.map(UnixUser::groupNames).orElse(Set.of());
        Optional<PosixIdentity> posix = unixUser.map(UnixUser::identity);
        return new SecurityContext(unixName, userSid, groups, groupNames, posix, kind, privileges);
    }
}

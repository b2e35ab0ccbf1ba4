package org.smbd.auth.account;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.smbd.core.type.PosixIdentity;
import org.smbd.core.type.SecurityContext;
import org.smbd.core.type.Sid;

/** Accounts as the file system sees them: SIDs, group names and Unix ids. MS-FSA 2.1.1.13. Safe for many threads. */
public final class IdentityMapper {
    /** MS-DTYP 2.4.2.4: DOMAIN_USER_RID_GUEST. */
    private static final int GUEST_RID = 501;

    private final AccountStore accounts;
    private final UnixDirectory directory;
    private final String guestAccount;

    /**
     * A mapper.
     *
     * @param guestAccount the Unix user of guests and null sessions: the parameter {@code guest account}
     */
    public IdentityMapper(AccountStore accounts, UnixDirectory directory, String guestAccount) {
        this.accounts = accounts;
        this.directory = directory;
        this.guestAccount = guestAccount;
    }

    /** An account that proved its password. */
    public SecurityContext user(Account account) {
        return context(
                account.name(),
                accounts.machineSid().child(account.rid()),
                Set.of(Sid.EVERYONE, Sid.NETWORK, Sid.AUTHENTICATED_USERS, Sid.BUILTIN_USERS),
                SecurityContext.Kind.USER);
    }

    /** Somebody whom {@code map to guest} or {@code guest only} lets in. */
    public SecurityContext guest() {
        return context(
                guestAccount,
                accounts.machineSid().child(GUEST_RID),
                Set.of(Sid.EVERYONE, Sid.NETWORK, Sid.BUILTIN_GUESTS),
                SecurityContext.Kind.GUEST);
    }

    /** A null session: not even a guest by its SIDs, and the guest account for the kernel. */
    public SecurityContext anonymous() {
        return context(guestAccount, Sid.ANONYMOUS, Set.of(Sid.EVERYONE, Sid.NETWORK), SecurityContext.Kind.ANONYMOUS);
    }

    private SecurityContext context(String unixName, Sid userSid, Set<Sid> wellKnownGroups, SecurityContext.Kind kind) {
        Optional<UnixUser> unixUser = directory.user(unixName);
        Set<Sid> groups = new HashSet<>(wellKnownGroups);
        unixUser.ifPresent(user -> {
            for (int gid : user.identity().groups()) {
                groups.add(Sid.unixGroup(gid));
            }
        });
        Set<String> groupNames = unixUser.map(UnixUser::groupNames).orElse(Set.of());
        Optional<PosixIdentity> posix = unixUser.map(UnixUser::identity);
        return new SecurityContext(unixName, userSid, groups, groupNames, posix, kind);
    }
}

package org.smbd.server.pipe;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.smbd.auth.account.Account;
import org.smbd.auth.account.AccountStore;
import org.smbd.auth.account.BuiltinGroup;
import org.smbd.auth.account.UnixDirectory;
import org.smbd.core.type.Sid;
import org.smbd.protocol.rpc.account.NamedSid;
import org.smbd.protocol.rpc.account.SidNames;
import org.smbd.protocol.rpc.account.SidUse;
import org.smbd.server.config.Names;

/**
 * Names and SIDs of this host: its accounts, the groups of BUILTIN, users and groups of Unix, and the well-known ones.
 * MS-DTYP 2.4.2.4 Well-known SID Structures.
 */
final class HostNames implements SidNames {
    static final Sid BUILTIN = Sid.of(5, 32);
    private static final Sid UNIX_USERS = Sid.of(22, 1);
    private static final Sid UNIX_GROUPS = Sid.of(22, 2);
    private static final String UNIX_USER_DOMAIN = "Unix User";
    private static final String UNIX_GROUP_DOMAIN = "Unix Group";
    private static final String BUILTIN_DOMAIN = "BUILTIN";
    /** MS-DTYP 2.4.2.4: DOMAIN_USERS; what a server that is no domain controller calls it. */
    private static final int NONE_RID = 513;

    private static final String NONE = "None";

    /** Authorities with their domains; what is below each. */
    private static final List<NamedSid> WELL_KNOWN = List.of(
            wellKnown(Sid.of(0, 0), Sid.of(0), "", "NULL SID"),
            wellKnown(Sid.EVERYONE, Sid.of(1), "", "Everyone"),
            wellKnown(Sid.CREATOR_OWNER, Sid.of(3), "", "Creator Owner"),
            wellKnown(Sid.CREATOR_GROUP, Sid.of(3), "", "Creator Group"),
            wellKnown(Sid.OWNER_RIGHTS, Sid.of(3), "", "Owner Rights"),
            authority(1, "Dialup"),
            authority(2, "Network"),
            authority(3, "Batch"),
            authority(4, "Interactive"),
            authority(6, "Service"),
            authority(7, "Anonymous Logon"),
            authority(10, "Self"),
            authority(11, "Authenticated Users"),
            authority(12, "Restricted"),
            authority(13, "Terminal Server User"),
            authority(18, "System"),
            authority(19, "Local Service"),
            authority(20, "Network Service"));

    private final Names names;
    private final AccountStore accounts;
    private final String guestAccount;
    private final UnixDirectory directory;

    /** @param guestAccount the name of guests */
    HostNames(Names names, AccountStore accounts, String guestAccount, UnixDirectory directory) {
        this.guestAccount = guestAccount;
        this.names = names;
        this.accounts = accounts;
        this.directory = directory;
    }

    private static NamedSid wellKnown(Sid sid, Sid domainSid, String domain, String name) {
        return new NamedSid(sid, SidUse.WELL_KNOWN_GROUP, domainSid, domain, name);
    }

    private static NamedSid authority(int rid, String name) {
        return wellKnown(Sid.of(5, rid), Sid.of(5), "NT AUTHORITY", name);
    }

    @Override
    public String accountDomain() {
        return names.netbiosName();
    }

    @Override
    public String workgroup() {
        return names.workgroup();
    }

    @Override
    public Sid machineSid() {
        return accounts.machineSid();
    }

    @Override
    public Optional<NamedSid> find(Sid sid) {
        Optional<NamedSid> domain = domains().values().stream()
                .filter(known -> known.sid().equals(sid))
                .findFirst();
        if (domain.isPresent()) {
            return domain;
        }
        Optional<NamedSid> known =
                WELL_KNOWN.stream().filter(named -> named.sid().equals(sid)).findFirst();
        if (known.isPresent() || sid.subAuthorities().isEmpty()) {
            return known;
        }
        int rid = sid.subAuthorities().get(sid.subAuthorities().size() - 1);
        if (machineSid().child(rid).equals(sid)) {
            return switch (rid) {
                case NONE_RID -> Optional.of(none());
                case HostAccounts.GUEST_RID -> Optional.of(guest());
                default -> accounts.byRid(rid).map(this::account);
            };
        }
        if (BUILTIN.child(rid).equals(sid)) {
            return Arrays.stream(BuiltinGroup.values())
                    .filter(group -> group.sid().equals(sid))
                    .findFirst()
                    .map(HostNames::group);
        }
        if (UNIX_USERS.child(rid).equals(sid)) {
            return directory.userName(rid).map(name -> unixUser(rid, name));
        }
        if (UNIX_GROUPS.child(rid).equals(sid)) {
            return directory.groupName(rid).map(name -> unixGroup(rid, name));
        }
        return Optional.empty();
    }

    /** By their names in lower case. */
    private Map<String, NamedSid> domains() {
        return Map.of(
                key(accountDomain()), domain(machineSid(), accountDomain()),
                key(BUILTIN_DOMAIN), domain(BUILTIN, BUILTIN_DOMAIN),
                key(UNIX_USER_DOMAIN), domain(UNIX_USERS, UNIX_USER_DOMAIN),
                key(UNIX_GROUP_DOMAIN), domain(UNIX_GROUPS, UNIX_GROUP_DOMAIN));
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static NamedSid domain(Sid sid, String name) {
        return new NamedSid(sid, SidUse.DOMAIN, sid, name, "");
    }

    private NamedSid account(Account account) {
        return new NamedSid(
                machineSid().child(account.rid()), SidUse.USER, machineSid(), accountDomain(), account.name());
    }

    private NamedSid guest() {
        return new NamedSid(
                machineSid().child(HostAccounts.GUEST_RID), SidUse.USER, machineSid(), accountDomain(), guestAccount);
    }

    private NamedSid none() {
        return new NamedSid(machineSid().child(NONE_RID), SidUse.GROUP, machineSid(), accountDomain(), NONE);
    }

    private static NamedSid group(BuiltinGroup group) {
        return new NamedSid(group.sid(), SidUse.ALIAS, BUILTIN, BUILTIN_DOMAIN, group.toString());
    }

    private static NamedSid unixUser(int uid, String name) {
        return new NamedSid(UNIX_USERS.child(uid), SidUse.USER, UNIX_USERS, UNIX_USER_DOMAIN, name);
    }

    private static NamedSid unixGroup(int gid, String name) {
        return new NamedSid(UNIX_GROUPS.child(gid), SidUse.GROUP, UNIX_GROUPS, UNIX_GROUP_DOMAIN, name);
    }

    @Override
    public Optional<NamedSid> find(String domain, String name) {
        if (name.isEmpty()) {
            return Optional.ofNullable(domains().get(key(domain)));
        }
        boolean anywhere = domain.isEmpty();
        Optional<NamedSid> found = Optional.empty();
        if (anywhere || domain.equalsIgnoreCase(accountDomain())) {
            found = accounts.find(name)
                    .map(this::account)
                    .or(() -> Stream.of(none(), guest())
                            .filter(named -> named.name().equalsIgnoreCase(name))
                            .findFirst());
        }
        if (found.isEmpty() && (anywhere || domain.equalsIgnoreCase(BUILTIN_DOMAIN))) {
            found = BuiltinGroup.of(name).map(HostNames::group);
        }
        if (found.isEmpty()) {
            found = WELL_KNOWN.stream()
                    .filter(known -> known.name().equalsIgnoreCase(name))
                    .filter(known -> anywhere || known.domain().equalsIgnoreCase(domain))
                    .findFirst();
        }
        if (found.isEmpty() && (anywhere || domain.equalsIgnoreCase(UNIX_USER_DOMAIN))) {
            found = directory.user(name).map(user -> unixUser(user.identity().uid(), user.name()));
        }
        if (found.isEmpty() && (anywhere || domain.equalsIgnoreCase(UNIX_GROUP_DOMAIN))) {
            OptionalInt gid = directory.groupId(name);
            found = gid.isPresent() ? Optional.of(unixGroup(gid.getAsInt(), name)) : Optional.empty();
        }
        return found;
    }
}

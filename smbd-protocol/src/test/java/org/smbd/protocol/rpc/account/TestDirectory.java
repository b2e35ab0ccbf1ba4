package org.smbd.protocol.rpc.account;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.Sid;

/** A server SRV with the accounts alice (1000) and bob (1001, disabled), and alice an administrator. */
public final class TestDirectory implements SidNames, AccountDirectory, Privileges {
    public static final Sid MACHINE = Sid.of(5, 21, 1, 2, 3);
    public static final Sid ALICE = MACHINE.child(1000);
    public static final Sid BOB = MACHINE.child(1001);
    public static final Sid BUILTIN = Sid.of(5, 32);
    public static final ClientIdentity ADMINISTRATOR = new ClientIdentity("alice", "SRV", true, false);
    public static final ClientIdentity USER = new ClientIdentity("bob", "SRV", false, false);
    public static final ClientIdentity ANONYMOUS = new ClientIdentity("nobody", "SRV", false, true);

    private final Map<Sid, Set<PrivilegeName>> granted = new HashMap<>();
    private final List<String> passwords = new ArrayList<>();
    private final List<NamedSid> all = List.of(
            new NamedSid(MACHINE, SidUse.DOMAIN, MACHINE, "SRV", ""),
            new NamedSid(BUILTIN, SidUse.DOMAIN, BUILTIN, "BUILTIN", ""),
            new NamedSid(ALICE, SidUse.USER, MACHINE, "SRV", "alice"),
            new NamedSid(BOB, SidUse.USER, MACHINE, "SRV", "bob"),
            new NamedSid(Sid.BUILTIN_ADMINISTRATORS, SidUse.ALIAS, BUILTIN, "BUILTIN", "Administrators"),
            new NamedSid(Sid.EVERYONE, SidUse.WELL_KNOWN_GROUP, Sid.of(1), "", "Everyone"));

    @Override
    public String accountDomain() {
        return "SRV";
    }

    @Override
    public String workgroup() {
        return "GROUP";
    }

    @Override
    public Sid machineSid() {
        return MACHINE;
    }

    @Override
    public Optional<NamedSid> find(Sid sid) {
        return all.stream().filter(named -> named.sid().equals(sid)).findFirst();
    }

    @Override
    public Optional<NamedSid> find(String domain, String name) {
        return all.stream()
                .filter(named -> named.name().equalsIgnoreCase(name))
                .filter(named -> named.domain().equalsIgnoreCase(domain) || domain.isEmpty() && !name.isEmpty())
                .findFirst();
    }

    @Override
    public List<AccountEntry> accounts() {
        return List.of(
                new AccountEntry("alice", 1000, "Alice A.", false, true, 42),
                new AccountEntry("bob", 1001, "", true, false, 43));
    }

    @Override
    public List<AliasEntry> aliases() {
        return List.of(new AliasEntry("Administrators", 544, List.of(ALICE)), new AliasEntry("Users", 545, List.of()));
    }

    @Override
    public NtStatus changePassword(String account, byte[] newPasswordEncrypted, byte[] oldHashEncrypted) {
        passwords.add(account + " " + newPasswordEncrypted.length + " " + oldHashEncrypted.length);
        return NtStatus.SUCCESS;
    }

    /** What was asked of {@link #changePassword}. */
    public List<String> passwords() {
        return passwords;
    }

    @Override
    public List<Sid> holders() {
        return List.copyOf(granted.keySet());
    }

    @Override
    public Set<PrivilegeName> of(Sid account) {
        return granted.getOrDefault(account, Set.of());
    }

    @Override
    public boolean change(Sid account, Set<PrivilegeName> added, Set<PrivilegeName> taken) {
        Set<PrivilegeName> now = EnumSet.noneOf(PrivilegeName.class);
        now.addAll(of(account));
        now.addAll(added);
        now.removeAll(taken);
        granted.remove(account);
        if (!now.isEmpty()) {
            granted.put(account, now);
        }
        return find(account).isPresent();
    }
}

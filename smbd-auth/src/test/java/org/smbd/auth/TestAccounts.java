package org.smbd.auth;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.smbd.auth.account.Account;
import org.smbd.auth.account.AccountStore;
import org.smbd.auth.account.IdentityMapper;
import org.smbd.auth.account.MapToGuest;
import org.smbd.auth.account.Memberships;
import org.smbd.auth.account.NtHash;
import org.smbd.auth.account.UnixDirectory;
import org.smbd.auth.ntlm.NtlmMechanism;
import org.smbd.auth.ntlm.NtlmPolicy;
import org.smbd.auth.ntlm.ServerNames;
import org.smbd.core.type.Sid;

/** Two accounts and a host that knows one of them. */
public final class TestAccounts implements AccountStore {
    public static final Sid MACHINE = Sid.of(5, 21, 1, 2, 3);

    private final List<Account> accounts = List.of(
            new Account("Alice", 1000, NtHash.ofPassword("Secret"), false, true, Instant.EPOCH),
            new Account("gone", 1001, NtHash.ofPassword("Secret"), true, true, Instant.EPOCH),
            new Account("nounix", 1002, NtHash.ofPassword("Secret"), false, true, Instant.EPOCH));

    public static NtlmMechanism mechanism(boolean ntlmV1, boolean anonymous, MapToGuest mapToGuest) {
        TestAccounts accounts = new TestAccounts();
        return new NtlmMechanism(
                new ServerNames("server", "Domain", "server.example.org", "example.org"),
                new NtlmPolicy(ntlmV1, anonymous, mapToGuest),
                accounts,
                new IdentityMapper(
                        accounts, new UnixDirectory(Clock.systemUTC(), TestAccounts::run), "nobody", Memberships.NONE),
                Clock.systemUTC());
    }

    private static List<String> run(String... words) {
        return switch (String.join(" ", words)) {
            case "getent passwd Alice" -> List.of("alice:x:1001:1001:Alice:/home/alice:/bin/sh");
            case "id -G -- alice" -> List.of("1001 27");
            case "getent group 27 1001" -> List.of("sudo:x:27:alice", "alice:x:1001:");
            case "getent passwd nobody" -> List.of("nobody:x:65534:65534:nobody:/nonexistent:/bin/false");
            case "id -G -- nobody" -> List.of("65534");
            case "getent group 65534" -> List.of("nogroup:x:65534:");
            default -> List.of();
        };
    }

    @Override
    public Optional<Account> find(String name) {
        return accounts.stream()
                .filter(account -> account.name().equalsIgnoreCase(name))
                .findFirst();
    }

    @Override
    public Optional<Account> byRid(int rid) {
        return accounts.stream().filter(account -> account.rid() == rid).findFirst();
    }

    @Override
    public List<Account> list() {
        return accounts;
    }

    @Override
    public Sid machineSid() {
        return MACHINE;
    }
}

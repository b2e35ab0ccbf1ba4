package org.smbd.server.pipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smbd.auth.account.BuiltinGroup;
import org.smbd.auth.account.FileAccountStore;
import org.smbd.auth.account.FileMemberships;
import org.smbd.auth.account.UnixDirectory;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.Sid;
import org.smbd.protocol.rpc.account.NamedSid;
import org.smbd.protocol.rpc.account.PrivilegeName;
import org.smbd.protocol.rpc.account.SidUse;
import org.smbd.server.config.Names;

/** A host SRV with the account alice, and on Unix alice (1001) and staff (50). */
class HostDirectoryTest {
    @TempDir
    private Path directory;

    private FileAccountStore accounts;
    private FileMemberships memberships;
    private HostNames names;

    @BeforeEach
    void open() throws IOException {
        accounts = FileAccountStore.open(directory, Clock.systemUTC());
        accounts.add("alice", "Secret1");
        memberships = FileMemberships.open(directory);
        names = new HostNames(
                new Names("SRV", "GROUP", "a server"),
                accounts,
                "nobody",
                new UnixDirectory(Clock.systemUTC(), HostDirectoryTest::run));
    }

    private static List<String> run(String... words) {
        return switch (String.join(" ", words)) {
            case "getent passwd daemon" -> List.of("daemon:x:1:1::/:/bin/sh");
            case "getent passwd 1" -> List.of("daemon:x:1:1::/:/bin/sh");
            case "getent group staff", "getent group 50" -> List.of("staff:x:50:");
            default -> List.of();
        };
    }

    private Sid alice() {
        return accounts.machineSid().child(accounts.find("alice").orElseThrow().rid());
    }

    @ParameterizedTest
    @CsvSource({
        "SRV, Alice, SRV, alice, USER",
        "'', ALICE, SRV, alice, USER",
        "srv, none, SRV, None, GROUP",
        "srv, NOBODY, SRV, nobody, USER",
        "BUILTIN, administrators, BUILTIN, Administrators, ALIAS",
        "'', Everyone, '', Everyone, WELL_KNOWN_GROUP",
        "nt authority, system, NT AUTHORITY, System, WELL_KNOWN_GROUP",
        "Unix User, daemon, Unix User, daemon, USER",
        "'', daemon, Unix User, daemon, USER",
        "Unix Group, staff, Unix Group, staff, GROUP",
        "srv, '', SRV, '', DOMAIN",
        "Builtin, '', BUILTIN, '', DOMAIN"
    })
    void aNameHasASidThatHasTheNameAgain(String domain, String name, String ownDomain, String ownName, SidUse use) {
        NamedSid found = names.find(domain, name).orElseThrow();
        assertEquals(ownDomain, found.domain());
        assertEquals(ownName, found.name());
        assertEquals(use, found.use());
        assertEquals(Optional.of(found), names.find(found.sid()));
    }

    @ParameterizedTest
    @CsvSource({"ELSEWHERE, alice", "BUILTIN, alice", "SRV, daemon", "'', ''", "'', nobodyofthisname", "SRV, Everyone"})
    void whatIsNotThereIsNotFound(String domain, String name) {
        assertEquals(Optional.empty(), names.find(domain, name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"S-1-5-32-9999", "S-1-22-1-77", "S-1-22-2-77", "S-1-22-3", "S-1-5-21-9-9-9-1000", "S-1-9"})
    void aSidThatNobodyHasIsNotFound(String sid) {
        assertEquals(Optional.empty(), names.find(Sid.parse(sid)));
    }

    @Test
    void membersOfLocalGroupsAreListed() throws IOException {
        memberships.setMember(BuiltinGroup.ADMINISTRATORS, "alice", true);
        HostAccounts host = new HostAccounts(accounts, "nobody", memberships);
        assertEquals(
                List.of("Administrators " + List.of(alice()), "Users []", "Guests []"),
                host.aliases().stream()
                        .map(alias -> alias.name() + " " + alias.members())
                        .toList());
        assertEquals(
                List.of(
                        "nobody 501",
                        "alice " + accounts.find("alice").orElseThrow().rid()),
                host.accounts().stream()
                        .map(account -> account.name() + " " + account.rid())
                        .toList());
    }

    @Test
    void privilegesAreKeptAndAdministratorsHoldAll() throws IOException {
        HostPrivileges privileges = new HostPrivileges(accounts, memberships);
        assertTrue(privileges.change(alice(), Set.of(PrivilegeName.SE_BACKUP, PrivilegeName.SE_RESTORE), Set.of()));
        assertTrue(privileges.change(alice(), Set.of(), Set.of(PrivilegeName.SE_RESTORE)));
        HostPrivileges again = new HostPrivileges(accounts, FileMemberships.open(directory));
        assertEquals(Set.of(PrivilegeName.SE_BACKUP), again.of(alice()));
        assertEquals(List.of(Sid.BUILTIN_ADMINISTRATORS, alice()), again.holders());
        assertEquals(EnumSet.allOf(PrivilegeName.class), again.of(Sid.BUILTIN_ADMINISTRATORS));
        assertFalse(privileges.change(Sid.EVERYONE, Set.of(PrivilegeName.SE_BACKUP), Set.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "nobodyofthisname"})
    void whoDoesNotKnowThePasswordChangesNone(String account) {
        HostAccounts host = new HostAccounts(accounts, "nobody", memberships);
        byte[] before = accounts.find("alice").orElseThrow().ntHash();
        assertEquals(NtStatus.WRONG_PASSWORD, host.changePassword(account, new byte[516], new byte[16]));
        assertEquals(
                List.of(before.length, true),
                List.of(
                        16,
                        java.util.Arrays.equals(
                                before, accounts.find("alice").orElseThrow().ntHash())));
    }
}

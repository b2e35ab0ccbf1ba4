package org.smbd.auth.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smbd.core.type.Privilege;
import org.smbd.core.type.Sid;

/** Members of built-in groups and their privileges, as kept in a file. */
class FileMembershipsTest {
    @TempDir
    Path root;

    private Path directory() {
        return root.resolve("private");
    }

    private Path file() {
        return directory().resolve(FileMemberships.FILE_NAME);
    }

    @Test
    void whatWasGrantedIsThereForWhoeverReadsTheFileNext() throws IOException {
        FileMemberships first = FileMemberships.open(directory());
        assertEquals(Set.of(), first.groupsOf("alice"));
        first.setMember(BuiltinGroup.ADMINISTRATORS, "Alice", true);
        first.setPrivilege(Privilege.SE_SECURITY, "bob", true);
        first.setPrivilege(Privilege.SE_BACKUP, "bob", true);
        first.setPrivilege(Privilege.SE_SECURITY, "bob", false);
        FileMemberships second = FileMemberships.open(directory());
        for (FileMemberships memberships : List.of(first, second)) {
            assertEquals(Set.of(Sid.BUILTIN_ADMINISTRATORS), memberships.groupsOf("ALICE"), "case does not matter");
            assertEquals(Set.of(Privilege.SE_BACKUP), memberships.privilegesOf("bob"));
            assertEquals(Set.of(), memberships.privilegesOf("alice"), "those of a group come with it");
        }
        second.setMember(BuiltinGroup.ADMINISTRATORS, "alice", false);
        assertEquals(Set.of(), first.groupsOf("alice"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    }

    @Test
    void theThreadActsForTheProcessBeforeTheFileIsLookedAt() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        FileMemberships memberships = FileMemberships.open(directory(), calls::incrementAndGet);
        int opened = calls.get();
        assertTrue(opened > 0);
        memberships.groupsOf("alice");
        assertTrue(calls.get() > opened);
        FileAccountStore accounts = FileAccountStore.open(directory(), Clock.systemUTC(), calls::incrementAndGet);
        int before = calls.get();
        accounts.find("alice");
        assertTrue(calls.get() > before);
    }

    @Test
    void aFileThatIsDamagedMeanwhileChangesNothing() throws IOException {
        FileMemberships memberships = FileMemberships.open(directory());
        memberships.setMember(BuiltinGroup.USERS, "alice", true);
        assertEquals(Set.of(Sid.BUILTIN_USERS), memberships.groupsOf("alice"));
        Files.writeString(file(), "rubbish that is no such file at all\n");
        assertEquals(Set.of(Sid.BUILTIN_USERS), memberships.groupsOf("alice"));
        assertThrows(AccountFileException.class, () -> FileMemberships.open(directory()));
        assertThrows(IOException.class, () -> memberships.setMember(BuiltinGroup.USERS, "bob", true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "member Wheel alice",
                "privilege SeTcbPrivilege alice",
                "member Users",
                "friend Users alice",
            })
    void aLineThatMeansNothingIsRefusedWithItsNumber(String line) {
        AccountFileException refused = assertThrows(
                AccountFileException.class,
                () -> MembershipTable.parse("groups", List.of("smbd-groups 1", "member Users alice", line)));
        assertTrue(refused.getMessage().contains("groups:3"), refused.getMessage());
    }
}

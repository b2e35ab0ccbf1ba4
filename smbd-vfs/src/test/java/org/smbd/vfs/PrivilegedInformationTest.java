package org.smbd.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.CreateDisposition;
import org.smbd.core.file.CreateOptions;
import org.smbd.core.file.ShareAccess;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.PosixIdentity;
import org.smbd.core.type.Privilege;
import org.smbd.core.type.SecurityContext;
import org.smbd.core.type.Sid;
import org.smbd.vfs.oplock.CachingRequest;
import org.smbd.vfs.store.Identities;

/** What only administrators and programs that restore files set, and what an owner may do with the root of a share. */
class PrivilegedInformationTest extends LocalShareFixture {
    private static final String LONG_NAME = "a long name.text";

    /** An open by somebody whom the host takes for the owner, and who is no superuser to the share. */
    private FileOpen open(String path, Set<Sid> groups, Set<Privilege> privileges) {
        SecurityContext context = new SecurityContext(
                "user",
                Sid.unixUser(4711),
                groups,
                Set.of(),
                Optional.of(owner()),
                SecurityContext.Kind.USER,
                privileges);
        Outcome<OpenResult> outcome = files.open(new OpenRequest(
                context,
                path,
                ALL,
                0,
                ShareAccess.ALL,
                CreateDisposition.OPEN_IF,
                0,
                0,
                ALL,
                Optional.empty(),
                List.of(),
                CachingRequest.Nothing.INSTANCE,
                Optional.empty()));
        assertInstanceOf(Outcome.Done.class, outcome);
        return ((Outcome.Done<OpenResult>) outcome).value().open();
    }

    @Test
    void validDataEndWhereTheFileEnds() throws IOException {
        FileOpen open = open("f", Set.of(Sid.BUILTIN_ADMINISTRATORS), Set.of());
        write(open, "12345");
        files.setValidDataLength(open, 5);
        assertStatus(NtStatus.INVALID_PARAMETER, () -> files.setValidDataLength(open, 4));
        assertStatus(NtStatus.INVALID_PARAMETER, () -> files.setValidDataLength(open, 6));
        files.controls().sparse().setSparse(open, true);
        assertStatus(NtStatus.INVALID_PARAMETER, () -> files.setValidDataLength(open, 5));
        assertEquals("12345", Files.readString(root.resolve("f")));
        files.close(open);
        FileOpen directory = open("", Set.of(Sid.BUILTIN_ADMINISTRATORS), Set.of());
        assertStatus(NtStatus.INVALID_PARAMETER, () -> files.setValidDataLength(directory, 1));
        files.close(directory);
    }

    @Test
    void onlyAdministratorsSayHowMuchDataIsValid() {
        Assumptions.assumeTrue(owner().uid() != 0, "the superuser of the host is one");
        FileOpen open = open("f", Set.of(), Set.of(Privilege.SE_BACKUP));
        write(open, "12345");
        assertStatus(NtStatus.PRIVILEGE_NOT_HELD, () -> files.setValidDataLength(open, 5));
        files.close(open);
    }

    @Test
    void aShortNameIsTheOneThatTheFileHas() {
        FileOpen open = open(LONG_NAME, Set.of(), Set.of(Privilege.SE_RESTORE));
        String own = files.queryShortName(open).orElse("NONE.TXT");
        for (String other : List.of("", "OTHER.TXT")) {
            assertStatus(NtStatus.SHORT_NAMES_NOT_ENABLED_ON_VOLUME, () -> files.setShortName(open, other));
        }
        for (String wrong : List.of("\\A.TXT", "not an 8.3 name", "A:B")) {
            assertStatus(NtStatus.INVALID_PARAMETER, () -> files.setShortName(open, wrong));
        }
        if (files.queryShortName(open).isPresent()) {
            files.setShortName(open, own);
        }
        files.setDisposition(open, true);
        assertStatus(NtStatus.ACCESS_DENIED, () -> files.setShortName(open, own));
        files.close(open);
        FileOpen short83 = open("NAME.TXT", Set.of(), Set.of(Privilege.SE_RESTORE));
        files.setShortName(short83, "NAME.TXT");
        files.close(short83);
        FileOpen root = open("", Set.of(), Set.of(Privilege.SE_RESTORE));
        assertStatus(NtStatus.INVALID_PARAMETER, () -> files.setShortName(root, "A"));
        files.close(root);
    }

    @Test
    void shortNamesAreForProgramsThatRestore() {
        FileOpen open = open(LONG_NAME, Set.of(), Set.of());
        assertStatus(NtStatus.PRIVILEGE_NOT_HELD, () -> files.setShortName(open, "OTHER.TXT"));
        files.close(open);
    }

    @Test
    void theOwnerOpensTheRootForAllAndDoesNotDeleteIt() throws IOException {
        PosixIdentity user = owner().uid() == 0 ? new PosixIdentity(4711, 4711, new int[0]) : owner();
        Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwxr-xr-x"));
        if (owner().uid() == 0) {
            open("", DELETE).as(user).refusedWith(NtStatus.ACCESS_DENIED);
            Identities.restore();
            Files.setAttribute(scratch, "unix:uid", user.uid());
        }
        FileOpen open = open("", AccessMask.GENERIC_ALL).as(user).open();
        assertTrue(AccessMask.has(open.grantedAccess(), AccessMask.DELETE));
        assertStatus(NtStatus.CANNOT_DELETE, () -> files.setDisposition(open, true));
        assertStatus(NtStatus.ACCESS_DENIED, () -> files.rename(open, "elsewhere", false));
        files.close(open);
        open("", DELETE).as(user).options(CreateOptions.DELETE_ON_CLOSE).refusedWith(NtStatus.CANNOT_DELETE);
        Identities.restore();
        Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("r-xr-xr-x"));
        open("", DELETE).as(user).refusedWith(NtStatus.ACCESS_DENIED);
        Identities.restore();
        Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}

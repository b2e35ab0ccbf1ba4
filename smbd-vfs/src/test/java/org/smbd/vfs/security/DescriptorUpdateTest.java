package org.smbd.vfs.security;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smbd.core.file.AccessMask;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.core.type.Ace;
import org.smbd.core.type.Acl;
import org.smbd.core.type.Privilege;
import org.smbd.core.type.SecurityContext;
import org.smbd.core.type.SecurityDescriptor;
import org.smbd.core.type.Sid;

/** MS-FSA 2.1.5.17: which parts a set replaces, who may, and what becomes of the control bits. */
class DescriptorUpdateTest {
    private static final Sid ME = Sid.of(5, 21, 1, 2, 3, 1000);
    private static final Sid OTHER = Sid.of(5, 21, 1, 2, 3, 1001);
    private static final SecurityDescriptor CURRENT = of(0x4, OTHER, Acl.of(Ace.allow(0, 1, OTHER)));

    private static SecurityDescriptor of(int control, Sid owner, Acl dacl) {
        return new SecurityDescriptor(
                control, Optional.of(owner), Optional.of(Sid.BUILTIN_USERS), Optional.of(dacl), Optional.empty());
    }

    private static SecurityContext me(Privilege... privileges) {
        return new SecurityContext(
                "me",
                ME,
                Set.of(Sid.EVERYONE),
                Set.of(),
                Optional.empty(),
                SecurityContext.Kind.USER,
                Set.of(privileges));
    }

    @ParameterizedTest
    @CsvSource({"1, 80000", "2, 80000", "4, 40000", "8, 1000000", "10, 80000", "7, c0000", "0, 0"})
    void eachPartNeedsItsRight(String parts, String access) {
        DescriptorUpdate update = new DescriptorUpdate(Integer.parseInt(parts, 16), CURRENT);
        assertEquals(access, Integer.toHexString(update.requiredAccess()));
    }

    @Test
    void onlyTheNamedPartsAreReplaced() {
        SecurityDescriptor given = of(0x4, ME, Acl.of(Ace.allow(0, AccessMask.GENERIC_READ, ME)));
        SecurityDescriptor list = new DescriptorUpdate(4, given).applyTo(CURRENT, true);
        assertEquals(Optional.of(OTHER), list.owner());
        assertEquals(
                Optional.of(Acl.of(Ace.allow(0, AccessMask.FILE_GENERIC_READ, ME))), list.dacl(), "generic rights");
        SecurityDescriptor owner = new DescriptorUpdate(1, given).applyTo(CURRENT, true);
        assertEquals(Optional.of(ME), owner.owner());
        assertEquals(CURRENT.dacl(), owner.dacl());
    }

    @ParameterizedTest
    @CsvSource({
        // as sent, as kept, as kept without canonicalization
        "4, 4, 4",
        "404, 4, 404", // inherited, but nobody asked for it
        "504, 404, 504",
        "104, 4, 104",
        "1504, 1404, 1504",
        "1004, 1004, 1004",
    })
    void inheritanceIsKeptWhereItIsAskedFor(String sent, String kept, String raw) {
        DescriptorUpdate update = new DescriptorUpdate(4, of(Integer.parseInt(sent, 16), ME, Acl.of()));
        assertEquals(kept, Integer.toHexString(update.applyTo(CURRENT, true).control()));
        assertEquals(raw, Integer.toHexString(update.applyTo(CURRENT, false).control()));
    }

    @Test
    void nobodyGivesAFileAway() {
        DescriptorUpdate mine = new DescriptorUpdate(1, of(4, ME, Acl.of()));
        DescriptorUpdate theirs = new DescriptorUpdate(1, of(4, Sid.LOCAL_SYSTEM, Acl.of()));
        assertDoesNotThrow(() -> mine.checkOwner(CURRENT, me()));
        assertEquals(
                NtStatus.INVALID_OWNER,
                assertThrows(SmbException.class, () -> theirs.checkOwner(CURRENT, me()))
                        .status());
        assertDoesNotThrow(() -> theirs.checkOwner(CURRENT, me(Privilege.SE_RESTORE)));
        assertDoesNotThrow(() -> new DescriptorUpdate(1, CURRENT).checkOwner(CURRENT, me()), "it is the owner already");
        DescriptorUpdate administrators = new DescriptorUpdate(1, of(4, Sid.BUILTIN_ADMINISTRATORS, Acl.of()));
        assertThrows(SmbException.class, () -> administrators.checkOwner(CURRENT, me()), "not one of them");
    }
}

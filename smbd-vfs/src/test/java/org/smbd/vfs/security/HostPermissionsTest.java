package org.smbd.vfs.security;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smbd.core.file.AccessMask;
import org.smbd.core.type.Ace;
import org.smbd.core.type.Acl;
import org.smbd.core.type.SecurityDescriptor;
import org.smbd.core.type.Sid;
import org.smbd.vfs.store.FileKey;
import org.smbd.vfs.store.StoreStat;

/** Descriptors made of the permissions of the host, and the way back. */
class HostPermissionsTest {
    private final PosixDescriptors descriptors = new PosixDescriptors(AclOptions.defaults());

    private static StoreStat stat(StoreStat.Type type, int mode) {
        return new StoreStat(new FileKey(1, 1), type, mode, 10, 20, 1, 0, 0, 0, 0, 0, 0);
    }

    private static PosixAcl back(SecurityDescriptor descriptor, StoreStat stat) {
        return HostPermissions.of(descriptor, stat, SidMapping.UNIX).access();
    }

    private static SecurityDescriptor of(Ace... entries) {
        return new SecurityDescriptor(
                SecurityDescriptor.SE_DACL_PRESENT,
                Optional.of(Sid.unixUser(10)),
                Optional.of(Sid.unixGroup(20)),
                Optional.of(Acl.of(entries)),
                Optional.empty());
    }

    /** Where nobody has less than everyone: entries of a descriptor add up, those of the host do not. */
    @ParameterizedTest
    @ValueSource(ints = {0777, 0755, 0750, 0700, 0644, 0640, 0600, 0444, 0400, 0711, 0})
    void aModeThatBecameADescriptorBecomesTheSameMode(int mode) {
        for (StoreStat.Type type : List.of(StoreStat.Type.FILE, StoreStat.Type.DIRECTORY)) {
            StoreStat stat = stat(type, mode);
            SecurityDescriptor shown = descriptors.of(stat, PosixAcl.ofMode(mode), Optional.empty());
            assertEquals(PosixAcl.ofMode(mode), back(shown, stat), type.toString());
        }
    }

    /** A server that is every user to the kernel could else neither open the file nor look into the directory. */
    @Test
    void whatOneProcessOwnsStaysWithinItsReach() {
        SecurityDescriptor forAnother = of(Ace.allow(
                Ace.OBJECT_INHERIT | Ace.CONTAINER_INHERIT, AccessMask.FILE_ALL_ACCESS, Sid.of(5, 21, 1, 2, 3, 1000)));
        StoreStat directory = stat(StoreStat.Type.DIRECTORY, 0700);
        HostPermissions plain = HostPermissions.of(forAnother, directory, SidMapping.UNIX);
        assertEquals(0, plain.access().mode());
        assertEquals(0700, plain.reachedByOwner(true).access().mode());
        assertEquals(0700, plain.reachedByOwner(true).inherited().orElseThrow().mode());
        StoreStat file = stat(StoreStat.Type.FILE, 0600);
        assertEquals(
                0600,
                HostPermissions.of(forAnother, file, SidMapping.UNIX)
                        .reachedByOwner(false)
                        .access()
                        .mode());
    }

    @Test
    void aModeIsShownAsSambaShowsIt() {
        StoreStat stat = stat(StoreStat.Type.FILE, 0640);
        SecurityDescriptor shown = descriptors.of(stat, PosixAcl.ofMode(0640), Optional.empty());
        assertEquals(
                List.of(Ace.allow(0, 0x12019F, Sid.unixUser(10)), Ace.allow(0, 0, Sid.EVERYONE)),
                shown.dacl().orElseThrow().entries().stream()
                        .filter(entry -> !entry.sid().equals(Sid.unixGroup(20)))
                        .toList());
        assertEquals(SecurityDescriptor.SE_DACL_PRESENT | SecurityDescriptor.SE_DACL_PROTECTED, shown.control());
    }

    @Test
    void namedUsersAndGroupsGetEntriesAndAMask() {
        PosixAcl list = back(
                of(
                        Ace.allow(0, AccessMask.FILE_ALL_ACCESS, Sid.unixUser(10)),
                        Ace.allow(0, AccessMask.FILE_GENERIC_READ, Sid.unixUser(12)),
                        Ace.allow(0, AccessMask.FILE_GENERIC_WRITE, Sid.unixGroup(21)),
                        Ace.allow(0, AccessMask.FILE_EXECUTE, Sid.unixUser(11))),
                stat(StoreStat.Type.FILE, 0600));
        assertEquals(
                new PosixAcl(List.of(
                        new PosixAcl.Entry(PosixAcl.Tag.USER_OBJ, 7, -1),
                        new PosixAcl.Entry(PosixAcl.Tag.USER, 1, 11),
                        new PosixAcl.Entry(PosixAcl.Tag.USER, 4, 12),
                        new PosixAcl.Entry(PosixAcl.Tag.GROUP_OBJ, 0, -1),
                        new PosixAcl.Entry(PosixAcl.Tag.GROUP, 2, 21),
                        new PosixAcl.Entry(PosixAcl.Tag.MASK, 7, -1),
                        new PosixAcl.Entry(PosixAcl.Tag.OTHER, 0, -1))),
                list);
    }

    @Test
    void whatIsDeniedBeforeItIsAllowedIsNotGranted() {
        PosixAcl list = back(
                of(
                        Ace.deny(0, AccessMask.FILE_WRITE_DATA | AccessMask.FILE_APPEND_DATA, Sid.EVERYONE),
                        Ace.allow(0, AccessMask.FILE_ALL_ACCESS, Sid.unixUser(10)),
                        Ace.allow(0, AccessMask.FILE_GENERIC_READ, Sid.EVERYONE)),
                stat(StoreStat.Type.FILE, 0777));
        assertEquals(PosixAcl.ofMode(0544), list);
    }

    @Test
    void whoIsNobodyOnTheHostGetsNothing() {
        PosixAcl list = back(
                of(Ace.allow(0, AccessMask.FILE_ALL_ACCESS, Sid.of(5, 21, 9, 9, 9, 1000))),
                stat(StoreStat.Type.FILE, 0777));
        assertEquals(PosixAcl.ofMode(0), list);
    }

    @Test
    void whatADirectoryPassesOnIsItsDefaultList() {
        HostPermissions both = HostPermissions.of(
                of(
                        Ace.allow(Ace.OBJECT_INHERIT | Ace.CONTAINER_INHERIT, 0x1F01FF, Sid.unixUser(11)),
                        Ace.allow(0xB, 0x1F01FF, Sid.CREATOR_OWNER)),
                stat(StoreStat.Type.DIRECTORY, 0700),
                SidMapping.UNIX);
        assertEquals(0, both.access().mode() & 0700, "CREATOR OWNER is nobody in the directory itself");
        PosixAcl inherited = both.inherited().orElseThrow();
        assertEquals(0770, inherited.mode(), inherited.toString());
    }

    @Test
    void noListLetsEveryoneDoEverything() {
        SecurityDescriptor open = new SecurityDescriptor(
                SecurityDescriptor.SE_DACL_PRESENT,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        assertEquals(PosixAcl.ofMode(0777), back(open, stat(StoreStat.Type.FILE, 0)));
    }
}

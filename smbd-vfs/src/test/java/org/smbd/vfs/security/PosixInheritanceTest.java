package org.smbd.vfs.security;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.smbd.core.file.AccessMask;
import org.smbd.core.type.Ace;
import org.smbd.core.type.Acl;
import org.smbd.core.type.SecurityDescriptor;
import org.smbd.core.type.Sid;
import org.smbd.vfs.store.FileKey;
import org.smbd.vfs.store.StoreStat;

/** What is kept of inheritance beside the permissions of the host. */
class PosixInheritanceTest {
    private static final byte[] VERSION_2 =
            HexFormat.of().parseHex("02" + "0014" + "0200" + "0100" + "10000a000000" + "0002ffffffff" + "100114000000");
    private static final byte[] VERSION_1 = HexFormat.of().parseHex("01" + "01" + "0100" + "0000" + "000a000000");
    private static final PosixInheritance KEPT = new PosixInheritance(
            0x1400,
            List.of(
                    new PosixInheritance.Entry(Ace.INHERITED, PosixInheritance.Kind.USER, 10),
                    new PosixInheritance.Entry(0, PosixInheritance.Kind.WORLD, -1)),
            List.of(new PosixInheritance.Entry(Ace.INHERITED, PosixInheritance.Kind.GROUP, 20)));
    private static final StoreStat DIRECTORY =
            new StoreStat(new FileKey(1, 1), StoreStat.Type.DIRECTORY, 0750, 10, 20, 1, 0, 0, 0, 0, 0, 0);

    @Test
    void theFormIsThatOfSamba() {
        assertArrayEquals(VERSION_2, KEPT.encode());
        assertEquals(Optional.of(KEPT), PosixInheritance.decode(VERSION_2));
        assertEquals(
                Optional.of(new PosixInheritance(
                        SecurityDescriptor.SE_DACL_PROTECTED,
                        List.of(new PosixInheritance.Entry(Ace.INHERITED, PosixInheritance.Kind.USER, 10)),
                        List.of())),
                PosixInheritance.decode(VERSION_1));
    }

    @Test
    void whatIsDamagedIsNothing() {
        for (byte[] whole : List.of(VERSION_1, VERSION_2)) {
            for (int length = 0; length < whole.length; length++) {
                assertEquals(Optional.empty(), PosixInheritance.decode(Arrays.copyOf(whole, length)));
            }
            assertEquals(Optional.empty(), PosixInheritance.decode(Arrays.copyOf(whole, whole.length + 1)));
        }
        byte[] otherVersion = VERSION_2.clone();
        otherVersion[0] = 3;
        assertEquals(Optional.empty(), PosixInheritance.decode(otherVersion));
        byte[] otherKind = VERSION_2.clone();
        otherKind[8] = 3;
        assertEquals(Optional.empty(), PosixInheritance.decode(otherKind));
    }

    @Test
    void whatWasInheritedIsShownSoAgain() {
        int both = Ace.OBJECT_INHERIT | Ace.CONTAINER_INHERIT;
        SecurityDescriptor set = new SecurityDescriptor(
                SecurityDescriptor.SE_DACL_PRESENT | SecurityDescriptor.SE_DACL_AUTO_INHERITED,
                Optional.of(Sid.unixUser(10)),
                Optional.of(Sid.unixGroup(20)),
                Optional.of(Acl.of(
                        Ace.allow(Ace.INHERITED, AccessMask.FILE_ALL_ACCESS, Sid.unixUser(10)),
                        Ace.allow(0, AccessMask.FILE_GENERIC_READ, Sid.unixGroup(20)),
                        Ace.allow(
                                Ace.INHERITED | Ace.INHERIT_ONLY | both,
                                AccessMask.FILE_ALL_ACCESS,
                                Sid.CREATOR_OWNER))),
                Optional.empty());
        PosixDescriptors descriptors = new PosixDescriptors(AclOptions.defaults());
        HostPermissions host = HostPermissions.of(set, DIRECTORY, SidMapping.UNIX);
        SecurityDescriptor shown = PosixInheritance.of(set, DIRECTORY, SidMapping.UNIX)
                .applyTo(descriptors.of(DIRECTORY, host.access(), host.inherited()), DIRECTORY, SidMapping.UNIX);
        assertEquals(set.control(), shown.control());
        assertEquals(Ace.INHERITED, flags(shown, Sid.unixUser(10), false));
        assertEquals(0, flags(shown, Sid.unixGroup(20), false));
        assertEquals(Ace.INHERITED | Ace.INHERIT_ONLY | both, flags(shown, Sid.CREATOR_OWNER, true));
    }

    private static int flags(SecurityDescriptor descriptor, Sid sid, boolean passedOn) {
        return descriptor.dacl().orElseThrow().entries().stream()
                .filter(ace -> ace.sid().equals(sid) && passedOn == ((ace.flags() & Ace.INHERIT_ONLY) != 0))
                .findFirst()
                .orElseThrow()
                .flags();
    }
}

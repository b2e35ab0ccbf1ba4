package org.smbd.vfs.security;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.smbd.core.type.Ace;
import org.smbd.core.type.Acl;
import org.smbd.core.type.SecurityDescriptor;
import org.smbd.core.type.Sid;
import org.smbd.vfs.store.FileKey;
import org.smbd.vfs.store.StoreStat;

/** Attributes that Samba 4.17 wrote, and what does not pass for one. */
class NtAclXattrTest {
    private static final String DESCRIPTOR_OFFSETS_180 = "01000480b4000000d000000000000000ec000000";
    private static final String OWNER = "010500000000000515000000010000000200000003000000e8030000";
    private static final String LIST = "030040000200000000001400a90012000101000000000001000000000003"
            + "2400ff011f00010500000000000515000000010000000200000003000000e8030000";

    /** Of a directory 0775 with lists, of user and group 1002, by acl_xattr with the host's permissions in force. */
    private static final byte[] VERSION_4 = HexFormat.of()
            .parseHex("04000400000002000400020001008dfee196e3b428756a5a40b6ffe65fcbc1002079c7ef0aae39d0e3402cb4be39"
                    + "00".repeat(32)
                    + "706f7369785f61636c006ef14f21c47cdd01"
                    + "36dbe2427e92fd8680cf40c89ef814876c744f91bba7995ca2f641aa8cb7a098"
                    + "00".repeat(32)
                    + DESCRIPTOR_OFFSETS_180
                    + OWNER
                    + "01050000000000051500000001000000020000000300000001020000"
                    + LIST);

    /** Of a file, with {@code acl_xattr:ignore system acls}. */
    private static final byte[] VERSION_3 = HexFormat.of()
            .parseHex("0300030000000200040002000100"
                    + "00".repeat(64)
                    + "0000"
                    + "01000480640000008000000000000000"
                    + "90000000"
                    + OWNER
                    + "010200000000001602000000ea030000"
                    + LIST);

    private static final Sid TRIAL = Sid.of(5, 21, 1, 2, 3, 1000);
    private static final Acl DACL =
            new Acl(3, List.of(Ace.allow(0, 0x1200A9, Sid.EVERYONE), Ace.allow(3, 0x1F01FF, TRIAL)));

    private static SecurityDescriptor descriptor(Sid group) {
        return new SecurityDescriptor(
                SecurityDescriptor.SE_DACL_PRESENT,
                Optional.of(TRIAL),
                Optional.of(group),
                Optional.of(DACL),
                Optional.empty());
    }

    private static PosixAcl list(String value) {
        return PosixAcl.decode(HexFormat.of().parseHex(value)).orElseThrow();
    }

    @Test
    void aDescriptorAloneIsWrittenAsSambaWritesIt() {
        SecurityDescriptor descriptor = descriptor(Sid.unixGroup(1002));
        NtAclXattr read = NtAclXattr.decode(VERSION_3).orElseThrow();
        assertEquals(descriptor, read.descriptor());
        assertEquals(Optional.empty(), read.hostHash());
        assertFalse(read.isUnconditional());
        assertArrayEquals(VERSION_3, new NtAclXattr(descriptor, Optional.empty(), false).encodeAlone());
    }

    @Test
    void oneOfSambasIsInForceWhileTheHostsPermissionsAreTheSame() {
        NtAclXattr read = NtAclXattr.decode(VERSION_4).orElseThrow();
        assertEquals(descriptor(Sid.of(5, 21, 1, 2, 3, 513)), read.descriptor());
        PosixAcl access = list("02000000" + "01000700ffffffff" + "02000700ea030000" + "04000500ffffffff"
                + "08000500ea030000" + "10000700ffffffff" + "20000500ffffffff");
        PosixAcl inherited = list("02000000" + "01000700ffffffff" + "02000700ea030000" + "04000000ffffffff"
                + "08000000ea030000" + "10000700ffffffff" + "20000000ffffffff");
        assertEquals(Optional.of(HostHash.of(directory(0775, 1002), access, Optional.of(inherited))), read.hostHash());
        for (HostHash other : List.of(
                HostHash.of(directory(0755, 1002), access, Optional.of(inherited)),
                HostHash.of(directory(0775, 1003), access, Optional.of(inherited)),
                HostHash.of(directory(0775, 1002), inherited, Optional.of(inherited)),
                HostHash.of(directory(0775, 1002), access, Optional.empty()))) {
            assertTrue(read.hostHash().filter(other::equals).isEmpty());
        }
    }

    private static StoreStat directory(int mode, int uid) {
        return new StoreStat(new FileKey(1, 1), StoreStat.Type.DIRECTORY, mode, uid, 1002, 2, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void whatWasWrittenWithAHashIsReadWithIt() {
        SecurityDescriptor descriptor = descriptor(Sid.unixGroup(7));
        HostHash host = HostHash.of(directory(0700, 1), PosixAcl.ofMode(0700), Optional.empty());
        byte[] value = new NtAclXattr(descriptor, Optional.empty(), false).encode(host, descriptor);
        assertEquals(
                new NtAclXattr(descriptor, Optional.of(host), false),
                NtAclXattr.decode(value).orElseThrow());
    }

    @Test
    void oldVersionsCountWhateverTheModeIs() {
        String offsets = "01000480" + "1c000000" + "38000000" + "00000000" + "48000000";
        byte[] version1 = HexFormat.of()
                .parseHex("0100010000000200" + offsets + OWNER + "010200000000001602000000ea030000" + LIST);
        NtAclXattr read = NtAclXattr.decode(version1).orElseThrow();
        assertTrue(read.isUnconditional());
        assertEquals(descriptor(Sid.unixGroup(1002)), read.descriptor());
    }

    @Test
    void everyTruncationIsDamage() {
        for (byte[] whole : List.of(VERSION_3, VERSION_4)) {
            for (int length = 0; length < whole.length; length++) {
                assertEquals(Optional.empty(), NtAclXattr.decode(Arrays.copyOf(whole, length)), "cut at " + length);
            }
        }
    }

    @Test
    void arbitraryDamageIsNoMoreThanDamage() {
        Random random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            byte[] value = (i % 2 == 0 ? VERSION_3 : VERSION_4).clone();
            for (int j = 0; j <= i % 4; j++) {
                value[random.nextInt(value.length)] = (byte) random.nextInt();
            }
            Optional<NtAclXattr> read = NtAclXattr.decode(value);
            read.ifPresent(acl -> assertTrue(acl.descriptor().dacl().stream()
                    .allMatch(list -> list.entries().size() <= value.length / 16)));
        }
    }

    @Test
    void aVersionThatNobodyKnowsIsDamage() {
        byte[] value = VERSION_3.clone();
        value[0] = 5;
        value[2] = 5;
        assertEquals(Optional.empty(), NtAclXattr.decode(value));
    }
}

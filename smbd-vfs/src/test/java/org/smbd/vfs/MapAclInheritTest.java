package org.smbd.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smbd.core.file.AccessMask;
import org.smbd.core.type.Ace;
import org.smbd.core.type.Acl;
import org.smbd.core.type.SecurityDescriptor;
import org.smbd.core.type.Sid;
import org.smbd.vfs.security.AclOptions;
import org.smbd.vfs.security.DescriptorUpdate;
import org.smbd.vfs.security.SidMapping;
import org.smbd.vfs.store.Volume;

/** A share with {@code map acl inherit}: descriptors become permissions of the host, and inheritance is not lost. */
class MapAclInheritTest extends LocalShareFixture {
    private static final AclOptions OPTIONS = new AclOptions(
            true,
            false,
            AclOptions.SECURITY_NTACL,
            false,
            AclOptions.DefaultStyle.POSIX,
            false,
            false,
            true,
            false,
            true,
            false,
            false,
            false,
            SidMapping.UNIX,
            true);

    @BeforeEach
    void keepInheritance() throws IOException {
        try (Volume volume = volume(root)) {
            Assumptions.assumeTrue(volume.capabilities().extendedAttributes(), "the host keeps attributes");
        }
        files.close();
        ShareOptions standard = ShareOptions.of(root, "test");
        files = share(new ShareOptions(
                root,
                standard.label(),
                0777,
                0,
                0777,
                0,
                false,
                true,
                true,
                true,
                true,
                false,
                standard.recycle(),
                standard.names(),
                standard.versions(),
                standard.attributes(),
                standard.changeNotify(),
                standard.locking(),
                standard.dos(),
                OPTIONS));
    }

    @Test
    void anInheritedEntryIsShownAsOneAndNoClientSeesWhereThatIsKept() {
        make("f", "text");
        FileOpen open = open("f", ALL).open();
        int parts = SecurityDescriptor.DACL_SECURITY_INFORMATION;
        assertTrue(isProtected(files.querySecurity(open, parts)), "as long as nothing else is known");
        Acl list = Acl.of(
                Ace.allow(0, AccessMask.FILE_ALL_ACCESS & ~AccessMask.DELETE, Sid.unixUser(owner().uid())),
                Ace.allow(Ace.INHERITED, AccessMask.FILE_GENERIC_READ, Sid.EVERYONE));
        int control = SecurityDescriptor.SE_DACL_PRESENT
                | SecurityDescriptor.SE_DACL_AUTO_INHERIT_REQ
                | SecurityDescriptor.SE_DACL_AUTO_INHERITED;
        files.setSecurity(
                open,
                new DescriptorUpdate(
                        parts,
                        new SecurityDescriptor(
                                control, Optional.empty(), Optional.empty(), Optional.of(list), Optional.empty())));
        SecurityDescriptor shown = files.querySecurity(open, parts);
        assertEquals(SecurityDescriptor.SE_DACL_PRESENT | SecurityDescriptor.SE_DACL_AUTO_INHERITED, shown.control());
        for (Ace entry : shown.dacl().orElseThrow().entries()) {
            assertEquals(entry.sid().equals(Sid.EVERYONE) ? Ace.INHERITED : 0, entry.flags(), entry.toString());
        }
        assertEquals(0, files.queryExtendedAttributes(open).size());
        files.close(open);
    }

    private static boolean isProtected(SecurityDescriptor descriptor) {
        return (descriptor.control() & SecurityDescriptor.SE_DACL_PROTECTED) != 0;
    }
}

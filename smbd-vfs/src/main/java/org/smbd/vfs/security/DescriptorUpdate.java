package org.smbd.vfs.security;

import java.util.Optional;
import org.smbd.core.file.AccessMask;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.Ace;
import org.smbd.core.type.Acl;
import org.smbd.core.type.Privilege;
import org.smbd.core.type.SecurityContext;
import org.smbd.core.type.SecurityDescriptor;
import org.smbd.core.type.Sid;

/**
 * MS-FSA 2.1.5.17 Server Requests Setting of Security Information: some parts of a descriptor replace those of a file.
 *
 * @param parts a set of the SECURITY_INFORMATION constants
 * @param descriptor holds the parts
 */
public record DescriptorUpdate(int parts, SecurityDescriptor descriptor) {
    private static final int OWNERSHIP = SecurityDescriptor.OWNER_SECURITY_INFORMATION
            | SecurityDescriptor.GROUP_SECURITY_INFORMATION
            | SecurityDescriptor.LABEL_SECURITY_INFORMATION;

    private static final int DACL_KEPT = SecurityDescriptor.SE_DACL_PRESENT | SecurityDescriptor.SE_DACL_PROTECTED;
    private static final int SACL_KEPT = SecurityDescriptor.SE_SACL_PRESENT | SecurityDescriptor.SE_SACL_PROTECTED;
    private static final int SACL_CONTROL = SecurityDescriptor.SE_SACL_PRESENT
            | SecurityDescriptor.SE_SACL_DEFAULTED
            | SecurityDescriptor.SE_SACL_AUTO_INHERIT_REQ
            | SecurityDescriptor.SE_SACL_AUTO_INHERITED
            | SecurityDescriptor.SE_SACL_PROTECTED;

    public boolean has(int part) {
        return (parts & part) != 0;
    }

    /** An owner or group that is named but not given is left as it is. */
    public DescriptorUpdate withoutMissing() {
        int missing = (descriptor.owner().isEmpty() ? SecurityDescriptor.OWNER_SECURITY_INFORMATION : 0)
                | (descriptor.group().isEmpty() ? SecurityDescriptor.GROUP_SECURITY_INFORMATION : 0);
        return new DescriptorUpdate(parts & ~missing, descriptor);
    }

    /** The rights that a handle needs. MS-SMB2 3.3.5.21.3 Handling SMB2_0_INFO_SECURITY. */
    public int requiredAccess() {
        return (has(SecurityDescriptor.DACL_SECURITY_INFORMATION) ? AccessMask.WRITE_DAC : 0)
                | (has(OWNERSHIP) ? AccessMask.WRITE_OWNER : 0)
                | (has(SecurityDescriptor.SACL_SECURITY_INFORMATION) ? AccessMask.ACCESS_SYSTEM_SECURITY : 0);
    }

    /**
     * INVALID_OWNER unless {@code who} may make the new owner one: itself, a group of administrators that it belongs
     * to, or anybody with the privilege to restore. Keeping the owner is always right.
     */
    public void checkOwner(SecurityDescriptor current, SecurityContext who) {
        if (!has(SecurityDescriptor.OWNER_SECURITY_INFORMATION)) {
            return;
        }
        Sid owner = descriptor.owner().orElseThrow(NtStatus.INVALID_OWNER::exception);
        boolean asAdministrator = owner.equals(Sid.BUILTIN_ADMINISTRATORS) && who.is(owner);
        boolean allowed = current.owner().filter(owner::equals).isPresent()
                || owner.equals(who.userSid())
                || who.posix()
                        .filter(posix -> Sid.unixUser(posix.uid()).equals(owner))
                        .isPresent()
                || asAdministrator
                || who.has(Privilege.SE_RESTORE);
        if (!allowed) {
            throw NtStatus.INVALID_OWNER.exception();
        }
    }

    /**
     * The descriptor of the file after the change.
     *
     * @param canonicalize the bits of automatic inheritance are taken over only where the client asks for them, as
     *     Windows has it; else they are kept as they were sent
     */
    public SecurityDescriptor applyTo(SecurityDescriptor current, boolean canonicalize) {
        boolean withDacl = has(SecurityDescriptor.DACL_SECURITY_INFORMATION);
        boolean withSacl = has(SecurityDescriptor.SACL_SECURITY_INFORMATION);
        int control = current.control();
        if (withDacl) {
            control = control & SACL_CONTROL | daclControl(canonicalize);
        }
        if (withSacl) {
            control = control & ~SACL_CONTROL | saclControl(canonicalize);
        }
        return new SecurityDescriptor(
                control,
                has(SecurityDescriptor.OWNER_SECURITY_INFORMATION) ? descriptor.owner() : current.owner(),
                has(SecurityDescriptor.GROUP_SECURITY_INFORMATION) ? descriptor.group() : current.group(),
                withDacl ? mapped(descriptor.dacl()) : current.dacl(),
                withSacl ? mapped(descriptor.sacl()) : current.sacl());
    }

    private int daclControl(boolean canonicalize) {
        int given = descriptor.control() & ~SACL_CONTROL | SecurityDescriptor.SE_DACL_PRESENT;
        int automatic = SecurityDescriptor.SE_DACL_AUTO_INHERIT_REQ | SecurityDescriptor.SE_DACL_AUTO_INHERITED;
        if (!canonicalize) {
            return given;
        }
        boolean asked = (given & automatic) == automatic;
        return given & DACL_KEPT | (asked ? SecurityDescriptor.SE_DACL_AUTO_INHERITED : 0);
    }

    private int saclControl(boolean canonicalize) {
        int given = descriptor.control() & SACL_CONTROL | SecurityDescriptor.SE_SACL_PRESENT;
        int automatic = SecurityDescriptor.SE_SACL_AUTO_INHERIT_REQ | SecurityDescriptor.SE_SACL_AUTO_INHERITED;
        if (!canonicalize) {
            return given;
        }
        boolean asked = (given & automatic) == automatic;
        return given & SACL_KEPT | (asked ? SecurityDescriptor.SE_SACL_AUTO_INHERITED : 0);
    }

    /** MS-DTYP 2.5.3.4.1: generic rights are kept as what they mean for files. */
    private static Optional<Acl> mapped(Optional<Acl> acl) {
        return acl.map(list -> new Acl(
                list.revision(),
                list.entries().stream().map(DescriptorUpdate::mapped).toList()));
    }

    private static Ace mapped(Ace entry) {
        int mask = entry.accessMask();
        return mask == AccessMask.mapGeneric(mask)
                ? entry
                : new Ace(entry.type(), entry.flags(), AccessMask.mapGeneric(mask), entry.sid(), entry.data());
    }
}

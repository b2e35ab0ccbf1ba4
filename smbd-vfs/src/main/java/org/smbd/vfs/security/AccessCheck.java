package org.smbd.vfs.security;

import java.util.List;
import org.smbd.core.file.AccessMask;
import org.smbd.core.type.Ace;
import org.smbd.core.type.Privilege;
import org.smbd.core.type.SecurityContext;
import org.smbd.core.type.SecurityDescriptor;
import org.smbd.core.type.Sid;

/**
 * MS-DTYP 2.5.3.2 Access Check Algorithm Pseudocode, for all rights at once: the first entry that speaks of a right
 * decides it, so that a wanted set of rights is granted if it is part of {@link #granted}.
 */
public final class AccessCheck {
    private static final int OWNER_IMPLICIT = AccessMask.READ_CONTROL | AccessMask.WRITE_DAC;

    private AccessCheck() {}

    /** Every right that {@code descriptor} and the privileges of {@code who} grant. */
    public static int granted(SecurityDescriptor descriptor, SecurityContext who) {
        int granted = byPrivilege(who);
        if (descriptor.dacl().isEmpty()) {
            return granted | AccessMask.FILE_ALL_ACCESS; // a null list protects nothing
        }
        List<Ace> entries = descriptor.dacl().get().entries();
        boolean owner = descriptor.owner().filter(who::is).isPresent();
        if (owner && entries.stream().noneMatch(AccessCheck::limitsOwner)) {
            granted |= OWNER_IMPLICIT;
        }
        int denied = 0;
        for (Ace entry : entries) {
            if (!isEffective(entry) || !names(entry, who, owner)) {
                continue;
            }
            int mask = AccessMask.mapGeneric(entry.accessMask()) & AccessMask.FILE_ALL_ACCESS;
            switch (entry.type()) {
                case Ace.ACCESS_ALLOWED -> granted |= mask & ~denied;
                // a condition that nobody evaluates is UNKNOWN: 2.5.3.1.5, it denies but does not allow
                case Ace.ACCESS_DENIED, Ace.ACCESS_DENIED_CALLBACK -> denied |= mask & ~granted;
                default -> {}
            }
        }
        return granted;
    }

    /** What the privileges of {@code who} grant to any file. */
    public static int byPrivilege(SecurityContext who) {
        return (who.has(Privilege.SE_SECURITY) ? AccessMask.ACCESS_SYSTEM_SECURITY : 0)
                | (who.has(Privilege.SE_TAKE_OWNERSHIP) ? AccessMask.WRITE_OWNER : 0);
    }

    private static boolean isEffective(Ace entry) {
        return (entry.flags() & Ace.INHERIT_ONLY) == 0;
    }

    /** With an entry for OWNER RIGHTS the owner has what such entries say, instead of the implicit rights. */
    private static boolean limitsOwner(Ace entry) {
        return isEffective(entry) && entry.sid().equals(Sid.OWNER_RIGHTS);
    }

    private static boolean names(Ace entry, SecurityContext who, boolean owner) {
        return entry.sid().equals(Sid.OWNER_RIGHTS) ? owner : who.is(entry.sid());
    }
}

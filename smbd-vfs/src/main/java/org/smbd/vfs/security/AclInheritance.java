package org.smbd.vfs.security;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.smbd.core.type.Ace;
import org.smbd.core.type.Acl;
import org.smbd.core.type.SecurityDescriptor;
import org.smbd.core.type.Sid;

/**
 * What a new file gets from its directory: MS-DTYP 2.5.3.4.2 ComputeACL and 2.5.3.4.4 ComputeInheritedACLfromParent.
 *
 * <p>Entries are marked as inherited only below a directory whose list is itself kept by automatic inheritance.
 */
public final class AclInheritance {
    private static final int INHERITANCE = Ace.OBJECT_INHERIT | Ace.CONTAINER_INHERIT;

    private AclInheritance() {}

    /** Whether a directory of the descriptor passes anything on to a new file or directory. */
    public static boolean passesOn(SecurityDescriptor parent, boolean toDirectory) {
        return parent.dacl().stream()
                .anyMatch(acl -> acl.entries().stream().anyMatch(entry -> isInheritable(entry, toDirectory)));
    }

    /**
     * The discretionary list of a new object.
     *
     * @param owner who stands in for CREATOR OWNER
     * @param group who stands in for CREATOR GROUP
     * @return with control bits and list alone; empty if nothing is inherited
     */
    public static Optional<SecurityDescriptor> inherit(
            SecurityDescriptor parent, Sid owner, Sid group, boolean directory) {
        if (!passesOn(parent, directory)) {
            return Optional.empty();
        }
        boolean automatic = (parent.control() & SecurityDescriptor.SE_DACL_AUTO_INHERITED) != 0;
        Set<Ace> entries = new LinkedHashSet<>(); // two entries that became equal are one
        for (Ace entry : parent.dacl().orElseThrow().entries()) {
            if (isInheritable(entry, directory)) {
                entries.addAll(inherited(entry, creator(entry.sid(), owner, group), directory, automatic));
            }
        }
        int control = SecurityDescriptor.SE_DACL_PRESENT | (automatic ? SecurityDescriptor.SE_DACL_AUTO_INHERITED : 0);
        Acl dacl = new Acl(Acl.REVISION, List.copyOf(entries));
        return Optional.of(new SecurityDescriptor(
                control, Optional.of(owner), Optional.of(group), Optional.of(dacl), Optional.empty()));
    }

    private static boolean isInheritable(Ace entry, boolean directory) {
        boolean toFiles = (entry.flags() & Ace.OBJECT_INHERIT) != 0;
        if (!directory) {
            return toFiles;
        }
        boolean toDirectories = (entry.flags() & Ace.CONTAINER_INHERIT) != 0;
        return toDirectories || toFiles && (entry.flags() & Ace.NO_PROPAGATE_INHERIT) == 0;
    }

    /** Whom an entry for the creator means in the new object; empty if it is no such entry. */
    private static Optional<Sid> creator(Sid sid, Sid owner, Sid group) {
        if (sid.equals(Sid.CREATOR_OWNER)) {
            return Optional.of(owner);
        }
        return sid.equals(Sid.CREATOR_GROUP) ? Optional.of(group) : Optional.empty();
    }

    /** 2.5.3.4.4: one entry becomes one or, for the creator of a directory, two: for itself, and to pass on. */
    private static List<Ace> inherited(Ace entry, Optional<Sid> creator, boolean directory, boolean automatic) {
        int mark = automatic ? Ace.INHERITED : 0;
        Sid effective = creator.orElse(entry.sid());
        if (!directory || (entry.flags() & Ace.NO_PROPAGATE_INHERIT) != 0) {
            return List.of(copy(entry, mark, effective)); // it ends here
        }
        int passed = entry.flags() & INHERITANCE;
        if ((passed & Ace.CONTAINER_INHERIT) == 0) {
            return List.of(copy(entry, passed | Ace.INHERIT_ONLY | mark, entry.sid())); // for files further down
        }
        if (creator.isEmpty()) {
            return List.of(copy(entry, passed | mark, entry.sid()));
        }
        List<Ace> both = new ArrayList<>(2);
        both.add(copy(entry, mark, effective));
        both.add(copy(entry, passed | Ace.INHERIT_ONLY | mark, entry.sid()));
        return both;
    }

    private static Ace copy(Ace entry, int flags, Sid sid) {
        return new Ace(entry.type(), flags, entry.accessMask(), sid, entry.data());
    }
}

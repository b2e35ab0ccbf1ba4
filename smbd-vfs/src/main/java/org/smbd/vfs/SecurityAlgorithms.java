package org.smbd.vfs;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.smbd.core.file.AccessMask;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.PosixIdentity;
import org.smbd.core.type.Privilege;
import org.smbd.core.type.SecurityContext;
import org.smbd.core.type.SecurityDescriptor;
import org.smbd.core.type.Sid;
import org.smbd.vfs.security.AclOptions;
import org.smbd.vfs.security.DescriptorUpdate;
import org.smbd.vfs.store.StoreFile;
import org.smbd.vfs.store.StoreStat;

/** MS-FSA 2.1.5.14 Server Requests a Query of Security Information and 2.1.5.17 Setting of Security Information. */
final class SecurityAlgorithms {
    private static final int UNCHANGED = -1;

    private final Share share;

    SecurityAlgorithms(Share share) {
        this.share = share;
    }

    private AclOptions acls() {
        return share.security().options();
    }

    SecurityDescriptor query(LocalOpen open, int parts) {
        boolean withSacl = (parts & SecurityDescriptor.SACL_SECURITY_INFORMATION) != 0;
        boolean withOthers = (parts & ~SecurityDescriptor.SACL_SECURITY_INFORMATION) != 0;
        require(open, (withSacl ? AccessMask.ACCESS_SYSTEM_SECURITY : 0) | (withOthers ? AccessMask.READ_CONTROL : 0));
        if (!acls().support()) {
            return new SecurityDescriptor(0, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        }
        StoreFile file = open.file();
        return share.security().descriptor(file, file.stat()).select(parts);
    }

    void set(LocalOpen open, DescriptorUpdate update) {
        require(open, update.requiredAccess());
        DescriptorUpdate given = update.withoutMissing();
        if (given.requiredAccess() == 0 || !acls().support()) {
            return;
        }
        StoreFile file = open.file();
        change(open.context(), file, share.security().descriptor(file, file.stat()), given);
    }

    private static void require(LocalOpen open, int access) {
        if (!AccessMask.has(open.grantedAccess(), access)) {
            throw NtStatus.ACCESS_DENIED.exception();
        }
    }

    /**
     * Changes a file that may be changed.
     *
     * @param base its descriptor so far
     */
    void change(SecurityContext context, StoreFile file, SecurityDescriptor base, DescriptorUpdate update) {
        boolean superuser = share.volume().capabilities().identity()
                && context.posix().filter(posix -> posix.uid() == 0).isPresent();
        if (!superuser && !namesNobodyHere(update)) {
            update.checkOwner(base, context);
        }
        SecurityDescriptor next = update.applyTo(base, acls().canonicalizeInheritance());
        if (share.volume().capabilities().identity()) {
            changeOwner(context, file, update, superuser);
        }
        share.security().write(file, next, update.has(SecurityDescriptor.DACL_SECURITY_INFORMATION));
    }

    /**
     * A kept descriptor may name an owner that the host does not know, as Samba's does: whom the kernel takes for the
     * owner stays the same. Windows asks for the privilege to restore; smb2.create.aclfile pins Samba's way.
     */
    private boolean namesNobodyHere(DescriptorUpdate update) {
        return acls().stored()
                && update.has(SecurityDescriptor.OWNER_SECURITY_INFORMATION)
                && acls().sids().uid(update.descriptor().owner().orElseThrow()).isEmpty();
    }

    /** Owner and group on the host follow; one that is nobody here stays in the descriptor alone, if it is kept. */
    private void changeOwner(SecurityContext context, StoreFile file, DescriptorUpdate update, boolean superuser) {
        StoreStat stat = file.stat();
        int uid = update.has(SecurityDescriptor.OWNER_SECURITY_INFORMATION)
                ? uid(context, update.descriptor().owner().orElseThrow(), stat)
                : UNCHANGED;
        int gid = update.has(SecurityDescriptor.GROUP_SECURITY_INFORMATION)
                ? gid(update.descriptor().group().orElseThrow(), stat)
                : UNCHANGED;
        boolean member = gid == UNCHANGED
                || superuser
                || context.has(Privilege.SE_RESTORE)
                || context.posix().filter(posix -> isMember(posix, gid)).isPresent();
        if (!member) {
            throw NtStatus.ACCESS_DENIED.exception(); // chown(2) lets an owner choose among its own groups
        }
        if (uid != UNCHANGED || gid != UNCHANGED) {
            file.setOwner(uid, gid);
        }
    }

    private int uid(SecurityContext context, Sid owner, StoreStat stat) {
        OptionalInt uid = owner.equals(context.userSid()) && context.posix().isPresent()
                ? OptionalInt.of(context.posix().get().uid())
                : acls().sids().uid(owner);
        if (uid.isEmpty() && !acls().stored()) {
            throw NtStatus.INVALID_OWNER.exception();
        }
        return uid.isEmpty() || uid.getAsInt() == stat.uid() ? UNCHANGED : uid.getAsInt();
    }

    private int gid(Sid group, StoreStat stat) {
        OptionalInt gid = acls().sids().gid(group);
        if (gid.isEmpty() && !acls().stored()) {
            throw NtStatus.INVALID_PRIMARY_GROUP.exception();
        }
        return gid.isEmpty() || gid.getAsInt() == stat.gid() ? UNCHANGED : gid.getAsInt();
    }

    private static boolean isMember(PosixIdentity who, int gid) {
        return who.gid() == gid || Arrays.stream(who.groups()).anyMatch(group -> group == gid);
    }
}

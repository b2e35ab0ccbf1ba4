package org.smbd.vfs;

import java.util.Optional;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.CreateOptions;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.PosixIdentity;
import org.smbd.core.type.SecurityDescriptor;
import org.smbd.core.type.Sid;
import org.smbd.vfs.security.AclInheritance;
import org.smbd.vfs.security.AclOptions;
import org.smbd.vfs.security.DescriptorUpdate;
import org.smbd.vfs.security.FileSecurity;
import org.smbd.vfs.store.HostPaths;
import org.smbd.vfs.store.StoreFile;
import org.smbd.vfs.store.StoreStat;

/** MS-FSA 2.1.5.1.1 Creation of a New File, as far as its permissions go. */
final class NewSecurity {
    private static final int FILE_MODE = 0666;
    private static final int DIRECTORY_MODE = 0777;
    private static final int SET_GROUP_ID = 02000;

    private final Share share;
    private final AccessRights rights;

    NewSecurity(Share share) {
        this.share = share;
        this.rights = new AccessRights(share);
    }

    private AclOptions acls() {
        return share.security().options();
    }

    /** ACCESS_DENIED unless the descriptor of the directory, if it has one, lets the user add to it. */
    void requireAdd(OpenRequest request, PosixIdentity who, String hostParent) {
        if (!acls().stored()) {
            return; // the kernel decides when the name is made
        }
        int needed = isDirectory(request) ? AccessMask.FILE_ADD_SUBDIRECTORY : AccessMask.FILE_ADD_FILE;
        try (StoreFile parent = parent(who, hostParent)) {
            AccessRights.Rights all =
                    rights.of(new AccessRights.Subject(request.context(), who), hostParent, parent, parent.stat(), 0);
            if (all.decided() && !AccessMask.has(all.granted(), needed)) {
                throw NtStatus.ACCESS_DENIED.exception();
            }
        }
    }

    private StoreFile parent(PosixIdentity who, String hostParent) {
        return share.volume().find(who, hostParent).orElseThrow(NtStatus.OBJECT_PATH_NOT_FOUND::exception);
    }

    private static boolean isDirectory(OpenRequest request) {
        return CreateOptions.has(request.createOptions(), CreateOptions.DIRECTORY_FILE);
    }

    /** The mode bits that a new file is made with. */
    int mode(OpenRequest request, PosixIdentity who, String hostParent, StoreStat parent) {
        if (request.posix().isPresent()) {
            return request.posix().get().mode(); // a POSIX client knows its own umask: what it says holds
        }
        boolean directory = isDirectory(request);
        int all = directory ? DIRECTORY_MODE : FILE_MODE;
        if (acls().inheritPermissions()) {
            return parent.mode() & (directory ? all | SET_GROUP_ID : all);
        }
        ShareOptions options = share.options();
        int forced = directory ? options.forceDirectoryMode() : options.forceCreateMode();
        boolean limitedElsewhere = acls().stored() && acls().ignoreSystemAcls()
                || acls().inheritAcls() && hasDefaultList(who, hostParent, parent);
        int mask = directory ? options.directoryMask() : options.createMask();
        return (limitedElsewhere ? all : all & mask) | forced;
    }

    private boolean hasDefaultList(PosixIdentity who, String hostParent, StoreStat stat) {
        try (StoreFile parent = parent(who, hostParent)) {
            return FileSecurity.defaultList(parent, stat).isPresent();
        }
    }

    /**
     * Gives a new file the descriptor that the client sent with it, and what it inherits; if that fails, the file is
     * taken away again.
     */
    void secure(OpenRequest request, PosixIdentity who, String hostPath, StoreFile file) {
        if (!acls().support()
                || !acls().stored() && request.securityDescriptor().isEmpty()) {
            return;
        }
        try {
            trySecure(request, who, hostPath, file);
        } catch (RuntimeException failed) {
            if (isDirectory(request)) {
                share.volume().removeDirectory(share.daemon(), hostPath);
            } else {
                share.volume().unlink(share.daemon(), hostPath);
            }
            share.nameRemoved(who, HostPaths.parent(hostPath), HostPaths.name(hostPath));
            throw failed;
        }
    }

    private void trySecure(OpenRequest request, PosixIdentity who, String hostPath, StoreFile file) {
        StoreStat stat = file.stat();
        Optional<SecurityDescriptor> inherited =
                acls().stored() ? inherited(request, who, HostPaths.parent(hostPath), stat) : Optional.empty();
        boolean owned = share.volume().capabilities().identity();
        if (inherited.isEmpty() && request.securityDescriptor().isEmpty() && owned) {
            return; // what the host gave it says all
        }
        SecurityDescriptor plain = share.security().descriptor(file, stat);
        SecurityDescriptor base = inherited.orElse(new SecurityDescriptor(
                plain.control(), Optional.of(owner(request, stat)), plain.group(), plain.dacl(), plain.sacl()));
        if (request.securityDescriptor().isEmpty()) {
            share.security().write(file, base, true);
            return;
        }
        DescriptorUpdate given = given(request.securityDescriptor().get());
        new SecurityAlgorithms(share).change(request.context(), file, base, given);
    }

    /** 2.5.3.4.1 CreateSecurityDescriptor: what the creator names is taken over. */
    private static DescriptorUpdate given(SecurityDescriptor descriptor) {
        int parts = SecurityDescriptor.OWNER_SECURITY_INFORMATION
                | SecurityDescriptor.GROUP_SECURITY_INFORMATION
                | (descriptor.isDaclPresent() ? SecurityDescriptor.DACL_SECURITY_INFORMATION : 0)
                | (descriptor.isSaclPresent() ? SecurityDescriptor.SACL_SECURITY_INFORMATION : 0);
        return new DescriptorUpdate(parts, descriptor).withoutMissing();
    }

    private Optional<SecurityDescriptor> inherited(
            OpenRequest request, PosixIdentity who, String hostParent, StoreStat stat) {
        try (StoreFile parent = parent(who, hostParent)) {
            SecurityDescriptor above = share.security().descriptor(parent, parent.stat());
            Sid owner = acls().inheritWindowsOwner() && above.owner().isPresent()
                    ? above.owner().get()
                    : owner(request, stat);
            Sid group = acls().sids().group(stat.gid());
            return AclInheritance.inherit(above, owner, group, stat.isDirectory());
        }
    }

    /** Where all users are one to the kernel, only the descriptor can tell whose a file is. */
    private Sid owner(OpenRequest request, StoreStat stat) {
        return share.volume().capabilities().identity()
                ? acls().sids().user(stat.uid())
                : request.context().userSid();
    }
}

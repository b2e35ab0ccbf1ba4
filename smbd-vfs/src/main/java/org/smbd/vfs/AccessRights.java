package org.smbd.vfs;

import java.util.Optional;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.CreateOptions;
import org.smbd.core.type.PosixIdentity;
import org.smbd.core.type.Privilege;
import org.smbd.core.type.SecurityContext;
import org.smbd.core.type.SecurityDescriptor;
import org.smbd.vfs.access.PosixAccess;
import org.smbd.vfs.security.AccessCheck;
import org.smbd.vfs.security.FileSecurity;
import org.smbd.vfs.security.PosixAcl;
import org.smbd.vfs.store.HostPaths;
import org.smbd.vfs.store.StoreFile;
import org.smbd.vfs.store.StoreStat;

/**
 * MS-FSA 2.1.4.14 Algorithm to Check Access to a File: by the descriptor of the file where it has one of its own, else
 * by what owner, mode and list of the host stand for. The right to delete may come from the directory, too.
 */
final class AccessRights {
    /** What SeBackupPrivilege gives to an open with backup intent. */
    private static final int BACKUP = AccessMask.FILE_GENERIC_READ | AccessMask.FILE_TRAVERSE;
    /** What SeRestorePrivilege gives. */
    private static final int RESTORE = AccessMask.FILE_GENERIC_WRITE
            | AccessMask.FILE_READ_ATTRIBUTES
            | AccessMask.WRITE_DAC
            | AccessMask.WRITE_OWNER
            | AccessMask.DELETE;

    /** Who has these rights to the root of a share is shown full control. */
    private static final int ROOT = AccessMask.FILE_LIST_DIRECTORY
            | AccessMask.FILE_ADD_FILE
            | AccessMask.FILE_TRAVERSE
            | AccessMask.FILE_DELETE_CHILD;

    private final Share share;

    AccessRights(Share share) {
        this.share = share;
    }

    /**
     * Whose rights.
     *
     * @param who as whom the kernel is asked
     */
    record Subject(SecurityContext context, PosixIdentity who) {}

    /**
     * The answer.
     *
     * @param granted all rights
     * @param decided whether the descriptor of the file decided, so that the kernel does not prove all of them
     */
    record Rights(int granted, boolean decided) {
        static final Rights NONE = new Rights(0, false);
    }

    /** As whom a request is carried out: as the daemon where a privilege gives all that is wanted. */
    PosixIdentity identity(OpenRequest request) {
        PosixIdentity who = share.identity(request.context());
        int given = byPrivilege(request);
        int wanted = GrantAccess.wanted(request);
        boolean privileged = given != 0
                && !AccessMask.has(request.desiredAccess(), AccessMask.MAXIMUM_ALLOWED)
                && !request.disposition().overwrites()
                && AccessMask.has(given, wanted & ~AccessMask.ACCESS_SYSTEM_SECURITY);
        return privileged ? share.daemon() : who;
    }

    private static int byPrivilege(OpenRequest request) {
        if (!CreateOptions.has(request.createOptions(), CreateOptions.OPEN_FOR_BACKUP_INTENT)) {
            return 0;
        }
        return (request.context().has(Privilege.SE_BACKUP) ? BACKUP : 0)
                | (request.context().has(Privilege.SE_RESTORE) ? RESTORE : 0);
    }

    /**
     * The rights to a file.
     *
     * @param file open, for metadata at least
     * @param interesting the directory is only looked at for rights that are among these
     */
    Rights of(Subject subject, String hostPath, StoreFile file, StoreStat stat, int interesting) {
        int always = AccessCheck.byPrivilege(subject.context());
        boolean superuser = PosixAccess.mayAll(subject.who());
        if (superuser
                && (share.volume().capabilities().identity()
                        || !share.security().options().stored())) {
            return new Rights(AccessMask.FILE_ALL_ACCESS | always, false);
        }
        Optional<SecurityDescriptor> descriptor = share.security().deciding(file, stat);
        int granted = descriptor.isPresent()
                ? AccessCheck.granted(descriptor.get(), subject.context())
                : byHost(subject.who(), file, stat) | always;
        int byParent = (AccessMask.DELETE | AccessMask.FILE_READ_ATTRIBUTES) & interesting & ~granted;
        if (byParent != 0 && !hostPath.isEmpty()) {
            granted |= byParent(subject, hostPath, stat, descriptor.isPresent()) & byParent;
        }
        boolean wholeRoot = hostPath.isEmpty() && descriptor.isEmpty() && AccessMask.has(granted, ROOT);
        if (wholeRoot && share.security().options().mapFullControl()) {
            granted |= AccessMask.DELETE; // as its descriptor shows; what is above it is no business of the share
        }
        return new Rights(granted, descriptor.isPresent());
    }

    private int byHost(PosixIdentity who, StoreFile file, StoreStat stat) {
        int permissions = PosixAccess.isOwner(who, stat)
                ? PosixAcl.ofMode(stat.mode()).granted(who, stat.uid(), stat.gid())
                : FileSecurity.hostList(file, stat).granted(who, stat.uid(), stat.gid());
        int granted = PosixAccess.rights(who, stat, permissions);
        boolean changes =
                share.security().options().dosFilemode() && AccessMask.has(granted, AccessMask.FILE_WRITE_DATA);
        return changes ? granted | AccessMask.WRITE_DAC | AccessMask.WRITE_OWNER : granted;
    }

    /** Who may delete in a directory may delete its files, and who may list it may see their attributes. */
    private int byParent(Subject subject, String hostPath, StoreStat child, boolean descriptors) {
        String parentPath = HostPaths.parent(hostPath);
        Optional<StoreFile> found = share.volume().find(subject.who(), parentPath);
        if (found.isEmpty()) {
            return 0;
        }
        try (StoreFile parent = found.get()) {
            StoreStat stat = parent.stat();
            Rights rights = of(subject, parentPath, parent, stat, 0);
            boolean deletes = AccessMask.has(rights.granted(), AccessMask.FILE_DELETE_CHILD)
                    && (rights.decided() || PosixAccess.maySticky(subject.who(), child, stat));
            boolean lists = descriptors && AccessMask.has(rights.granted(), AccessMask.FILE_LIST_DIRECTORY);
            return (deletes ? AccessMask.DELETE : 0) | (lists ? AccessMask.FILE_READ_ATTRIBUTES : 0);
        }
    }
}

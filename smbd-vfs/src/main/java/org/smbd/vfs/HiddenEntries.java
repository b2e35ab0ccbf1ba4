package org.smbd.vfs;

import org.smbd.core.file.AccessMask;
import org.smbd.core.status.SmbException;
import org.smbd.vfs.security.AclOptions;
import org.smbd.vfs.store.HostPaths;
import org.smbd.vfs.store.StoreFile;
import org.smbd.vfs.store.StoreStat;

/** Access-based enumeration: {@code hide unreadable} and {@code hide unwriteable files}. */
final class HiddenEntries {
    private static final int READING = AccessMask.FILE_READ_DATA
            | AccessMask.FILE_READ_EA
            | AccessMask.FILE_READ_ATTRIBUTES
            | AccessMask.READ_CONTROL;
    private static final int WRITING = AccessMask.FILE_WRITE_DATA
            | AccessMask.FILE_APPEND_DATA
            | AccessMask.FILE_WRITE_EA
            | AccessMask.FILE_WRITE_ATTRIBUTES;

    private final Share share;
    private final AccessRights rights;

    HiddenEntries(Share share) {
        this.share = share;
        this.rights = new AccessRights(share);
    }

    /** Whether a name of a directory is shown to who has it open; one that has just gone is not. */
    boolean shows(LocalOpen directory, String hostName) {
        AclOptions acls = share.security().options();
        if (!acls.hides()) {
            return true;
        }
        String path = HostPaths.join(directory.hostPath(), hostName);
        try (StoreFile file = share.volume().find(directory.who(), path).orElse(null)) {
            if (file == null) {
                return false;
            }
            StoreStat stat = file.stat();
            AccessRights.Subject subject = new AccessRights.Subject(directory.context(), directory.who());
            int granted = rights.of(subject, path, file, stat, 0).granted();
            boolean readable = AccessMask.has(granted, READING);
            boolean writable = stat.isDirectory() || AccessMask.has(granted, WRITING);
            return (readable || !acls.hideUnreadable()) && (writable || !acls.hideUnwriteable());
        } catch (SmbException refused) {
            return false; // who may not even see its facts may not read it
        }
    }
}

package org.smbd.vfs;

import java.util.Optional;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.CreateOptions;
import org.smbd.core.file.FileAttributes;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.PosixIdentity;
import org.smbd.vfs.name.ResolvedPath;
import org.smbd.vfs.node.FileNode;
import org.smbd.vfs.store.DosAttributes;
import org.smbd.vfs.store.StoreAccess;
import org.smbd.vfs.store.StoreFile;
import org.smbd.vfs.store.StoreStat;

/** MS-FSA 2.1.5.1.1 Creation of a New File, as far as the host's file goes. */
final class NewFile {
    private final Share share;
    private final NewSecurity security;

    NewFile(Share share) {
        this.share = share;
        this.security = new NewSecurity(share);
    }

    /** Why the request may not create, if so. */
    static Optional<NtStatus> check(OpenRequest request) {
        int options = request.createOptions();
        boolean directory = CreateOptions.has(options, CreateOptions.DIRECTORY_FILE);
        if (!request.disposition().creates()) {
            return Optional.of(NtStatus.OBJECT_NAME_NOT_FOUND);
        }
        if (request.path().endsWith("\\") && !directory) {
            return Optional.of(NtStatus.OBJECT_NAME_INVALID);
        }
        if (directory && FileAttributes.has(request.fileAttributes(), FileAttributes.TEMPORARY)) {
            return Optional.of(NtStatus.INVALID_PARAMETER);
        }
        boolean readOnly = FileAttributes.has(request.fileAttributes(), FileAttributes.READONLY);
        if (readOnly && CreateOptions.has(options, CreateOptions.DELETE_ON_CLOSE)) {
            return Optional.of(NtStatus.CANNOT_DELETE);
        }
        int addRight = directory ? AccessMask.FILE_ADD_SUBDIRECTORY : AccessMask.FILE_ADD_FILE;
        int wanted = GrantAccess.wanted(request) & ~AccessMask.ACCESS_SYSTEM_SECURITY;
        return AccessMask.has(request.accessMax(), wanted | addRight)
                ? Optional.empty()
                : Optional.of(NtStatus.ACCESS_DENIED);
    }

    /** GrantedAccess: all that was asked for, within what the share leaves. */
    static int granted(OpenRequest request) {
        int wanted = GrantAccess.wanted(request);
        boolean maximum = AccessMask.has(request.desiredAccess(), AccessMask.MAXIMUM_ALLOWED);
        return maximum ? wanted | request.accessMax() & AccessMask.FILE_ALL_ACCESS : wanted;
    }

    /** Makes the file, open for reading and writing, or the directory; OBJECT_NAME_COLLISION if it is there by now. */
    StoreFile create(OpenRequest request, PosixIdentity who, ResolvedPath path) {
        StoreStat parent = path.parent().orElseThrow(NtStatus.OBJECT_PATH_NOT_FOUND::exception);
        if (share.nodes().find(parent.key()).filter(FileNode::isDeletePending).isPresent()) {
            throw NtStatus.DELETE_PENDING.exception();
        }
        security.requireAdd(request, who, path.hostParent());
        int mode = security.mode(request, who, path.hostParent(), parent);
        StoreFile file = new DirectoryChange(
                        share, who, path.hostParent(), request.caching().parentLeaseKey())
                .make(() -> make(request, who, path, mode));
        share.nameAdded(who, path.hostParent(), path.hostName());
        try {
            if (CreateOptions.has(request.createOptions(), CreateOptions.NO_COMPRESSION)
                    && file.stat().compressed()) {
                file.extents().setCompressed(false); // inherited from its directory
            }
            if (share.options().inheritOwner()) {
                file.setOwner(parent.uid(), -1);
            }
            security.secure(request, who, path.hostPath(), file);
        } catch (RuntimeException failed) {
            file.close();
            throw failed;
        }
        return file;
    }

    private StoreFile make(OpenRequest request, PosixIdentity who, ResolvedPath path, int mode) {
        return CreateOptions.has(request.createOptions(), CreateOptions.DIRECTORY_FILE)
                ? share.volume().createDirectory(who, path.hostPath(), mode)
                : share.volume().createFile(who, path.hostPath(), StoreAccess.READ_WRITE, mode);
    }

    /** Gives a file that was just made its attributes; returns them. */
    DosAttributes keepFirst(OpenRequest request, StoreFile file, StoreStat stat) {
        int attributes = request.fileAttributes() & FileAttributes.SETTABLE;
        attributes |= stat.isDirectory() ? 0 : FileAttributes.ARCHIVE;
        DosAttributes kept = new DosAttributes(attributes, stat.creationTime(), 0);
        share.facts().keep(file, kept);
        return kept;
    }
}

package org.smbd.vfs;

import java.util.Optional;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.CreateAction;
import org.smbd.core.file.CreateDisposition;
import org.smbd.core.file.CreateOptions;
import org.smbd.core.file.FileAttributes;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.core.type.PosixIdentity;
import org.smbd.vfs.access.PosixAccess;
import org.smbd.vfs.name.ResolvedPath;
import org.smbd.vfs.node.FileNode;
import org.smbd.vfs.store.DosAttributes;
import org.smbd.vfs.store.StoreAccess;
import org.smbd.vfs.store.StoreFile;
import org.smbd.vfs.store.StoreStat;

/** MS-FSA 2.1.5.1 Server Requests an Open of a File. */
final class OpenAlgorithm {
    /** A file that comes and goes between two looks is given up on after so many. */
    private static final int RACES_MAX = 8;

    private static final int READ_BITS = AccessMask.FILE_READ_DATA | AccessMask.FILE_EXECUTE;
    private static final int WRITE_BITS = AccessMask.FILE_WRITE_DATA | AccessMask.FILE_APPEND_DATA;
    /** What an overwrite needs beyond what was asked for. */
    private static final int OVERWRITE_BITS =
            AccessMask.FILE_WRITE_DATA | AccessMask.FILE_WRITE_EA | AccessMask.FILE_WRITE_ATTRIBUTES;
    /** Rights that the kernel does not check when a file is opened. */
    private static final int NOT_OF_KERNEL = AccessMask.DELETE
            | AccessMask.WRITE_DAC
            | AccessMask.WRITE_OWNER
            | AccessMask.FILE_WRITE_ATTRIBUTES
            | AccessMask.FILE_WRITE_EA
            | AccessMask.FILE_READ_EA;

    private static final int FILE_MODE = 0666;
    private static final int DIRECTORY_MODE = 0777;

    private final Share share;

    OpenAlgorithm(Share share) {
        this.share = share;
    }

    Outcome<OpenResult> open(OpenRequest request) {
        Optional<NtStatus> wrong = OpenChecks.check(request);
        if (wrong.isPresent()) {
            return new Outcome.Fail<>(wrong.get());
        }
        PosixIdentity who = share.identity(request.context());
        for (int race = 0; race < RACES_MAX; race++) {
            Outcome<ResolvedPath> resolution = share.resolver().resolve(who, request.path());
            if (resolution instanceof Outcome.Fail<ResolvedPath> fail) {
                return new Outcome.Fail<>(fail.status());
            }
            ResolvedPath path = ((Outcome.Done<ResolvedPath>) resolution).value();
            boolean existed = path.stat().isPresent();
            try {
                return existed ? openExisting(request, who, path, path.stat().get()) : create(request, who, path);
            } catch (SmbException failed) {
                NtStatus raced = existed ? NtStatus.OBJECT_NAME_NOT_FOUND : NtStatus.OBJECT_NAME_COLLISION;
                if (failed.status() != raced) {
                    return new Outcome.Fail<>(failed.status());
                }
            }
        }
        return new Outcome.Fail<>(NtStatus.SHARING_VIOLATION);
    }

    /** 2.1.5.1.1 Creation of a New File. */
    private Outcome<OpenResult> create(OpenRequest request, PosixIdentity who, ResolvedPath path) {
        if (!request.disposition().creates()) {
            return new Outcome.Fail<>(NtStatus.OBJECT_NAME_NOT_FOUND);
        }
        boolean directory = CreateOptions.has(request.createOptions(), CreateOptions.DIRECTORY_FILE);
        if (request.path().endsWith("\\") && !directory) {
            return new Outcome.Fail<>(NtStatus.OBJECT_NAME_INVALID);
        }
        boolean readOnly = FileAttributes.has(request.fileAttributes(), FileAttributes.READONLY);
        if (readOnly && CreateOptions.has(request.createOptions(), CreateOptions.DELETE_ON_CLOSE)) {
            return new Outcome.Fail<>(NtStatus.CANNOT_DELETE);
        }
        int wanted = AccessMask.mapGeneric(request.desiredAccess()) & ~AccessMask.MAXIMUM_ALLOWED;
        int addRight = directory ? AccessMask.FILE_ADD_SUBDIRECTORY : AccessMask.FILE_ADD_FILE;
        if (!AccessMask.has(request.accessMax(), wanted | addRight)) {
            return new Outcome.Fail<>(NtStatus.ACCESS_DENIED);
        }
        StoreStat parent =
                share.volume().stat(who, path.hostParent()).orElseThrow(NtStatus.OBJECT_PATH_NOT_FOUND::exception);
        if (share.nodes()
                .find(parent.key())
                .filter(node -> node.isDeletePending())
                .isPresent()) {
            return new Outcome.Fail<>(NtStatus.DELETE_PENDING);
        }
        boolean maximum = AccessMask.has(request.desiredAccess(), AccessMask.MAXIMUM_ALLOWED);
        int granted = maximum ? wanted | request.accessMax() & AccessMask.FILE_ALL_ACCESS : wanted;
        StoreFile file = directory
                ? share.volume().createDirectory(who, path.hostPath(), directoryMode())
                : share.volume().createFile(who, path.hostPath(), StoreAccess.READ_WRITE, fileMode());
        try {
            return created(request, who, path, parent, file, granted);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private Outcome<OpenResult> created(
            OpenRequest request, PosixIdentity who, ResolvedPath path, StoreStat parent, StoreFile file, int granted) {
        share.nameAdded(who, path.hostParent(), path.hostName());
        if (share.options().inheritOwner()) {
            inheritOwner(path.hostPath(), parent);
        }
        StoreStat stat = file.stat();
        int attributes = request.fileAttributes() & FileAttributes.SETTABLE;
        attributes |= stat.isDirectory() ? 0 : FileAttributes.ARCHIVE;
        share.facts().keep(file, new DosAttributes(attributes, stat.creationTime(), 0));
        if (request.allocationSize() > 0 && !stat.isDirectory()) {
            file.allocate(request.allocationSize());
        }
        return finish(request, who, path, file, stat, granted, granted, CreateAction.CREATED);
    }

    private void inheritOwner(String hostPath, StoreStat parent) {
        PosixIdentity asDaemon = share.volume().capabilities().identity() ? PosixIdentity.ROOT : share.daemon();
        try (StoreFile file = share.volume().open(asDaemon, hostPath, StoreAccess.METADATA)) {
            file.setOwner(parent.uid(), -1);
        }
    }

    /** 2.1.5.1.2 Open of an Existing File. */
    private Outcome<OpenResult> openExisting(
            OpenRequest request, PosixIdentity who, ResolvedPath path, StoreStat seen) {
        Optional<NtStatus> wrong = checkType(request, seen.isDirectory());
        if (wrong.isPresent()) {
            return new Outcome.Fail<>(wrong.get());
        }
        boolean overwrites = request.disposition().overwrites();
        boolean maximum = AccessMask.has(request.desiredAccess(), AccessMask.MAXIMUM_ALLOWED);
        int wanted = AccessMask.mapGeneric(request.desiredAccess()) & ~AccessMask.MAXIMUM_ALLOWED;
        int needed = overwrites ? wanted | OVERWRITE_BITS : wanted;
        if (!AccessMask.has(request.accessMax(), needed)) {
            return new Outcome.Fail<>(NtStatus.ACCESS_DENIED);
        }
        int possible = 0;
        if (maximum || AccessMask.hasAny(needed, NOT_OF_KERNEL)) {
            possible = PosixAccess.granted(who, seen, parentOf(who, path, seen));
        }
        int granted = maximum ? wanted | possible & request.accessMax() : wanted;
        StoreFile file =
                openStore(who, path.hostPath(), seen.isDirectory(), needed, maximum ? granted | needed : needed);
        try {
            StoreStat stat = file.stat();
            DosAttributes kept = share.facts().kept(file, stat);
            boolean readOnly = FileAttributes.has(kept.attributes(), FileAttributes.READONLY) && !stat.isDirectory();
            Optional<NtStatus> refused = checkAccess(request, kept, readOnly, wanted, needed, possible);
            if (refused.isPresent()) {
                file.close();
                return new Outcome.Fail<>(refused.get());
            }
            granted = readOnly && maximum ? granted & ~WRITE_BITS | wanted : granted;
            CreateAction action = !overwrites
                    ? CreateAction.OPENED
                    : request.disposition() == CreateDisposition.SUPERSEDE
                            ? CreateAction.SUPERSEDED
                            : CreateAction.OVERWRITTEN;
            int sharing = overwrites ? granted | AccessMask.FILE_WRITE_DATA : granted;
            return finish(request, who, path, file, stat, granted, sharing, action);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** 2.1.5.1, phase 7: what is there against what was asked for. */
    private static Optional<NtStatus> checkType(OpenRequest request, boolean directory) {
        boolean wantsDirectory = CreateOptions.has(request.createOptions(), CreateOptions.DIRECTORY_FILE);
        boolean wantsFile = CreateOptions.has(request.createOptions(), CreateOptions.NON_DIRECTORY_FILE);
        if (request.disposition() == CreateDisposition.CREATE) {
            return Optional.of(NtStatus.OBJECT_NAME_COLLISION);
        }
        if (wantsDirectory && !directory) {
            return Optional.of(NtStatus.NOT_A_DIRECTORY);
        }
        if (wantsFile && directory) {
            return Optional.of(NtStatus.FILE_IS_A_DIRECTORY);
        }
        if (directory && request.disposition().overwrites()) {
            return Optional.of(NtStatus.INVALID_PARAMETER);
        }
        return request.path().endsWith("\\") && !directory
                ? Optional.of(NtStatus.OBJECT_NAME_INVALID)
                : Optional.empty();
    }

    /** 2.1.5.1.2.1 Algorithm to Check Access to an Existing File, where the kernel does not. */
    private static Optional<NtStatus> checkAccess(
            OpenRequest request, DosAttributes kept, boolean readOnly, int wanted, int needed, int possible) {
        boolean deletes = CreateOptions.has(request.createOptions(), CreateOptions.DELETE_ON_CLOSE);
        boolean keptReadOnly = FileAttributes.has(kept.attributes(), FileAttributes.READONLY);
        if (keptReadOnly && deletes) {
            return Optional.of(NtStatus.CANNOT_DELETE);
        }
        if (readOnly && AccessMask.hasAny(needed, WRITE_BITS)) {
            return Optional.of(NtStatus.ACCESS_DENIED);
        }
        if (request.disposition().overwrites()) {
            int mustBeNamed = kept.attributes() & (FileAttributes.HIDDEN | FileAttributes.SYSTEM);
            if (!FileAttributes.has(request.fileAttributes(), mustBeNamed)) {
                return Optional.of(NtStatus.ACCESS_DENIED);
            }
        }
        int unproven = wanted & NOT_OF_KERNEL;
        if (AccessMask.hasAny(wanted, WRITE_BITS)) { // the kernel has just allowed to write
            unproven &= ~(AccessMask.FILE_WRITE_ATTRIBUTES | AccessMask.FILE_WRITE_EA);
        }
        if (AccessMask.hasAny(wanted, READ_BITS)) {
            unproven &= ~AccessMask.FILE_READ_EA;
        }
        return AccessMask.has(possible, unproven) ? Optional.empty() : Optional.of(NtStatus.ACCESS_DENIED);
    }

    private StoreStat parentOf(PosixIdentity who, ResolvedPath path, StoreStat itself) {
        return path.hostName().isEmpty()
                ? itself
                : share.volume().stat(who, path.hostParent()).orElse(itself);
    }

    /** Opens the host's file for what is needed, and for what else might be granted if the kernel allows. */
    private StoreFile openStore(PosixIdentity who, String hostPath, boolean directory, int needed, int best) {
        StoreAccess least = storeAccess(needed, directory);
        StoreAccess most = storeAccess(best, directory);
        if (most != least) {
            try {
                return share.volume().open(who, hostPath, most);
            } catch (SmbException refused) {
                if (refused.status() != NtStatus.ACCESS_DENIED) {
                    throw refused;
                }
            }
        }
        return share.volume().open(who, hostPath, least);
    }

    private static StoreAccess storeAccess(int access, boolean directory) {
        boolean reads = AccessMask.hasAny(access, READ_BITS);
        boolean writes = AccessMask.hasAny(access, WRITE_BITS) && !directory;
        if (writes) {
            return reads ? StoreAccess.READ_WRITE : StoreAccess.WRITE;
        }
        return reads ? StoreAccess.READ : StoreAccess.METADATA;
    }

    /** 2.1.5.1.2.2 Algorithm to Check Sharing Access, and what follows once nothing can refuse any more. */
    private Outcome<OpenResult> finish(
            OpenRequest request,
            PosixIdentity who,
            ResolvedPath path,
            StoreFile file,
            StoreStat stat,
            int granted,
            int sharing,
            CreateAction action) {
        LocalOpen open = new LocalOpen(
                share,
                request,
                who,
                stat.isDirectory(),
                granted,
                share.facts().idOf(stat),
                path.hostPath(),
                path.clientPath());
        open.attach(file);
        Outcome<FileNode> added = share.nodes().add(stat.key(), open, sharing);
        if (added instanceof Outcome.Fail<FileNode> fail) {
            file.close();
            return new Outcome.Fail<>(fail.status());
        }
        open.join(((Outcome.Done<FileNode>) added).value());
        try {
            if (action == CreateAction.OVERWRITTEN || action == CreateAction.SUPERSEDED) {
                overwrite(request, file, stat);
            }
            return new Outcome.Done<>(new OpenResult(open, action, share.facts().of(file, open.path())));
        } catch (RuntimeException e) {
            share.nodes().withdraw(open.node(), open);
            throw e;
        }
    }

    private void overwrite(OpenRequest request, StoreFile file, StoreStat stat) {
        DosAttributes kept = share.facts().kept(file, stat);
        file.truncate(0);
        int attributes = request.fileAttributes() & FileAttributes.SETTABLE & ~FileAttributes.NOT_CONTENT_INDEXED;
        share.facts().keep(file, new DosAttributes(attributes | FileAttributes.ARCHIVE, kept.creationTime(), 0));
        if (request.allocationSize() > 0) {
            file.allocate(request.allocationSize());
        }
    }

    private int fileMode() {
        return FILE_MODE & share.options().createMask() | share.options().forceCreateMode();
    }

    private int directoryMode() {
        return DIRECTORY_MODE & share.options().directoryMask()
                | share.options().forceDirectoryMode();
    }
}

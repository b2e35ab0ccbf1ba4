package org.smbd.vfs;

import java.util.Optional;
import org.smbd.core.file.CreateAction;
import org.smbd.core.file.CreateDisposition;
import org.smbd.core.file.CreateOptions;
import org.smbd.core.file.FileAttributes;
import org.smbd.core.file.FileMetadata;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.core.type.PosixIdentity;
import org.smbd.vfs.data.ReparsePoints;
import org.smbd.vfs.name.ResolvedPath;
import org.smbd.vfs.node.FileNode;
import org.smbd.vfs.node.NodeOpen;
import org.smbd.vfs.notify.Change;
import org.smbd.vfs.notify.CompletionFilter;
import org.smbd.vfs.oplock.FileCaching;
import org.smbd.vfs.oplock.LeaseKey;
import org.smbd.vfs.store.DosAttributes;
import org.smbd.vfs.store.FileKey;
import org.smbd.vfs.store.StoreFile;
import org.smbd.vfs.store.StoreStat;
import org.smbd.vfs.stream.SideFiles;
import org.smbd.vfs.stream.StoredStream;
import org.smbd.vfs.stream.StreamPath;
import org.smbd.vfs.stream.StreamStore;

/**
 * MS-FSA 2.1.5.1 Server Requests an Open of a File.
 *
 * <p>A file is first opened for its facts only, by the name as the client wrote it; all later steps are about that very
 * file, whatever happens to its name meanwhile. Names are searched only if there is none of exactly that name.
 */
final class OpenAlgorithm {
    /** A file that comes and goes between two looks is given up on after so many. */
    private static final int RACES_MAX = 8;

    private final Share share;
    private final GrantAccess access;
    private final NewFile newFile;
    private final AccessRights rights;

    OpenAlgorithm(Share share) {
        this.share = share;
        this.access = new GrantAccess(share);
        this.newFile = new NewFile(share);
        this.rights = new AccessRights(share);
    }

    /** What a path with a type behind its last name says: the default stream, or a directory. */
    Outcome<OpenResult> open(OpenRequest request, StreamPath path) {
        int options = request.createOptions();
        boolean data = path.type() == StreamPath.Type.DATA;
        if (data && CreateOptions.has(options, CreateOptions.DIRECTORY_FILE)) {
            return new Outcome.Fail<>(NtStatus.NOT_A_DIRECTORY);
        }
        if (!data && CreateOptions.has(options, CreateOptions.NON_DIRECTORY_FILE)) {
            return new Outcome.Fail<>(NtStatus.FILE_IS_A_DIRECTORY);
        }
        return open(request.at(
                path.filePath(), options | (data ? CreateOptions.NON_DIRECTORY_FILE : CreateOptions.DIRECTORY_FILE)));
    }

    Outcome<OpenResult> open(OpenRequest request) {
        Optional<NtStatus> wrong = OpenChecks.check(request);
        if (wrong.isPresent()) {
            return new Outcome.Fail<>(wrong.get());
        }
        PosixIdentity who = rights.identity(request);
        Outcome<ResolvedPath> parsed = share.resolver(request).exactly(request.path());
        if (parsed instanceof Outcome.Fail<ResolvedPath> fail) {
            return new Outcome.Fail<>(fail.status());
        }
        ResolvedPath exact = ((Outcome.Done<ResolvedPath>) parsed).value();
        for (int race = 0; race < RACES_MAX; race++) {
            try {
                Optional<Outcome<OpenResult>> outcome = attempt(request, who, exact, race);
                if (outcome.isPresent()) {
                    return outcome.get();
                }
            } catch (SmbException failed) {
                return new Outcome.Fail<>(failed.status());
            }
        }
        return new Outcome.Fail<>(NtStatus.SHARING_VIOLATION);
    }

    /** One attempt; empty if the name came or went meanwhile. */
    private Optional<Outcome<OpenResult>> attempt(
            OpenRequest request, PosixIdentity who, ResolvedPath exact, int race) {
        if (SideFiles.isHidden(exact.hostPath())) {
            return Optional.of(new Outcome.Fail<>(hidden(request)));
        }
        long moment = share.nodes().nameChanges().now();
        boolean isNew = race == 0 // most likely, and the search will tell if not
                && request.disposition() == CreateDisposition.CREATE
                && !exact.hostName().isEmpty();
        Optional<StoreFile> found = isNew ? Optional.empty() : find(request, who, exact.hostPath());
        if (found.isPresent()) {
            return openExisting(request, who, exact, found.get(), moment);
        }
        Outcome<ResolvedPath> search = request.disposition() == CreateDisposition.CREATE
                ? share.resolver(request).searchNew(who, request.path())
                : share.resolver(request).search(who, request.path());
        if (search instanceof Outcome.Fail<ResolvedPath> fail) {
            return Optional.of(new Outcome.Fail<>(fail.status()));
        }
        ResolvedPath path = ((Outcome.Done<ResolvedPath>) search).value();
        if (SideFiles.isHidden(path.hostPath())) {
            return Optional.of(new Outcome.Fail<>(hidden(request)));
        }
        if (path.stat().isPresent()) {
            return find(request, who, path.hostPath()).flatMap(file -> openExisting(request, who, path, file, moment));
        }
        Optional<NtStatus> refused = NewFile.check(request);
        if (refused.isPresent()) {
            return Optional.of(new Outcome.Fail<>(refused.get()));
        }
        refuseKeyOfAnotherFile(request, Optional.empty(), path);
        StoreFile file;
        try {
            file = newFile.create(request, who, path);
        } catch (SmbException e) {
            if (e.status() == NtStatus.OBJECT_NAME_COLLISION) {
                return Optional.empty();
            }
            throw e;
        }
        try {
            return created(request, who, path, file, moment);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static NtStatus hidden(OpenRequest request) {
        return request.disposition().creates() ? NtStatus.ACCESS_DENIED : NtStatus.OBJECT_NAME_NOT_FOUND;
    }

    /** Who asks for a reparse point itself gets a link, too, and not what it leads to. */
    private Optional<StoreFile> find(OpenRequest request, PosixIdentity who, String hostPath) {
        return CreateOptions.has(request.createOptions(), CreateOptions.OPEN_REPARSE_POINT)
                ? share.volume().findLink(who, hostPath)
                : share.volume().find(who, hostPath);
    }

    private Optional<Outcome<OpenResult>> created(
            OpenRequest request, PosixIdentity who, ResolvedPath path, StoreFile file, long moment) {
        StoreStat stat = file.stat();
        DosAttributes kept = newFile.keepFirst(request, file, stat);
        if (!request.extendedAttributes().isEmpty()) {
            share.eas().set(file, request.extendedAttributes());
        }
        int granted = NewFile.granted(request);
        return joined(request, who, path, new GrantAccess.Granted(granted, file), stat, granted, moment)
                .map(open -> {
                    enter(open, false);
                    share.changes().post(Change.added(open.location(), open.isDirectory()));
                    return done(open, CreateAction.CREATED, () -> {
                        share.reserve(open, request.allocationSize());
                        return share.facts().of(file.stat(), kept, open);
                    });
                });
    }

    /** 2.1.5.1.2 Open of an Existing File. */
    private Optional<Outcome<OpenResult>> openExisting(
            OpenRequest request, PosixIdentity who, ResolvedPath path, StoreFile found, long moment) {
        GrantAccess.Granted granted;
        StoreStat stat;
        DosAttributes kept;
        try {
            stat = found.stat();
            if (CreateOptions.has(request.createOptions(), CreateOptions.NO_EA_KNOWLEDGE)
                    && share.eas().isAnyNeeded(found)) {
                throw NtStatus.ACCESS_DENIED.exception();
            }
            checkType(request, stat.isDirectory(), path.hostName().isEmpty()).ifPresent(OpenAlgorithm::refuse);
            refuseKeyOfAnotherFile(request, Optional.of(stat.key()), path);
            kept = share.facts().kept(found, stat);
            if (!CreateOptions.has(request.createOptions(), CreateOptions.OPEN_REPARSE_POINT)) {
                ReparsePoints.refusal(stat, kept).ifPresent(OpenAlgorithm::refuse);
            }
            granted = access.grant(request, new GrantAccess.Found(who, path.hostPath(), found, stat, kept));
        } catch (SmbException e) {
            found.close();
            throw e;
        }
        try {
            int sharing = granted.access() | GrantAccess.overwriting(request);
            return joined(request, who, path, granted, stat, sharing, moment)
                    .map(open -> opened(request, open, kept, stat));
        } catch (RuntimeException e) {
            granted.file().close();
            throw e;
        }
    }

    private Outcome<OpenResult> opened(OpenRequest request, LocalOpen open, DosAttributes kept, StoreStat stat) {
        enter(open, true);
        if (!request.disposition().overwrites()) {
            return done(open, CreateAction.OPENED, () -> share.facts().of(stat, kept, open));
        }
        CreateAction action = request.disposition() == CreateDisposition.SUPERSEDE
                ? CreateAction.SUPERSEDED
                : CreateAction.OVERWRITTEN;
        return done(open, action, () -> overwritten(request, open, kept));
    }

    private static void refuse(NtStatus status) {
        throw status.exception();
    }

    /** 2.1.5.1, phase 7, and 2.1.5.1.2: what is there against what was asked for. */
    private static Optional<NtStatus> checkType(OpenRequest request, boolean directory, boolean isRoot) {
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
            return Optional.of(isRoot ? NtStatus.ACCESS_DENIED : NtStatus.OBJECT_NAME_COLLISION);
        }
        return request.path().endsWith("\\") && !directory
                ? Optional.of(NtStatus.OBJECT_NAME_INVALID)
                : Optional.empty();
    }

    /**
     * 2.1.5.1.2.2 Algorithm to Check Sharing Access: an open that its node knows; throws SHARING_VIOLATION, ... Empty
     * if the name has become another file's since {@code moment}.
     */
    private Optional<LocalOpen> joined(
            OpenRequest request,
            PosixIdentity who,
            ResolvedPath path,
            GrantAccess.Granted granted,
            StoreStat stat,
            int sharing,
            long moment) {
        LocalOpen open = new LocalOpen(
                share,
                request,
                who,
                stat.isDirectory(),
                granted.access(),
                share.facts().idOf(stat),
                path.hostPath(),
                path.clientPath(),
                share.location(who, path.hostPath(), granted.file()));
        if (!stat.isDirectory()) {
            share.volume().shareDescriptor(granted.file(), stat.key());
        }
        open.attach(granted.file());
        Outcome<FileNode> added = share.nodes().add(stat.key(), open, sharing);
        if (added instanceof Outcome.Fail<FileNode> fail) {
            if (fail.status() == NtStatus.SHARING_VIOLATION) {
                breakForSharing(stat.key(), open);
            }
            throw fail.status().exception();
        }
        open.join(((Outcome.Done<FileNode>) added).value());
        if (!share.nodes().nameChanges().isQuietSince(moment) && !share.leadsTo(who, path.hostPath(), stat.key())) {
            share.nodes().withdraw(open.node(), open);
            granted.file().close();
            return Optional.empty();
        }
        return Optional.of(open);
    }

    /** Who only caches a handle gives it up; then the open starts again. */
    void breakForSharing(FileKey key, LocalOpen open) {
        share.nodes()
                .find(key)
                .ifPresent(node -> BreakWait.unlessDone(node.caching().breakForSharing(open.caching())));
    }

    /**
     * 2.1.4.12, case OPEN: others give up what they may not cache beside this open. With FILE_DELETE_ON_CLOSE that is
     * handles, too: smb2.lease.unlink pins Windows.
     */
    void enter(LocalOpen open, boolean wait) {
        FileCaching caching = open.node().caching();
        Outcome<Void> breaking = caching.enter(open.caching(), wait);
        if (wait && open.deleteOnClose() && !(breaking instanceof Outcome.Wait)) {
            breaking = caching.breakHandles(open.caching(), false);
            if (breaking instanceof Outcome.Wait) {
                caching.leave(open.caching()).run();
            }
        }
        if (breaking instanceof Outcome.Wait<Void> waiting) {
            share.nodes().withdraw(open.node(), open);
            throw new BreakWait(waiting.operation());
        }
    }

    /** MS-SMB2 3.3.5.9.8: a lease belongs to one file. */
    private void refuseKeyOfAnotherFile(OpenRequest request, Optional<FileKey> file, ResolvedPath path) {
        Optional<LeaseKey> key = request.caching().leaseKey();
        if (key.isPresent()
                && share.nodes().oplocks().isOfAnotherFile(key.get(), file, share.nameOf(path.clientPath()))) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
    }

    private interface Metadata {
        FileMetadata read();
    }

    /** What is left once sharing allows; the open is withdrawn if that fails. */
    private Outcome<OpenResult> done(LocalOpen open, CreateAction action, Metadata metadata) {
        try {
            FileMetadata facts = metadata.read();
            FileNode node = open.node();
            node.caching()
                    .grant(open.caching(), node.isDeletePending(), node.locks().size() > 0);
            return new Outcome.Done<>(new OpenResult(open, action, facts));
        } catch (SmbException e) {
            open.node().caching().leave(open.caching()).run();
            share.nodes().withdraw(open.node(), open);
            throw e;
        }
    }

    private FileMetadata overwritten(OpenRequest request, LocalOpen open, DosAttributes before) {
        StoreFile file = open.file();
        FileChange.ofSize(share, open, () -> file.truncate(0));
        int attributes = request.fileAttributes() & FileAttributes.SETTABLE & ~FileAttributes.NOT_CONTENT_INDEXED;
        DosAttributes kept = new DosAttributes(attributes | FileAttributes.ARCHIVE, before.creationTime(), 0);
        share.facts().keep(file, kept);
        removeStreams(open);
        if (share.eas().isServed()) {
            share.eas().replace(file, request.extendedAttributes());
        }
        share.reserve(open, request.allocationSize());
        open.reportChange(CompletionFilter.ATTRIBUTES | CompletionFilter.SIZE | CompletionFilter.LAST_WRITE);
        return share.facts().of(file.stat(), kept, open);
    }

    /** An overwritten file has only its default stream; what is open of the others goes with its last close. */
    private void removeStreams(LocalOpen open) {
        for (NodeOpen streamOpen : open.node().streamOpens()) {
            LocalOpen stream = (LocalOpen) streamOpen;
            stream.node().markDeleted(stream, true, false);
        }
        for (StoredStream stream : share.streams().list(open.file())) {
            if (share.nodes()
                    .find(StreamStore.key(open.file().stat(), stream.name()))
                    .isEmpty()) {
                share.streams().remove(open.file(), stream.name());
            }
        }
    }
}

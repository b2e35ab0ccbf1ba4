package org.smbd.vfs;

import java.util.Optional;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.CreateAction;
import org.smbd.core.file.CreateDisposition;
import org.smbd.core.file.CreateOptions;
import org.smbd.core.file.FileAttributes;
import org.smbd.core.file.ShareAccess;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.vfs.node.FileNode;
import org.smbd.vfs.notify.CompletionFilter;
import org.smbd.vfs.notify.FileAction;
import org.smbd.vfs.store.DosAttributes;
import org.smbd.vfs.store.StoreAccess;
import org.smbd.vfs.store.StoreFile;
import org.smbd.vfs.store.StoreStat;
import org.smbd.vfs.stream.StreamFile;
import org.smbd.vfs.stream.StreamPath;
import org.smbd.vfs.stream.StreamStore;

/**
 * MS-FSA 2.1.5.1 Server Requests an Open of a File, where that is a named stream.
 *
 * <p>With each stream its file is open, too, with the right to look at its attributes only: so all rules for files hold
 * (who may come there, deletion that is pending, links), and the file cannot go before its streams are closed.
 */
final class StreamOpenAlgorithm {
    private static final int BASE_ACCESS = AccessMask.FILE_READ_ATTRIBUTES;
    private static final int OPTIONS_OF_STREAM =
            CreateOptions.DELETE_ON_CLOSE | CreateOptions.NON_DIRECTORY_FILE | CreateOptions.NO_EA_KNOWLEDGE;

    private final Share share;
    private final OpenAlgorithm files;
    private final GrantAccess access;

    StreamOpenAlgorithm(Share share, OpenAlgorithm files) {
        this.share = share;
        this.files = files;
        this.access = new GrantAccess(share);
    }

    /** Opens what {@code path} names in the request's path. */
    Outcome<OpenResult> open(OpenRequest request, StreamPath path) {
        Optional<NtStatus> wrong = OpenChecks.check(request);
        if (wrong.isPresent()) {
            return new Outcome.Fail<>(wrong.get());
        }
        if (CreateOptions.has(request.createOptions(), CreateOptions.DIRECTORY_FILE)) {
            return new Outcome.Fail<>(NtStatus.NOT_A_DIRECTORY);
        }
        CreateDisposition disposition =
                request.disposition().creates() ? CreateDisposition.OPEN_IF : CreateDisposition.OPEN;
        int options = request.createOptions() & ~OPTIONS_OF_STREAM;
        Outcome<OpenResult> outcome =
                files.open(request.with(path.filePath(), BASE_ACCESS, ShareAccess.ALL, disposition, options));
        if (!(outcome instanceof Outcome.Done<OpenResult> done)) {
            return outcome;
        }
        LocalOpen base = (LocalOpen) done.value().open();
        boolean created = done.value().action() == CreateAction.CREATED;
        // two requests must not both make the same stream, nor one find it half made
        base.node().appends().lock();
        try {
            return new Outcome.Done<>(open(request, path.stream(), base, created));
        } catch (SmbException e) {
            share.closeQuietly(base);
            return new Outcome.Fail<>(e.status());
        } catch (BreakWait e) {
            share.closeQuietly(base);
            throw e;
        } finally {
            base.node().appends().unlock();
        }
    }

    private OpenResult open(OpenRequest request, String wanted, LocalOpen base, boolean created) {
        StreamStore streams = share.streams();
        StoreStat stat = base.file().stat();
        Optional<String> there = created ? Optional.empty() : streams.find(base.file(), wanted);
        if (there.isPresent() && request.disposition() == CreateDisposition.CREATE) {
            throw NtStatus.OBJECT_NAME_COLLISION.exception();
        }
        if (there.isEmpty() && !request.disposition().creates()) {
            throw NtStatus.OBJECT_NAME_NOT_FOUND.exception();
        }
        boolean overwrites = there.isPresent() && request.disposition().overwrites();
        GrantAccess.Granted granted = granted(request, base, stat, created, overwrites || there.isEmpty());
        String name = there.orElse(wanted);
        StreamFile file;
        try {
            if (there.isEmpty()) {
                make(granted.file(), name, created);
            }
            file = streams.open(granted.file(), name);
        } catch (SmbException e) {
            granted.file().close();
            throw e;
        }
        try {
            int sharing = overwrites ? granted.access() | AccessMask.FILE_WRITE_DATA : granted.access();
            LocalOpen open = joined(request, base, file, granted.access(), sharing);
            if (overwrites) {
                overwrite(file, open);
            }
            if (there.isEmpty()) {
                open.reportStream(FileAction.ADDED_STREAM, CompletionFilter.STREAM_NAME);
            }
            if (request.allocationSize() > 0 && (overwrites || there.isEmpty())) {
                file.allocate(request.allocationSize());
            }
            FileNode node = open.node();
            node.caching()
                    .grant(open.caching(), node.isDeletePending(), node.locks().size() > 0);
            return new OpenResult(
                    open, action(request, there.isPresent()), share.facts().of(open));
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static CreateAction action(OpenRequest request, boolean existed) {
        if (!existed) {
            return CreateAction.CREATED;
        }
        return switch (request.disposition()) {
            case SUPERSEDE -> CreateAction.SUPERSEDED;
            case OVERWRITE, OVERWRITE_IF -> CreateAction.OVERWRITTEN;
            default -> CreateAction.OPENED;
        };
    }

    /**
     * The rights to the file's data are those to its streams: 2.1.5.1.2.1. A stream that is made or overwritten needs
     * the right to write, which its open then need not have.
     */
    private GrantAccess.Granted granted(
            OpenRequest request, LocalOpen base, StoreStat stat, boolean created, boolean writes) {
        StoreFile again = share.volume().open(base.who(), base.hostPath(), StoreAccess.METADATA);
        try {
            if (!again.stat().key().equals(stat.key())) {
                throw NtStatus.OBJECT_NAME_NOT_FOUND.exception(); // replaced meanwhile, behind our back
            }
            if (created) {
                return new GrantAccess.Granted(NewFile.granted(request), again);
            }
            int more = writes ? AccessMask.FILE_WRITE_DATA : 0;
            OpenRequest probe = request.with(
                    base.path(),
                    request.desiredAccess() | more,
                    request.shareAccess(),
                    CreateDisposition.OPEN,
                    request.createOptions());
            DosAttributes kept = share.facts().kept(again, stat);
            GrantAccess.Granted granted =
                    access.grant(probe, new GrantAccess.Found(base.who(), base.hostPath(), again, stat, kept));
            boolean maximum = AccessMask.has(request.desiredAccess(), AccessMask.MAXIMUM_ALLOWED);
            int wanted = GrantAccess.wanted(request);
            return maximum ? granted : new GrantAccess.Granted(granted.access() & ~(more & ~wanted), granted.file());
        } catch (SmbException e) {
            again.close();
            throw e;
        }
    }

    /** Makes the stream: MS-FSA 2.1.5.1.2, "Stream not found". */
    private void make(StoreFile host, String name, boolean created) {
        share.streams().create(host, name);
        StoreStat stat = host.stat();
        if (!created && !stat.isDirectory()) {
            DosAttributes kept = share.facts().kept(host, stat);
            if (!FileAttributes.has(kept.attributes(), FileAttributes.ARCHIVE)) {
                long creation = kept.creationTime() != 0 ? kept.creationTime() : stat.creationTime();
                share.facts().keep(host, new DosAttributes(kept.attributes() | FileAttributes.ARCHIVE, creation, 0));
            }
        }
    }

    private LocalOpen joined(OpenRequest request, LocalOpen base, StreamFile file, int access, int sharing) {
        LocalOpen open = new LocalOpen(
                share,
                request,
                base.who(),
                false,
                access,
                base.fileId(),
                base.hostPath(),
                base.path(),
                base.fileLocation());
        open.attach(file);
        open.attachTo(base, file);
        base.node().addStream(open);
        Outcome<FileNode> added = share.nodes().add(file.stat().key(), open, sharing);
        if (added instanceof Outcome.Fail<FileNode> fail) {
            base.node().removeStream(open);
            if (fail.status() == NtStatus.SHARING_VIOLATION) {
                files.breakForSharing(file.stat().key(), open);
            }
            throw fail.status().exception();
        }
        open.join(((Outcome.Done<FileNode>) added).value());
        try {
            files.enter(open, true);
        } catch (BreakWait e) {
            base.node().removeStream(open);
            throw e;
        }
        return open;
    }

    private void overwrite(StreamFile file, LocalOpen open) {
        try {
            FileChange.ofSize(share, open, () -> file.truncate(0));
            open.reportChange(CompletionFilter.SIZE | CompletionFilter.LAST_WRITE);
        } catch (SmbException e) {
            open.base().orElseThrow().node().removeStream(open);
            open.node().caching().leave(open.caching()).run();
            share.nodes().withdraw(open.node(), open);
            throw e;
        }
    }
}

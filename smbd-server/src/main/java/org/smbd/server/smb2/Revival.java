package org.smbd.server.smb2;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.core.file.CreateAction;
import org.smbd.core.file.CreateDisposition;
import org.smbd.core.file.CreateOptions;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.core.type.SecurityContext;
import org.smbd.server.persistent.HandleJournal;
import org.smbd.server.persistent.HeldLock;
import org.smbd.server.persistent.KeptOpen;
import org.smbd.server.persistent.OpenDescription;
import org.smbd.server.session.Durability;
import org.smbd.server.session.OpenHandle;
import org.smbd.server.session.OpenResource;
import org.smbd.server.session.SessionTable;
import org.smbd.server.session.TreeConnect;
import org.smbd.vfs.ByteRange;
import org.smbd.vfs.FileService;
import org.smbd.vfs.LockOwner;
import org.smbd.vfs.OpenRequest;
import org.smbd.vfs.OpenResult;
import org.smbd.vfs.Outcome;
import org.smbd.vfs.oplock.Caching;
import org.smbd.vfs.oplock.CachingRequest;
import org.smbd.vfs.oplock.LeaseKey;

/**
 * Opens again what clients had open persistently when the server ended, before the first of them can connect: each with
 * its access, share mode, cache and locks. MS-SMB2 3.3.3 Initialization, 3.3.1.10 Per Open.
 */
public final class Revival {
    private static final Logger LOG = LoggerFactory.getLogger(Revival.class);

    private final HandleJournal journal;
    private final ShareConnector connector;
    private final SessionTable sessions;
    private final Function<String, Optional<SecurityContext>> users;

    /** @param users accounts by their names */
    public Revival(
            HandleJournal journal,
            ShareConnector connector,
            SessionTable sessions,
            Function<String, Optional<SecurityContext>> users) {
        this.journal = journal;
        this.connector = connector;
        this.sessions = sessions;
        this.users = users;
    }

    /** An open and whom it belongs to, if there is still such an account. */
    private record Owned(KeptOpen kept, Optional<SecurityContext> owner) {}

    /**
     * Revives all; blocks on the disk. Whatever cannot be is forgotten, and logged. Files are opened as their users, on
     * a thread of their own: this one stays the daemon's.
     */
    public void run() {
        List<Owned> all = journal.opens().stream()
                .map(kept -> new Owned(kept, users.apply(kept.description().account())))
                .toList();
        Thread opener = new Thread(() -> all.forEach(this::tryToRevive), "revival");
        opener.start();
        try {
            opener.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        LOG.info(
                "{} persistent opens wait for their clients",
                sessions.durableOpens().all().size());
    }

    private void tryToRevive(Owned open) {
        try {
            revive(open.kept(), open.owner().orElseThrow(NtStatus.NO_SUCH_USER::exception));
        } catch (SmbException failed) {
            LOG.warn(
                    "the persistent open of {} on {} by {} could not be revived: {}",
                    open.kept().path(),
                    open.kept().description().share(),
                    open.kept().description().account(),
                    failed.status());
            open.kept().closed();
        }
    }

    private void revive(KeptOpen kept, SecurityContext user) {
        OpenDescription description = kept.description();
        TreeConnect tree = connector.revive(description.share(), user, address(description));
        FileService files = tree.files().orElseThrow();
        OpenBreaks breaks = OpenBreaks.ofRevived(open -> sessions.durableOpens().cacheLost(open.fileId()));
        OpenResult result = open(files, request(tree, kept, breaks));
        OpenResource.File file = new OpenResource.File(files, result.open());
        OpenHandle handle = sessions.revive(tree, file, kept, durability(description, user));
        breaks.registered(handle);
        try {
            lock(handle, file, kept.locks());
            if (kept.deletePending()) {
                files.setDisposition(result.open(), true);
            }
        } catch (SmbException failed) {
            handle.close();
            throw failed;
        }
        sessions.createReplays()
                .begin(description.client(), description.createGuid())
                .ifPresent(create ->
                        create.done(handle, CreateAction.values()[description.createAction()], user.userSid()));
        if (!sessions.durableOpens().park(handle)) {
            handle.close(); // its owner has too many
        }
    }

    private static InetAddress address(OpenDescription description) {
        try {
            return InetAddress.getByAddress(description.address());
        } catch (UnknownHostException wrongLength) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
    }

    private static OpenRequest request(TreeConnect tree, KeptOpen kept, OpenBreaks breaks) {
        OpenDescription open = kept.description();
        return new OpenRequest(
                tree.context(),
                kept.path(),
                open.grantedAccess(),
                0,
                open.shareAccess(),
                CreateDisposition.OPEN,
                open.createOptions() & (CreateOptions.DELETE_ON_CLOSE | CreateOptions.NON_DIRECTORY_FILE)
                        | CreateOptions.WRITE_THROUGH,
                0,
                tree.maximalAccess(),
                Optional.empty(),
                List.of(),
                caching(open, breaks),
                Optional.empty());
    }

    private static CachingRequest caching(OpenDescription open, OpenBreaks breaks) {
        OpenDescription.Cache cache = open.cache();
        if (cache.leaseKey().isPresent()) {
            return new CachingRequest.Lease(
                    new LeaseKey(open.client(), cache.leaseKey().get()),
                    cache.state(),
                    cache.parentKey(),
                    cache.version(),
                    false,
                    cache.epoch() - 1, // a new lease begins one above
                    breaks);
        }
        return cache.state() == Caching.NONE
                ? CachingRequest.Nothing.INSTANCE
                : new CachingRequest.Oplock(cache.state(), true, breaks);
    }

    private static OpenResult open(FileService files, OpenRequest request) {
        Outcome<OpenResult> outcome = files.open(request);
        if (outcome instanceof Outcome.Done<OpenResult> done) {
            return done.value();
        }
        if (outcome instanceof Outcome.Wait<OpenResult> wait) { // for whom? there is nobody yet
            wait.operation().cancel(NtStatus.SHARING_VIOLATION);
            throw NtStatus.SHARING_VIOLATION.exception();
        }
        throw ((Outcome.Fail<OpenResult>) outcome).status().exception();
    }

    private static void lock(OpenHandle handle, OpenResource.File file, List<HeldLock> locks) {
        for (HeldLock lock : locks) {
            ByteRange.Action action = lock.exclusive() ? ByteRange.Action.EXCLUSIVE_LOCK : ByteRange.Action.SHARED_LOCK;
            ByteRange range = new ByteRange(lock.offset(), lock.length(), action, true);
            if (file.files().lock(file.open(), List.of(range), LockOwner.OPEN) instanceof Outcome.Fail<Void> fail) {
                throw fail.status().exception();
            }
            handle.reserveLocks(1, Integer.MAX_VALUE);
        }
    }

    private static Durability durability(OpenDescription open, SecurityContext user) {
        return new Durability(
                Durability.Kind.PERSISTENT,
                Duration.ofMillis(open.timeoutMillis()),
                user.userSid(),
                open.client(),
                Optional.of(open.createGuid()));
    }
}

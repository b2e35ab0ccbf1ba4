package org.smbd.server.smb2;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.CreateAction;
import org.smbd.core.file.CreateDisposition;
import org.smbd.core.file.CreateOptions;
import org.smbd.core.file.FileMetadata;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.protocol.smb2.CreateContextResponse;
import org.smbd.protocol.smb2.CreateRequest;
import org.smbd.protocol.smb2.CreateResponse;
import org.smbd.protocol.smb2.ErrorBody;
import org.smbd.protocol.smb2.OplockLevel;
import org.smbd.server.config.Leases;
import org.smbd.server.pipe.PipeTree;
import org.smbd.server.pipeline.PendingReply;
import org.smbd.server.pipeline.Reply;
import org.smbd.server.pipeline.RequestContext;
import org.smbd.server.session.AppInstance;
import org.smbd.server.session.OpenHandle;
import org.smbd.server.session.OpenResource;
import org.smbd.server.session.ParkedOpen;
import org.smbd.server.session.ReplayableCreate;
import org.smbd.server.session.TreeConnect;
import org.smbd.vfs.FileService;
import org.smbd.vfs.OpenRequest;
import org.smbd.vfs.OpenResult;
import org.smbd.vfs.Outcome;
import org.smbd.vfs.oplock.CachingRequest;
import org.smbd.vfs.oplock.CachingState;

/** MS-SMB2 3.3.5.9 Receiving an SMB2 CREATE Request, for files and for pipes. */
public final class CreateHandler {
    /** 3.3.5.9: what the server must not hand to its object store. */
    private static final int OPTIONS_CLEARED = CreateOptions.COMPLETE_IF_OPLOCKED
            | CreateOptions.SYNCHRONOUS_IO_ALERT
            | CreateOptions.SYNCHRONOUS_IO_NONALERT
            | CreateOptions.OPEN_FOR_FREE_SPACE_QUERY;

    private final PipeTree pipes;
    private final CachingRequests caching;
    private final DurableHandles durables;
    private final CreateReplay replays;
    private final AppInstances instances;

    CreateHandler(
            PipeTree pipes, Leases leases, DurableHandles durables, CreateReplay replays, AppInstances instances) {
        this.pipes = pipes;
        this.caching = new CachingRequests(leases);
        this.durables = durables;
        this.replays = replays;
        this.instances = instances;
    }

    public Reply handle(RequestContext context, CreateRequest request) {
        TreeConnect tree = context.tree();
        CreateContextRequests contexts = CreateContextRequests.of(request.createContexts());
        if (!PosixExtensions.areServed(context)) {
            contexts.ignorePosix();
        }
        DurableRequest durable =
                DurableRequest.of(request.createContexts(), context.connection().dialect());
        if (durable instanceof DurableRequest.Reconnect reconnect && !tree.isPipe()) {
            return reconnect(context, request, contexts, reconnect); // whatever the rest of the request says
        }
        if (Integer.compareUnsigned(request.impersonationLevel(), CreateRequest.IMPERSONATION_LEVEL_MAX) > 0) {
            return Reply.failure(NtStatus.BAD_IMPERSONATION_LEVEL);
        }
        if (request.name().startsWith("\\") && !context.tree().isPipe()) {
            return Reply.failure(NtStatus.INVALID_PARAMETER); // as Windows: smb2.create.leading-slash pins it
        }
        CreateDisposition disposition =
                CreateDisposition.of(request.createDisposition()).orElseThrow(NtStatus.INVALID_PARAMETER::exception);
        if (tree.isPipe()) {
            return openPipe(context, request);
        }
        if (CreateOptions.has(request.createOptions(), CreateOptions.NO_EA_KNOWLEDGE)
                && !contexts.extendedAttributes().isEmpty()) {
            return Reply.failure(NtStatus.ACCESS_DENIED); // MS-SMB2 2.2.13, CreateOptions
        }
        if (durable instanceof DurableRequest.Version2 version2) {
            return openOnce(context, request, disposition, contexts, version2);
        }
        Optional<AppInstance> instance = AppInstances.of(context, request.createContexts());
        Wanted wanted = new Wanted(request, contexts, durable, Optional.empty(), instance);
        return openFile(context, disposition, wanted);
    }

    /**
     * What the contexts of a request come to.
     *
     * @param replayable the CREATE as one that may be sent again, if it may
     * @param instance the application that it is made for
     */
    private record Wanted(
            CreateRequest request,
            CreateContextRequests contexts,
            DurableRequest durable,
            Optional<ReplayableCreate> replayable,
            Optional<AppInstance> instance) {}

    private Reply openOnce(
            RequestContext context,
            CreateRequest request,
            CreateDisposition disposition,
            CreateContextRequests contexts,
            DurableRequest.Version2 durable) {
        CreateReplay.Known known = replays.find(context, request, durable, contexts.lease());
        if (known instanceof CreateReplay.Known.Open open) {
            return openedBefore(
                    context, contexts, open.made().open(), open.made().action(), request);
        }
        if (known instanceof CreateReplay.Known.Parked parked) {
            return whenQuiet(parked.parked(), () -> {
                OpenHandle handle = durables.reconnect(context, parked.parked());
                return openedBefore(context, contexts, handle, parked.made().action(), request);
            });
        }
        ReplayableCreate create = ((CreateReplay.Known.New) known).create();
        Optional<AppInstance> instance = AppInstances.of(context, request.createContexts());
        Wanted wanted = new Wanted(request, contexts, durable, Optional.of(create), instance);
        return ReplayedCreate.carryOut(create, () -> openFile(context, disposition, wanted));
    }

    /** 3.3.5.9, Response Construction, of an open that the client may not know of. */
    private static Reply openedBefore(
            RequestContext context,
            CreateContextRequests contexts,
            OpenHandle handle,
            CreateAction action,
            CreateRequest request) {
        if (!handle.acquire()) {
            return Reply.failure(NtStatus.FILE_NOT_AVAILABLE); // it is being closed
        }
        try {
            context.created(handle);
            OpenResource.File file = (OpenResource.File) handle.resource();
            FileMetadata metadata = file.files().queryMetadata(file.open());
            CachingState shown = CreateReplay.asAskedFor(file.open().caching().state(), request.requestedOplockLevel());
            List<CreateContextResponse> answers = answers(contexts, file, metadata);
            CachingLevels.context(shown).ifPresent(answers::add);
            answers.addAll(CreateReplay.durableContext(handle, shown));
            context.onSent(file.open().caching()::answered);
            return Reply.success(response(handle, CachingLevels.levelOf(shown), action, metadata, answers));
        } finally {
            handle.release();
        }
    }

    private static List<CreateContextResponse> answers(
            CreateContextRequests contexts, OpenResource.File file, FileMetadata metadata) {
        FileService files = file.files();
        return contexts.answers(metadata, () -> files.maximalAccess(file.open()), () -> files.queryPosix(file.open()));
    }

    private Reply openPipe(RequestContext context, CreateRequest request) {
        OpenResource pipe = new OpenResource.Pipe(pipes.open(request.name(), context.caller()));
        OpenHandle handle = context.session().register(context.tree(), pipe);
        context.created(handle);
        return Reply.success(
                response(handle, OplockLevel.NONE, CreateAction.OPENED, PipeInformation.METADATA, List.of()));
    }

    private Reply openFile(RequestContext context, CreateDisposition disposition, Wanted demands) {
        CreateRequest request = demands.request();
        CreateContextRequests contexts = demands.contexts();
        demands.instance().ifPresent(instance -> instances.takeOver(context, request, instance));
        OpenVersion version = OpenVersion.of(context.tree().files().orElseThrow(), request.name(), contexts.timewarp());
        FileService files = version.files();
        durables.requireNobodyIsAwaited(context, version.path());
        OpenBreaks breaks = new OpenBreaks(context.session(), context.tree().encryptData(), durables::cacheLost);
        CachingRequest wanted = caching.of(context, request, contexts.lease(), breaks);
        OpenRequest open = openRequest(context.tree(), version.path(), request, disposition, contexts, wanted);
        Outcome<OpenResult> outcome = files.open(open);
        if (outcome instanceof Outcome.Wait<OpenResult> wait) {
            return new Reply.Pending(PendingReply.of(
                    wait.operation(), later -> orStatus(() -> reply(context, files, demands, breaks, later))));
        }
        if (outcome.equals(new Outcome.Fail<OpenResult>(NtStatus.STOPPED_ON_SYMLINK))) {
            return new Reply.Failure(
                    NtStatus.STOPPED_ON_SYMLINK,
                    files.stoppedAt(open).map(ReparseControls::stopped).orElse(ErrorBody.Empty.INSTANCE));
        }
        return reply(context, files, demands, breaks, outcome);
    }

    /** A client comes back for an open: no path is looked at, and nothing is opened. */
    private Reply reconnect(
            RequestContext context,
            CreateRequest request,
            CreateContextRequests contexts,
            DurableRequest.Reconnect reconnect) {
        ParkedOpen parked = durables.find(context, request, reconnect, contexts.lease());
        return whenQuiet(parked, () -> reconnected(context, contexts, parked));
    }

    private static Reply whenQuiet(ParkedOpen parked, Supplier<Reply> reply) {
        if (parked.quiet() instanceof Outcome.Wait<Void> wait) {
            return new Reply.Pending(PendingReply.of(
                    wait.operation(),
                    later ->
                            later instanceof Outcome.Fail<Void> fail ? Reply.failure(fail.status()) : orStatus(reply)));
        }
        return reply.get();
    }

    private Reply reconnected(RequestContext context, CreateContextRequests contexts, ParkedOpen parked) {
        OpenHandle handle = durables.reconnect(context, parked);
        context.created(handle);
        FileMetadata metadata =
                parked.file().files().queryMetadata(parked.file().open());
        List<CreateContextResponse> answers = answers(contexts, parked.file(), metadata);
        CachingState kept = parked.file().open().caching().state();
        CachingLevels.context(kept).ifPresent(answers::add);
        return Reply.success(response(handle, CachingLevels.levelOf(kept), CreateAction.OPENED, metadata, answers));
    }

    /** Behind a wait no pipeline stands around to turn an exception into a status. */
    private static Reply orStatus(Supplier<Reply> reply) {
        try {
            return reply.get();
        } catch (SmbException failed) {
            return Reply.failure(failed.status());
        }
    }

    /** 3.3.5.9: on a share that is continuously available each write reaches the disk before it is answered. */
    private static int options(TreeConnect tree, CreateRequest request) {
        int options = request.createOptions() & ~OPTIONS_CLEARED;
        return tree.share().oplocks().continuous() ? options | CreateOptions.WRITE_THROUGH : options;
    }

    private static OpenRequest openRequest(
            TreeConnect tree,
            String path,
            CreateRequest request,
            CreateDisposition disposition,
            CreateContextRequests contexts,
            CachingRequest wanted) {
        int desiredAccess = CreateOptions.has(request.createOptions(), CreateOptions.NO_INTERMEDIATE_BUFFERING)
                ? request.desiredAccess() & ~AccessMask.FILE_APPEND_DATA
                : request.desiredAccess();
        return new OpenRequest(
                tree.context(),
                path,
                desiredAccess,
                request.fileAttributes(),
                request.shareAccess(),
                disposition,
                options(tree, request),
                contexts.allocationSizeBytes(),
                tree.maximalAccess(),
                contexts.posix(),
                contexts.extendedAttributes(),
                wanted,
                contexts.securityDescriptor());
    }

    private Reply reply(
            RequestContext context, FileService files, Wanted demands, OpenBreaks breaks, Outcome<OpenResult> outcome) {
        if (outcome instanceof Outcome.Fail<OpenResult> fail) {
            return Reply.failure(fail.status());
        }
        OpenResult result = ((Outcome.Done<OpenResult>) outcome).value();
        OpenResource.File file = new OpenResource.File(files, result.open());
        OpenHandle handle = context.session().register(context.tree(), file);
        context.created(handle);
        List<CreateContextResponse> answers = answers(demands.contexts(), file, result.metadata());
        breaks.registered(handle);
        CachingState granted = result.open().caching().state();
        CachingLevels.context(granted).ifPresent(answers::add);
        durables.grant(context, demands.request(), handle, result, demands.durable())
                .ifPresent(answers::add);
        demands.instance().ifPresent(handle::setAppInstance);
        demands.replayable().ifPresent(create -> CreateReplay.made(context, create, handle, result));
        context.onSent(result.open().caching()::answered); // before, its client would not know what breaks
        return Reply.success(
                response(handle, CachingLevels.levelOf(granted), result.action(), result.metadata(), answers));
    }

    @SuppressWarnings("EnumOrdinal") // the ordinal of a CreateAction is its wire value
    private static CreateResponse response(
            OpenHandle handle,
            int oplockLevel,
            CreateAction action,
            FileMetadata metadata,
            List<CreateContextResponse> answers) {
        return new CreateResponse(
                oplockLevel,
                0,
                action.ordinal(),
                metadata.creationTime(),
                metadata.lastAccessTime(),
                metadata.lastWriteTime(),
                metadata.changeTime(),
                metadata.allocationSize(),
                metadata.endOfFile(),
                metadata.attributes(),
                handle.fileId(),
                answers);
    }
}

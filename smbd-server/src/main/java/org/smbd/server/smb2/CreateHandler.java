package org.smbd.server.smb2;

import java.util.List;
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
import org.smbd.server.session.OpenHandle;
import org.smbd.server.session.OpenResource;
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

    public CreateHandler(PipeTree pipes, Leases leases) {
        this.pipes = pipes;
        this.caching = new CachingRequests(leases);
    }

    public Reply handle(RequestContext context, CreateRequest request) {
        if (Integer.compareUnsigned(request.impersonationLevel(), CreateRequest.IMPERSONATION_LEVEL_MAX) > 0) {
            return Reply.failure(NtStatus.BAD_IMPERSONATION_LEVEL);
        }
        if (request.name().startsWith("\\")) {
            return Reply.failure(NtStatus.INVALID_PARAMETER); // as Windows: smb2.create.leading-slash pins it
        }
        CreateDisposition disposition =
                CreateDisposition.of(request.createDisposition()).orElseThrow(NtStatus.INVALID_PARAMETER::exception);
        CreateContextRequests contexts = CreateContextRequests.of(request.createContexts());
        if (!PosixExtensions.areServed(context)) {
            contexts.ignorePosix();
        }
        TreeConnect tree = context.tree();
        if (tree.isPipe()) {
            return openPipe(context, request);
        }
        if (CreateOptions.has(request.createOptions(), CreateOptions.NO_EA_KNOWLEDGE)
                && !contexts.extendedAttributes().isEmpty()) {
            return Reply.failure(NtStatus.ACCESS_DENIED); // MS-SMB2 2.2.13, CreateOptions
        }
        OpenVersion version = OpenVersion.of(tree.files().orElseThrow(), request.name(), contexts.timewarp());
        return openFile(context, version, request, disposition, contexts);
    }

    private Reply openPipe(RequestContext context, CreateRequest request) {
        OpenResource pipe = new OpenResource.Pipe(pipes.open(request.name(), context.caller()));
        OpenHandle handle = context.session().register(context.tree(), pipe);
        context.created(handle);
        return Reply.success(
                response(handle, OplockLevel.NONE, CreateAction.OPENED, PipeInformation.METADATA, List.of()));
    }

    private Reply openFile(
            RequestContext context,
            OpenVersion version,
            CreateRequest request,
            CreateDisposition disposition,
            CreateContextRequests contexts) {
        FileService files = version.files();
        OpenBreaks breaks = new OpenBreaks(context.session(), context.tree().encryptData());
        CachingRequest wanted = caching.of(context, request, contexts.lease(), breaks);
        OpenRequest open = openRequest(context.tree(), version.path(), request, disposition, contexts, wanted);
        Outcome<OpenResult> outcome = files.open(open);
        if (outcome instanceof Outcome.Wait<OpenResult> wait) {
            return new Reply.Pending(PendingReply.of(
                    wait.operation(), later -> orStatus(() -> reply(context, files, contexts, breaks, later))));
        }
        if (outcome.equals(new Outcome.Fail<OpenResult>(NtStatus.STOPPED_ON_SYMLINK))) {
            return new Reply.Failure(
                    NtStatus.STOPPED_ON_SYMLINK,
                    files.stoppedAt(open).map(ReparseControls::stopped).orElse(ErrorBody.Empty.INSTANCE));
        }
        return reply(context, files, contexts, breaks, outcome);
    }

    /** Behind a wait no pipeline stands around to turn an exception into a status. */
    private static Reply orStatus(Supplier<Reply> reply) {
        try {
            return reply.get();
        } catch (SmbException failed) {
            return Reply.failure(failed.status());
        }
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
                request.createOptions() & ~OPTIONS_CLEARED,
                contexts.allocationSizeBytes(),
                tree.maximalAccess(),
                contexts.posix(),
                contexts.extendedAttributes(),
                wanted,
                contexts.securityDescriptor());
    }

    private static Reply reply(
            RequestContext context,
            FileService files,
            CreateContextRequests contexts,
            OpenBreaks breaks,
            Outcome<OpenResult> outcome) {
        if (outcome instanceof Outcome.Fail<OpenResult> fail) {
            return Reply.failure(fail.status());
        }
        OpenResult result = ((Outcome.Done<OpenResult>) outcome).value();
        OpenHandle handle = context.session().register(context.tree(), new OpenResource.File(files, result.open()));
        context.created(handle);
        List<CreateContextResponse> answers = contexts.answers(
                result.metadata(), () -> files.maximalAccess(result.open()), () -> files.queryPosix(result.open()));
        breaks.registered(handle);
        CachingState granted = result.open().caching().state();
        CachingLevels.context(granted).ifPresent(answers::add);
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

package org.smbd.server.smb2;

import java.util.Optional;
import java.util.concurrent.Executor;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.IoctlRequest;
import org.smbd.server.config.Limits;
import org.smbd.server.net.ServerInterfaces;
import org.smbd.server.pipe.PipeTree;
import org.smbd.server.pipeline.Reply;
import org.smbd.server.pipeline.RequestContext;

/** MS-SMB2 3.3.5.15 Receiving an SMB2 IOCTL Request: the common checks, then a class per control code. */
public final class IoctlHandler {
    private final ValidateNegotiateInfo validateNegotiateInfo = new ValidateNegotiateInfo();
    private final PipeTransceive pipeTransceive = new PipeTransceive();
    private final PipePeek pipePeek = new PipePeek();
    private final EnumerateSnapshots enumerateSnapshots = new EnumerateSnapshots();
    private final PipeWait pipeWait;
    private final FileControls fileControls;
    private final Optional<Resiliency> resiliency;
    private final Optional<NetworkInterfaceQuery> networkInterfaces;

    /**
     * All controls but those about channels and about connections that are lost, which SMB1 does not have.
     *
     * @param pipes the named pipes of IPC$
     * @param requests what copies that take long go on with
     */
    public IoctlHandler(PipeTree pipes, Executor requests) {
        this(pipes, requests, Optional.empty(), Optional.empty());
    }

    /**
     * All controls.
     *
     * @param pipes the named pipes of IPC$
     * @param requests what copies that take long go on with
     * @param interfaces what clients may connect to
     * @param limits how long an open may be resilient
     */
    public IoctlHandler(PipeTree pipes, Executor requests, ServerInterfaces interfaces, Limits limits) {
        this(pipes, requests, Optional.of(new NetworkInterfaceQuery(interfaces)), Optional.of(new Resiliency(limits)));
    }

    private IoctlHandler(
            PipeTree pipes,
            Executor requests,
            Optional<NetworkInterfaceQuery> networkInterfaces,
            Optional<Resiliency> resiliency) {
        this.resiliency = resiliency;
        this.networkInterfaces = networkInterfaces;
        this.pipeWait = new PipeWait(pipes);
        this.fileControls = new FileControls(requests);
    }

    /** Whether a control code is one about an open file, which SMB1 clients may send, too. */
    public static boolean isAboutFile(int ctlCode) {
        return FsctlCode.namesFile(ctlCode);
    }

    public Reply handle(RequestContext context, IoctlRequest request) {
        if (request.flags() != IoctlRequest.FLAG_IS_FSCTL) {
            return Reply.failure(NtStatus.NOT_SUPPORTED);
        }
        boolean aboutFile = FsctlCode.namesFile(request.ctlCode());
        if (!aboutFile && !request.fileId().isNone()) {
            return Reply.failure(NtStatus.INVALID_PARAMETER);
        }
        if (aboutFile) {
            context.open(request.fileId()); // FILE_CLOSED comes before what is wrong with the lengths
        }
        int transactMax = context.connection().maxTransactSizeBytes();
        OpenTarget.requireAtMost(request.input().readableBytes(), transactMax);
        OpenTarget.requireAtMost(request.maxInputResponse(), transactMax);
        OpenTarget.requireAtMost(request.maxOutputResponse(), transactMax);
        return switch (request.ctlCode()) {
            case FsctlCode.VALIDATE_NEGOTIATE_INFO -> validateNegotiateInfo.handle(context, request);
            // 3.3.5.15.2 Handling a DFS Referral Information Request: no share is in a distributed file system
            case FsctlCode.DFS_GET_REFERRALS, FsctlCode.DFS_GET_REFERRALS_EX ->
                Reply.failure(NtStatus.FS_DRIVER_REQUIRED);
            case FsctlCode.SRV_ENUMERATE_SNAPSHOTS -> enumerateSnapshots.handle(context, request);
            case FsctlCode.PIPE_TRANSCEIVE -> pipeTransceive.handle(context, request);
            case FsctlCode.PIPE_PEEK -> pipePeek.handle(context, request);
            case FsctlCode.LMR_REQUEST_RESILIENCY ->
                resiliency
                        .map(handler -> handler.handle(context, request))
                        .orElseGet(() -> Reply.failure(NtStatus.INVALID_DEVICE_REQUEST));
            case FsctlCode.PIPE_WAIT -> pipeWait.handle(context, request);
            case FsctlCode.QUERY_NETWORK_INTERFACE_INFO ->
                networkInterfaces
                        .map(query -> query.handle(context, request))
                        .orElseGet(() -> Reply.failure(NtStatus.INVALID_DEVICE_REQUEST));
            default -> fileControls.handle(FsctlCall.of(context, request));
        };
    }
}

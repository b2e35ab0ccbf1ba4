package org.smbd.server.smb2;

import io.netty.buffer.ByteBuf;
import java.util.function.Function;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.SecurityDescriptor;
import org.smbd.protocol.fscc.FileFacts;
import org.smbd.protocol.fscc.FileInfoCodec;
import org.smbd.protocol.fscc.FileInformationClass;
import org.smbd.protocol.fscc.FsFacts;
import org.smbd.protocol.fscc.FsInfoCodec;
import org.smbd.protocol.fscc.FsInformationClass;
import org.smbd.protocol.fscc.SecurityDescriptorCodec;
import org.smbd.protocol.smb2.Dialect;
import org.smbd.protocol.smb2.ErrorBody;
import org.smbd.protocol.smb2.InfoType;
import org.smbd.protocol.smb2.QueryInfoRequest;
import org.smbd.protocol.smb2.QueryInfoResponse;
import org.smbd.protocol.wire.WireWriter;
import org.smbd.server.pipeline.Reply;
import org.smbd.server.pipeline.RequestContext;
import org.smbd.server.session.OpenHandle;
import org.smbd.server.session.OpenResource;

/** MS-SMB2 3.3.5.20 Receiving an SMB2 QUERY_INFO Request. */
public final class QueryInfoHandler {
    private static final int FIXED_BYTES = 8;

    /** No answer is longer without its names. */
    private static final int FIXED_PARTS_BYTES_MAX = 256;

    /** More is not put into one answer, however much the client has room for. */
    private static final int STREAMS_BYTES_MAX = 128 * 1024;

    public Reply handle(RequestContext context, QueryInfoRequest request) {
        OpenHandle handle = context.open(request.fileId());
        OpenTarget.requireAtMost(
                request.outputBufferLength(), context.connection().maxTransactSizeBytes());
        return switch (request.infoType()) {
            case InfoType.FILE -> file(context, request, handle);
            case InfoType.FILESYSTEM -> fileSystem(context, request, handle);
            case InfoType.SECURITY -> security(context, request, handle);
            case InfoType.QUOTA -> quota(context, request, handle);
            default -> Reply.failure(NtStatus.INVALID_PARAMETER);
        };
    }

    /** 3.3.5.20.1 Handling SMB2_0_INFO_FILE. */
    private static Reply file(RequestContext context, QueryInfoRequest request, OpenHandle handle) {
        FileInformationClass infoClass = FileInformationClass.ofQuery(request.fileInfoClass());
        if (infoClass == FileInformationClass.NORMALIZED_NAME
                && context.connection().dialect() != Dialect.SMB_3_1_1) {
            return Reply.failure(NtStatus.NOT_SUPPORTED);
        }
        if (infoClass == FileInformationClass.POSIX) {
            PosixExtensions.require(context);
        }
        FileFacts facts = facts(handle);
        if ((facts.grantedAccess() & infoClass.queryAccess()) != infoClass.queryAccess()) {
            return Reply.failure(NtStatus.ACCESS_DENIED);
        }
        if (infoClass == FileInformationClass.FULL_EA && handle.resource() instanceof OpenResource.File file) {
            return extendedAttributes(context, request, file);
        }
        int budget = request.outputBufferLength();
        int roomBytes = FIXED_PARTS_BYTES_MAX
                + (infoClass == FileInformationClass.STREAM ? Math.min(budget, STREAMS_BYTES_MAX) : 0)
                + (infoClass == FileInformationClass.NORMALIZED_NAME || infoClass == FileInformationClass.ALL
                        ? 2 * facts.normalizedName().length()
                        : 0);
        return answer(
                context,
                roomBytes,
                out -> FileInfoCodec.encode(infoClass, facts, Math.min(budget, STREAMS_BYTES_MAX), out));
    }

    private static Reply extendedAttributes(RequestContext context, QueryInfoRequest request, OpenResource.File file) {
        FullEaQuery query = FullEaQuery.of(request, file.open(), file.files().queryExtendedAttributes(file.open()));
        int budget = request.outputBufferLength();
        return answer(context, query.lengthMax(budget), out -> query.encode(budget, out));
    }

    private static FileFacts facts(OpenHandle handle) {
        return handle.resource() instanceof OpenResource.File file ? new OpenFacts(file) : PipeInformation.INSTANCE;
    }

    /** 3.3.5.20.4 Handling SMB2_0_INFO_QUOTA. */
    private static Reply quota(RequestContext context, QueryInfoRequest request, OpenHandle handle) {
        return QuotaCommands.query(context, request, OpenTarget.file(handle, NtStatus.NOT_SUPPORTED));
    }

    /** 3.3.5.20.2 Handling SMB2_0_INFO_FILESYSTEM. */
    private static Reply fileSystem(RequestContext context, QueryInfoRequest request, OpenHandle handle) {
        OpenResource.File file = OpenTarget.file(handle, NtStatus.NOT_SUPPORTED);
        FsInformationClass infoClass = FsInformationClass.ofQuery(request.fileInfoClass());
        if (infoClass == FsInformationClass.POSIX) {
            PosixExtensions.require(context);
        }
        if (infoClass == FsInformationClass.CONTROL) {
            return QuotaCommands.queryControl(context, request, file);
        }
        FsFacts facts = ShareVolume.facts(context.tree().share(), file.files().queryVolume(file.open()));
        int roomBytes = FIXED_PARTS_BYTES_MAX + 2 * facts.fileSystemName().length();
        return answer(
                context, roomBytes, out -> FsInfoCodec.encode(infoClass, facts, request.outputBufferLength(), out));
    }

    /** 3.3.5.20.3 Handling SMB2_0_INFO_SECURITY. */
    private static Reply security(RequestContext context, QueryInfoRequest request, OpenHandle handle) {
        OpenResource.File file = OpenTarget.file(handle, NtStatus.NOT_SUPPORTED);
        SecurityDescriptor descriptor = file.files().querySecurity(file.open(), request.additionalInformation());
        int size = SecurityDescriptorCodec.size(descriptor);
        if (Integer.compareUnsigned(size, request.outputBufferLength()) > 0) {
            return new Reply.Failure(NtStatus.BUFFER_TOO_SMALL, new ErrorBody.BufferTooSmall(size));
        }
        return answer(context, size, out -> {
            SecurityDescriptorCodec.encode(descriptor, out);
            return NtStatus.SUCCESS;
        });
    }

    /** Room for a whole answer, and so much of it as the client has room for: the codecs cut it and say so. */
    private static Reply answer(RequestContext context, int roomBytes, Function<WireWriter, NtStatus> encoder) {
        ByteBuf payload = context.payload(FIXED_BYTES, roomBytes);
        NtStatus status = encoder.apply(new WireWriter(payload));
        int length = payload.readableBytes();
        return new Reply.Success(status, QueryInfoResponse.of(length), length);
    }
}

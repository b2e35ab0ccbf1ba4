package org.smbd.server.smb2;

import io.netty.buffer.ByteBuf;
import org.smbd.core.file.AccessMask;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.fscc.DirectoryEntryWriter;
import org.smbd.protocol.fscc.FileInformationClass;
import org.smbd.protocol.smb2.QueryDirectoryRequest;
import org.smbd.protocol.smb2.QueryDirectoryResponse;
import org.smbd.server.pipeline.Reply;
import org.smbd.server.pipeline.RequestContext;
import org.smbd.server.session.OpenResource;
import org.smbd.vfs.DirectoryEntry;
import org.smbd.vfs.DirectoryQueryMode;

/**
 * MS-SMB2 3.3.5.18 Receiving an SMB2 QUERY_DIRECTORY Request. Enumerations are resumed by their open, not by an index
 * number: each entry's FileIndex is 0, and SMB2_INDEX_SPECIFIED changes nothing.
 */
public final class QueryDirectoryHandler {
    private static final int FIXED_BYTES = 8;

    /** More is never put into one answer, however much the client has room for. */
    static final int ANSWER_BYTES_MAX = 1024 * 1024;

    public Reply handle(RequestContext context, QueryDirectoryRequest request) {
        OpenResource.File directory = OpenTarget.directory(context.open(request.fileId()));
        OpenTarget.requireAtMost(
                request.outputBufferLength(), context.connection().maxTransactSizeBytes());
        OpenTarget.requireAll(directory.open(), AccessMask.FILE_LIST_DIRECTORY);
        FileInformationClass level = FileInformationClass.ofDirectory(request.fileInformationClass());
        if (level == FileInformationClass.POSIX) {
            PosixExtensions.require(context);
        }
        if (request.outputBufferLength() < level.fileNameOffset()) {
            return Reply.failure(NtStatus.INFO_LENGTH_MISMATCH);
        }
        if (request.fileName().indexOf('\\') >= 0 || request.fileName().indexOf('/') >= 0) {
            return Reply.failure(NtStatus.OBJECT_NAME_INVALID);
        }
        int lengthMax = Math.min(request.outputBufferLength(), ANSWER_BYTES_MAX);
        ByteBuf payload = context.payload(FIXED_BYTES, lengthMax);
        DirectoryEntryWriter writer = new DirectoryEntryWriter(level, payload, lengthMax);
        NtStatus status = directory
                .files()
                .queryDirectory(
                        directory.open(), request.fileName(), mode(request), entry -> append(level, writer, entry));
        if (status != NtStatus.SUCCESS) {
            return Reply.failure(status);
        }
        return Reply.success(QueryDirectoryResponse.of(writer.length()), writer.length());
    }

    private static DirectoryQueryMode mode(QueryDirectoryRequest request) {
        int flags = request.flags();
        return new DirectoryQueryMode(
                (flags & QueryDirectoryRequest.FLAG_RESTART_SCANS) != 0,
                (flags & QueryDirectoryRequest.FLAG_REOPEN) != 0,
                (flags & QueryDirectoryRequest.FLAG_RETURN_SINGLE_ENTRY) != 0);
    }

    private static boolean append(FileInformationClass level, DirectoryEntryWriter writer, DirectoryEntry entry) {
        if (level == FileInformationClass.POSIX) {
            return writer.appendPosix(entry.name(), entry.posix());
        }
        return writer.append(
                entry.name(),
                0,
                writer.needsMetadata() ? entry.metadata() : null,
                writer.needsShortName() ? entry.shortName() : "");
    }
}

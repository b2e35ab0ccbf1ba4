package org.smbd.server.smb2;

import java.util.List;
import java.util.concurrent.Executor;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.fsctl.ResumeKey;
import org.smbd.protocol.fsctl.SrvCopychunkCopy;
import org.smbd.protocol.fsctl.SrvCopychunkResponse;
import org.smbd.protocol.smb2.FileId;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.server.pipeline.PendingReply;
import org.smbd.server.pipeline.Reply;
import org.smbd.server.session.OpenHandle;
import org.smbd.server.session.OpenResource;
import org.smbd.vfs.FileService;
import org.smbd.vfs.Outcome;
import org.smbd.vfs.data.CopyRange;
import org.smbd.vfs.data.CopyResult;
import org.smbd.vfs.data.ServerSideCopy;

/**
 * MS-SMB2 3.3.5.15.5 Handling a Source File Key Request, 3.3.5.15.6 Handling a Server-Side Data Copy Request. The
 * limits of one request are those of Windows; the answer to one beyond them tells the limits.
 */
final class CopyChunk {
    /** ServerSideCopyMaxChunkSize. MS-SMB2 3.3.3 Initialization. */
    private static final int CHUNK_BYTES_MAX = 1024 * 1024;

    /** ServerSideCopyMaxDataSize. */
    private static final int TOTAL_BYTES_MAX = 16 * 1024 * 1024;

    private static final SrvCopychunkResponse LIMITS =
            new SrvCopychunkResponse(SrvCopychunkCopy.CHUNKS_MAX, CHUNK_BYTES_MAX, TOTAL_BYTES_MAX);

    private final Executor executor;

    CopyChunk(Executor executor) {
        this.executor = executor;
    }

    static Reply requestResumeKey(FsctlCall call) {
        call.requireOutput(ResumeKey.OUTPUT_BYTES, NtStatus.INVALID_PARAMETER);
        ResumeKey key = new ResumeKey(call.handle().fileId());
        return call.answer(ResumeKey.OUTPUT_BYTES, key::encode);
    }

    Reply copy(FsctlCall call) {
        call.requireOutput(SrvCopychunkResponse.SIZE_BYTES, NtStatus.INVALID_PARAMETER);
        SrvCopychunkCopy input;
        try {
            input = SrvCopychunkCopy.decode(call.input());
        } catch (MalformedMessage cut) {
            return limits(call);
        }
        OpenHandle source = acquire(call, input.sourceKey().fileId(), NtStatus.OBJECT_NAME_NOT_FOUND);
        boolean copying = false;
        try {
            if (!(source.resource() instanceof OpenResource.File from) || !isWithinLimits(input)) {
                return limits(call);
            }
            ServerSideCopy engine = call.controls().copy();
            // macOS asks for the whole file by naming no chunk.
            List<CopyRange> ranges =
                    input.chunkCount() == 0 ? ServerSideCopy.whole(from.open()) : ranges(input.chunks());
            OpenHandle target = acquire(call, call.handle().fileId(), NtStatus.FILE_CLOSED);
            copying = true; // from here on the copy gives both back
            boolean mayReadTarget = call.request().ctlCode() == FsctlCode.SRV_COPYCHUNK;
            Outcome<CopyResult> outcome = engine.copy(from.open(), call.open(), ranges, mayReadTarget, executor, () -> {
                source.release(executor);
                target.release(executor);
            });
            return outcome instanceof Outcome.Wait<CopyResult> wait
                    ? new Reply.Pending(PendingReply.of(wait.operation(), later -> reply(call, later)))
                    : reply(call, outcome);
        } finally {
            if (!copying) {
                source.release();
            }
        }
    }

    private static List<CopyRange> ranges(List<SrvCopychunkCopy.Chunk> chunks) {
        return chunks.stream()
                .map(chunk -> new CopyRange(chunk.sourceOffset(), chunk.targetOffset(), chunk.length()))
                .toList();
    }

    /** The open of a FileId of this session, held: another tree of the session will do, another session not. */
    static OpenHandle acquire(FsctlCall call, FileId fileId, NtStatus ifNone) {
        return call.context().session().find(fileId).filter(OpenHandle::acquire).orElseThrow(ifNone::exception);
    }

    private static boolean isWithinLimits(SrvCopychunkCopy input) {
        long total = 0;
        for (SrvCopychunkCopy.Chunk chunk : input.chunks()) {
            boolean badTarget = chunk.targetOffset() < 0 && chunk.targetOffset() != FileService.END_OF_FILE_OFFSET
                    || chunk.targetOffset() > Long.MAX_VALUE - CHUNK_BYTES_MAX;
            if (chunk.length() == 0 || chunk.length() > CHUNK_BYTES_MAX || chunk.sourceOffset() < 0 || badTarget) {
                return false;
            }
            total += chunk.length();
        }
        return input.isComplete() && total <= TOTAL_BYTES_MAX;
    }

    /** 3.3.5.15.6.2 Sending an Invalid Parameter Server-Side Copy Response. */
    private static Reply limits(FsctlCall call) {
        return call.answer(NtStatus.INVALID_PARAMETER, SrvCopychunkResponse.SIZE_BYTES, LIMITS::encode);
    }

    /** 3.3.5.15.6.1 Sending a Copy Failure Server-Side Copy Response, and the answer to a success, which is alike. */
    private static Reply reply(FsctlCall call, Outcome<CopyResult> outcome) {
        if (outcome instanceof Outcome.Fail<CopyResult> cancelled) {
            return Reply.failure(cancelled.status());
        }
        CopyResult result = ((Outcome.Done<CopyResult>) outcome).value();
        SrvCopychunkResponse output = new SrvCopychunkResponse(
                result.rangesCopied(), (int) result.rangeBytesCopied(), (int) result.bytesCopied());
        return call.answer(result.status(), SrvCopychunkResponse.SIZE_BYTES, output::encode);
    }
}

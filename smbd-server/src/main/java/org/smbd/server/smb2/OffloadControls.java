package org.smbd.server.smb2;

import java.util.concurrent.Executor;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.fsctl.OffloadReadInput;
import org.smbd.protocol.fsctl.OffloadReadOutput;
import org.smbd.protocol.fsctl.OffloadToken;
import org.smbd.protocol.fsctl.OffloadWriteInput;
import org.smbd.server.pipeline.PendingReply;
import org.smbd.server.pipeline.Reply;
import org.smbd.server.session.OpenHandle;
import org.smbd.vfs.Outcome;
import org.smbd.vfs.data.CopyResult;
import org.smbd.vfs.data.DataRange;
import org.smbd.vfs.data.OffloadCopy;
import org.smbd.vfs.data.OffloadTokens;

/** MS-FSCC 2.3.41 FSCTL_OFFLOAD_READ Request, 2.3.43 FSCTL_OFFLOAD_WRITE Request. */
final class OffloadControls {
    /** The type of our own tokens: any but the well-known ones. */
    private static final int TYPE_OURS = 0x00000001;

    private final OffloadTokens tokens = new OffloadTokens();
    private final Executor executor;

    OffloadControls(Executor executor) {
        this.executor = executor;
    }

    Reply read(FsctlCall call) {
        OffloadReadInput input = OffloadReadInput.decode(call.input());
        call.requireOutput(OffloadReadOutput.SIZE_BYTES, NtStatus.BUFFER_TOO_SMALL);
        if (input.copyLength() == 0) {
            return call.done();
        }
        OffloadCopy.Read read = call.controls()
                .offload()
                .read(
                        tokens,
                        call.open(),
                        new DataRange(input.fileOffset(), input.copyLength()),
                        input.tokenTimeToLive());
        OffloadReadOutput output = new OffloadReadOutput(
                read.zerosBehind() ? OffloadReadOutput.ALL_ZERO_BEYOND_CURRENT_RANGE : 0,
                read.transferLength(),
                new OffloadToken(TYPE_OURS, read.token()));
        return call.answer(OffloadReadOutput.SIZE_BYTES, output::encode);
    }

    Reply write(FsctlCall call) {
        OffloadWriteInput input = OffloadWriteInput.decode(call.input(), OffloadTokens.ID_BYTES);
        call.requireOutput(OffloadWriteInput.OUTPUT_BYTES, NtStatus.BUFFER_TOO_SMALL);
        if (input.copyLength() == 0) {
            return written(call, 0);
        }
        DataRange range = new DataRange(input.fileOffset(), input.copyLength());
        OffloadCopy engine = call.controls().offload();
        if (input.token().type() == OffloadToken.TYPE_ZERO_DATA) {
            return written(call, engine.writeZeros(call.open(), range));
        }
        OpenHandle target = CopyChunk.acquire(call, call.handle().fileId(), NtStatus.FILE_CLOSED);
        Outcome<CopyResult> outcome = engine.write(
                tokens,
                input.token().id(),
                input.transferOffset(),
                call.open(),
                range,
                executor,
                () -> target.release(executor));
        return outcome instanceof Outcome.Wait<CopyResult> wait
                ? new Reply.Pending(PendingReply.of(wait.operation(), later -> reply(call, later)))
                : reply(call, outcome);
    }

    private static Reply reply(FsctlCall call, Outcome<CopyResult> outcome) {
        if (outcome instanceof Outcome.Fail<CopyResult> cancelled) {
            return Reply.failure(cancelled.status());
        }
        CopyResult result = ((Outcome.Done<CopyResult>) outcome).value();
        return result.status().isError()
                ? Reply.failure(result.status())
                : written(call, OffloadCopy.wholeSectors(result.bytesCopied()));
    }

    private static Reply written(FsctlCall call, long lengthWritten) {
        return call.answer(OffloadWriteInput.OUTPUT_BYTES, out -> OffloadWriteInput.encodeOutput(lengthWritten, out));
    }
}

package org.smbd.server.smb2;

import org.smbd.core.status.NtStatus;
import org.smbd.protocol.fsctl.CompressionState;
import org.smbd.server.pipeline.Reply;

/** MS-FSCC 2.3.17 FSCTL_GET_COMPRESSION Request, 2.3.67 FSCTL_SET_COMPRESSION Request. */
final class CompressionControls {
    private CompressionControls() {}

    static Reply getCompression(FsctlCall call) {
        call.requireOutput(CompressionState.SIZE_BYTES, NtStatus.INVALID_PARAMETER);
        CompressionState state = call.controls().compression().isCompressed(call.open())
                ? CompressionState.LZNT1
                : CompressionState.NONE;
        return call.answer(CompressionState.SIZE_BYTES, state::encode);
    }

    static Reply setCompression(FsctlCall call) {
        CompressionState wanted = CompressionState.decode(call.input());
        call.controls().compression().setCompressed(call.open(), wanted != CompressionState.NONE);
        return call.done();
    }
}

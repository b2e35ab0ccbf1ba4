package org.smbd.server.smb2;

import java.util.function.Consumer;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.IoctlRequest;
import org.smbd.protocol.smb2.IoctlResponse;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;
import org.smbd.server.pipeline.Reply;
import org.smbd.server.pipeline.RequestContext;
import org.smbd.server.session.OpenHandle;
import org.smbd.server.session.OpenResource;
import org.smbd.vfs.FileOpen;
import org.smbd.vfs.data.FsControls;

/**
 * A control request on an open file: MS-SMB2 3.3.5.15.8 Handling a Pass-Through Operation Request.
 *
 * @param handle what the FileId stands for
 * @param file its file
 */
record FsctlCall(RequestContext context, IoctlRequest request, OpenHandle handle, OpenResource.File file) {
    private static final int FIXED_BYTES = 48;

    /** The call of a request that names a file: INVALID_DEVICE_REQUEST where it is a pipe. */
    static FsctlCall of(RequestContext context, IoctlRequest request) {
        OpenHandle handle = context.open(request.fileId());
        return new FsctlCall(context, request, handle, OpenTarget.file(handle, NtStatus.INVALID_DEVICE_REQUEST));
    }

    FsControls controls() {
        return file.files().controls();
    }

    FileOpen open() {
        return file.open();
    }

    WireReader input() {
        return new WireReader(request.input());
    }

    /** How many bytes of output the client has room for; the request was held against the negotiated maximum. */
    int outputMax() {
        return request.maxOutputResponse();
    }

    /** Demands room for so many bytes of output: {@code status} else. */
    void requireOutput(int bytes, NtStatus status) {
        if (outputMax() < bytes) {
            throw status.exception();
        }
    }

    /** It is done, and there is nothing to tell. */
    Reply done() {
        return Reply.success(IoctlResponse.of(request.ctlCode(), handle.fileId(), 0));
    }

    Reply answer(int bytes, Consumer<WireWriter> encoder) {
        return answer(NtStatus.SUCCESS, bytes, encoder);
    }

    /** The output of {@code encoder}, which writes exactly {@code bytes}. */
    Reply answer(NtStatus status, int bytes, Consumer<WireWriter> encoder) {
        encoder.accept(new WireWriter(context.payload(FIXED_BYTES, bytes)));
        return new Reply.Success(status, IoctlResponse.of(request.ctlCode(), handle.fileId(), bytes), bytes);
    }
}

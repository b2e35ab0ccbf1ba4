package org.smbd.server.smb2;

import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.IoctlRequest;
import org.smbd.protocol.smb2.IoctlResponse;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.server.pipe.PipeTree;
import org.smbd.server.pipeline.Reply;
import org.smbd.server.pipeline.RequestContext;

/**
 * MS-SMB2 3.3.5.15.10 Handling a Pipe Wait Request. Our pipes take any number of clients, so that nobody ever waits.
 */
final class PipeWait {
    private final PipeTree pipes;

    PipeWait(PipeTree pipes) {
        this.pipes = pipes;
    }

    Reply handle(RequestContext context, IoctlRequest request) {
        if (!context.tree().isPipe() || !pipes.exists(name(new WireReader(request.input())))) {
            return Reply.failure(NtStatus.OBJECT_NAME_NOT_FOUND);
        }
        return Reply.success(IoctlResponse.of(request.ctlCode(), request.fileId(), 0));
    }

    /** MS-FSCC 2.3.49 FSCTL_PIPE_WAIT Request. */
    private static String name(WireReader in) {
        try {
            in.skip(8); // Timeout
            long nameLength = in.u32(); // NameLength
            in.skip(2); // TimeoutSpecified, Padding
            return in.utf16(nameLength); // Name
        } catch (MalformedMessage malformed) {
            throw NtStatus.OBJECT_NAME_NOT_FOUND.exception();
        }
    }
}

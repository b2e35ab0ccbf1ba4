package org.smbd.server.smb2;

import io.netty.buffer.ByteBuf;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.IoctlRequest;
import org.smbd.protocol.smb2.IoctlResponse;
import org.smbd.protocol.smb2.Smb2Command;
import org.smbd.protocol.smb2.Smb2Header;
import org.smbd.protocol.smb2.Smb2Request;
import org.smbd.server.pipeline.CommandHandler;
import org.smbd.server.pipeline.Reply;
import org.smbd.server.pipeline.Request;

/**
 * The hook that Samba's smbtorture knows for a connection on which nothing is acknowledged any more, without which no
 * test without privileges sees breaks move to another channel. Only where {@code smbd:FSCTL_SMBTORTURE = yes} asks for
 * it: anybody may send it.
 */
public final class TestControls implements CommandHandler {
    private static final int CTL_CODE_OFFSET = Smb2Header.SIZE_BYTES + 4;
    private static final int FORCE_UNACKED_TIMEOUT = 0x83848003;

    private final CommandHandler others;

    /** @param others does all other requests */
    public TestControls(CommandHandler others) {
        this.others = others;
    }

    @Override
    public boolean isAboutConnection(Request request) {
        ByteBuf message = request.message();
        return request.header().command() == Smb2Command.IOCTL
                && message.readableBytes() >= CTL_CODE_OFFSET + Integer.BYTES
                && message.getIntLE(CTL_CODE_OFFSET) == FORCE_UNACKED_TIMEOUT;
    }

    @Override
    public Reply handle(Request context, Smb2Request body) {
        if (!isAboutConnection(context) || !(body instanceof IoctlRequest request)) {
            return others.handle(context, body);
        }
        if (request.input().isReadable()) {
            return Reply.failure(NtStatus.INVALID_PARAMETER);
        }
        context.connection().transport().ignoreAcknowledgements();
        return Reply.success(IoctlResponse.of(FORCE_UNACKED_TIMEOUT, request.fileId(), 0));
    }
}

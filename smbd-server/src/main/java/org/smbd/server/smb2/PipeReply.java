package org.smbd.server.smb2;

import io.netty.buffer.ByteBuf;
import java.util.function.IntFunction;
import org.smbd.protocol.smb2.Smb2Response;
import org.smbd.server.pipe.PipeMessage;
import org.smbd.server.pipeline.PendingReply;
import org.smbd.server.pipeline.Reply;
import org.smbd.server.pipeline.RequestContext;
import org.smbd.vfs.Outcome;

/** The answer to what reads from a pipe, now or when something comes. */
final class PipeReply {
    private PipeReply() {}

    /** @param response the fixed part, {@code fixedBytes} long, of an answer with so much payload */
    static Reply of(
            RequestContext context,
            Outcome<PipeMessage> outcome,
            int fixedBytes,
            IntFunction<? extends Smb2Response> response) {
        if (outcome instanceof Outcome.Wait<PipeMessage> wait) {
            return new Reply.Pending(
                    PendingReply.of(wait.operation(), later -> of(context, later, fixedBytes, response)));
        }
        if (outcome instanceof Outcome.Fail<PipeMessage> fail) {
            return Reply.failure(fail.status());
        }
        PipeMessage message = ((Outcome.Done<PipeMessage>) outcome).value();
        int count = message.data().readableBytes();
        ByteBuf payload = context.payload(fixedBytes, count);
        payload.writeBytes(message.data());
        message.data().release();
        return new Reply.Success(message.status(), response.apply(count), count);
    }
}

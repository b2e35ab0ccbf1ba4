package org.smbd.server.smb2;

import java.time.Duration;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.Dialect;
import org.smbd.protocol.smb2.IoctlRequest;
import org.smbd.protocol.smb2.IoctlResponse;
import org.smbd.server.config.Limits;
import org.smbd.server.pipeline.Reply;
import org.smbd.server.pipeline.RequestContext;
import org.smbd.server.session.Durability;
import org.smbd.server.session.OpenHandle;

/** MS-SMB2 3.3.5.15.9 Handling a Resiliency Request: an open outlives its connection whatever is cached. */
final class Resiliency {
    /** 2.2.31.3 NETWORK_RESILIENCY_REQUEST Request. */
    private static final int REQUEST_BYTES = 8;

    private final Duration timeout;
    private final Duration timeoutMax;

    Resiliency(Limits limits) {
        this.timeout = limits.durable();
        this.timeoutMax = limits.durableMax();
    }

    Reply handle(RequestContext context, IoctlRequest request) {
        if (context.connection().dialect() == Dialect.SMB_2_0_2) {
            return Reply.failure(NtStatus.INVALID_DEVICE_REQUEST);
        }
        OpenHandle open = context.open(request.fileId());
        OpenTarget.file(open, NtStatus.INVALID_DEVICE_REQUEST);
        if (request.input().readableBytes() < REQUEST_BYTES) {
            return Reply.failure(NtStatus.INVALID_PARAMETER);
        }
        Duration wanted = Duration.ofMillis(
                request.input().getUnsignedIntLE(request.input().readerIndex()));
        if (wanted.compareTo(timeoutMax) > 0) {
            return Reply.failure(NtStatus.INVALID_PARAMETER);
        }
        open.setDurability(new Durability(
                Durability.Kind.RESILIENT,
                wanted.isZero() ? timeout : wanted,
                context.session().securityContext().userSid(),
                context.connection().clientGuid(),
                open.durability().flatMap(Durability::createGuid)));
        return Reply.success(IoctlResponse.of(request.ctlCode(), open.fileId(), 0));
    }
}

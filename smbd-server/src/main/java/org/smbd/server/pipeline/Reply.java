package org.smbd.server.pipeline;

import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.ErrorBody;
import org.smbd.protocol.smb2.Smb2Response;

/** What a handler answers. The pipeline writes header, grants credits, signs or seals. */
public sealed interface Reply {
    /**
     * A response of the command's own form.
     *
     * @param status SUCCESS, or a status that still carries that form (BUFFER_OVERFLOW, MORE_PROCESSING_REQUIRED, ...)
     * @param payloadBytes how much of {@link RequestContext#payload} was filled; it follows the fixed part that
     *     {@code response} encodes
     */
    record Success(NtStatus status, Smb2Response response, int payloadBytes) implements Reply {}

    /** An error response, MS-SMB2 2.2.2. */
    record Failure(NtStatus status, ErrorBody body) implements Reply {}

    /** The answer comes later. */
    record Pending(PendingReply later) implements Reply {}

    /**
     * Only to a request that {@linkplain RequestContext#mayBlock may not block}: nothing was done, as it would block.
     */
    record WouldBlock() implements Reply {
        public static final WouldBlock INSTANCE = new WouldBlock();
    }

    /** No answer at all (CANCEL, messages that drop the connection). */
    record None() implements Reply {}

    static Reply success(Smb2Response response) {
        return new Success(NtStatus.SUCCESS, response, 0);
    }

    static Reply success(Smb2Response response, int payloadBytes) {
        return new Success(NtStatus.SUCCESS, response, payloadBytes);
    }

    static Reply failure(NtStatus status) {
        return new Failure(status, ErrorBody.Empty.INSTANCE);
    }
}

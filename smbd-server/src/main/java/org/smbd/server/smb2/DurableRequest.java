package org.smbd.server.smb2;

import java.util.List;
import java.util.Optional;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.Guid;
import org.smbd.protocol.smb2.CreateContext;
import org.smbd.protocol.smb2.Dialect;
import org.smbd.protocol.smb2.FileId;

/** What a CREATE says of durable opens: MS-SMB2 3.3.5.9.6, 3.3.5.9.7, 3.3.5.9.10 and 3.3.5.9.12. */
sealed interface DurableRequest {
    /** Nothing. */
    record Nothing() implements DurableRequest {}

    /** A durable open is asked for. SMB2_CREATE_DURABLE_HANDLE_REQUEST. */
    record Version1() implements DurableRequest {}

    /**
     * The same, with a time and a name. SMB2_CREATE_DURABLE_HANDLE_REQUEST_V2.
     *
     * @param timeoutMillis 0 leaves it to us; unsigned
     * @param persistent SMB2_DHANDLE_FLAG_PERSISTENT
     */
    record Version2(int timeoutMillis, Guid createGuid, boolean persistent) implements DurableRequest {}

    /**
     * The client comes back for an open.
     *
     * @param createGuid of version 2
     * @param persistent SMB2_DHANDLE_FLAG_PERSISTENT
     */
    record Reconnect(FileId fileId, Optional<Guid> createGuid, boolean persistent) implements DurableRequest {}

    /**
     * Looks through all contexts.
     *
     * @throws org.smbd.core.status.SmbException INVALID_PARAMETER for those that exclude each other
     */
    static DurableRequest of(List<CreateContext> contexts, Dialect dialect) {
        CreateContext.DurableHandleRequestV2 request = null;
        CreateContext.DurableHandleReconnectV2 reconnect = null;
        CreateContext.DurableHandleReconnect reconnect1 = null;
        boolean request1 = false;
        for (CreateContext context : contexts) {
            if (context instanceof CreateContext.DurableHandleRequest) {
                request1 = true;
            } else if (context instanceof CreateContext.DurableHandleReconnect version1) {
                reconnect1 = version1;
            } else if (context instanceof CreateContext.DurableHandleRequestV2 version2 && dialect.isSmb3()) {
                request = version2;
            } else if (context instanceof CreateContext.DurableHandleReconnectV2 version2 && dialect.isSmb3()) {
                reconnect = version2;
            }
        }
        boolean version1 = request1 || reconnect1 != null;
        if (version1 && (request != null || reconnect != null) || request != null && reconnect != null) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        if (reconnect != null) {
            boolean persistent = (reconnect.flags() & CreateContext.DurableHandleRequestV2.FLAG_PERSISTENT) != 0;
            return new Reconnect(reconnect.fileId(), Optional.of(reconnect.createGuid()), persistent);
        }
        if (reconnect1 != null) {
            return new Reconnect(reconnect1.fileId(), Optional.empty(), false);
        }
        if (request != null) {
            boolean persistent = (request.flags() & CreateContext.DurableHandleRequestV2.FLAG_PERSISTENT) != 0;
            return new Version2(request.timeoutMillis(), request.createGuid(), persistent);
        }
        return request1 ? new Version1() : new Nothing();
    }
}

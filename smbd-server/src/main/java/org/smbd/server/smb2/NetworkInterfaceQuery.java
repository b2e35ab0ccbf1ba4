package org.smbd.server.smb2;

import java.net.SocketException;
import java.util.List;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.fsctl.NetworkInterfaceInfo;
import org.smbd.protocol.smb2.GlobalCapabilities;
import org.smbd.protocol.smb2.IoctlRequest;
import org.smbd.protocol.smb2.IoctlResponse;
import org.smbd.protocol.wire.WireWriter;
import org.smbd.server.net.ServerInterfaces;
import org.smbd.server.pipeline.Reply;
import org.smbd.server.pipeline.RequestContext;

/** MS-SMB2 3.3.5.15.11 Handling a Query Network Interface Request: where clients may open further channels. */
final class NetworkInterfaceQuery {
    private static final int FIXED_BYTES = 48;

    private final ServerInterfaces interfaces;

    NetworkInterfaceQuery(ServerInterfaces interfaces) {
        this.interfaces = interfaces;
    }

    Reply handle(RequestContext context, IoctlRequest request) {
        if ((context.connection().serverCapabilities() & GlobalCapabilities.MULTI_CHANNEL) == 0) {
            return Reply.failure(NtStatus.NOT_SUPPORTED);
        }
        if (request.input().isReadable()) {
            return Reply.failure(NtStatus.INVALID_PARAMETER);
        }
        List<NetworkInterfaceInfo> infos;
        try {
            infos = interfaces.list();
        } catch (SocketException unknown) {
            return Reply.failure(NtStatus.UNSUCCESSFUL);
        }
        int bytes = infos.size() * NetworkInterfaceInfo.SIZE_BYTES;
        if (bytes > request.maxOutputResponse()) {
            return Reply.failure(NtStatus.BUFFER_TOO_SMALL);
        }
        WireWriter out = new WireWriter(context.payload(FIXED_BYTES, bytes));
        for (int i = 0; i < infos.size(); i++) {
            infos.get(i).encode(out, i == infos.size() - 1);
        }
        return Reply.success(IoctlResponse.of(request.ctlCode(), request.fileId(), bytes), bytes);
    }
}

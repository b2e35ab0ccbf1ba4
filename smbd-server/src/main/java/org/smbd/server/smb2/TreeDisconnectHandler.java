package org.smbd.server.smb2;

import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.TreeDisconnectRequest;
import org.smbd.protocol.smb2.TreeDisconnectResponse;
import org.smbd.server.pipeline.Reply;
import org.smbd.server.pipeline.Request;

/** MS-SMB2 3.3.5.8 Receiving an SMB2 TREE_DISCONNECT Request. */
final class TreeDisconnectHandler {
    Reply handle(Request context, TreeDisconnectRequest request) {
        context.session().disconnect(context.tree());
        context.connection()
                .pending()
                .cancelWhere(
                        operation -> operation.sessionId() == context.session().sessionId()
                                && operation.treeId() == context.tree().treeId(),
                        NtStatus.CANCELLED);
        return Reply.success(new TreeDisconnectResponse());
    }
}

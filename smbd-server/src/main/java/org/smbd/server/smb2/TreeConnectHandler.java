package org.smbd.server.smb2;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.core.type.SecurityContext;
import org.smbd.protocol.smb2.Smb2Flags;
import org.smbd.protocol.smb2.TreeConnectRequest;
import org.smbd.protocol.smb2.TreeConnectResponse;
import org.smbd.server.conn.Connection;
import org.smbd.server.pipeline.Reply;
import org.smbd.server.pipeline.Request;
import org.smbd.server.session.Session;
import org.smbd.server.session.TreeConnect;

/** MS-SMB2 3.3.5.7 Receiving an SMB2 TREE_CONNECT Request. */
public final class TreeConnectHandler {
    private static final Logger LOG = LoggerFactory.getLogger(TreeConnectHandler.class);

    private final ShareConnector connector;

    public TreeConnectHandler(ShareConnector connector) {
        this.connector = connector;
    }

    /** Connects the session to a share. */
    public Reply handle(Request context, TreeConnectRequest request) {
        Connection connection = context.connection();
        Session session = context.session();
        if (connection.dialect().hasPreauthIntegrity()
                && session.securityContext().kind() == SecurityContext.Kind.USER
                && !context.header().has(Smb2Flags.SIGNED)
                && !context.isSealed()) {
            LOG.warn("{}: closed, its TREE_CONNECT was neither signed nor encrypted", connection.peer());
            connection.disconnect();
            return new Reply.None();
        }
        TreeConnect tree = connector.connect(context.caller(), request.path());
        context.connected(tree);
        if (tree.isPipe()) {
            return Reply.success(new TreeConnectResponse(
                    TreeConnectResponse.TYPE_PIPE, TreeConnectResponse.FLAG_NO_CACHING, 0, tree.maximalAccess()));
        }
        return Reply.success(new TreeConnectResponse(
                TreeConnectResponse.TYPE_DISK,
                TreeConnectResponse.FLAG_MANUAL_CACHING
                        | (tree.share().acls().hideUnreadable()
                                ? TreeConnectResponse.FLAG_ACCESS_BASED_DIRECTORY_ENUM
                                : 0)
                        | (tree.encryptData() ? TreeConnectResponse.FLAG_ENCRYPT_DATA : 0),
                PersistentHandles.isContinuouslyAvailable(tree, connection.serverCapabilities())
                        ? TreeConnectResponse.CAP_CONTINUOUS_AVAILABILITY
                        : 0,
                tree.maximalAccess()));
    }
}

package org.smbd.server.smb2;

import org.smbd.protocol.smb2.EchoRequest;
import org.smbd.protocol.smb2.LogoffRequest;
import org.smbd.protocol.smb2.NegotiateRequest;
import org.smbd.protocol.smb2.SessionSetupRequest;
import org.smbd.protocol.smb2.Smb2Request;
import org.smbd.protocol.smb2.TreeConnectRequest;
import org.smbd.protocol.smb2.TreeDisconnectRequest;
import org.smbd.server.pipeline.CommandHandler;
import org.smbd.server.pipeline.Reply;
import org.smbd.server.pipeline.Request;

/** Hands each command to its handler, a line each. */
public final class Smb2Dispatcher implements CommandHandler {
    private final NegotiateHandler negotiate;
    private final SessionSetupHandler sessionSetup;
    private final TreeConnectHandler treeConnect;
    private final CommandHandler files;
    private final LogoffHandler logoff = new LogoffHandler();
    private final TreeDisconnectHandler treeDisconnect = new TreeDisconnectHandler();
    private final EchoHandler echo = new EchoHandler();

    /** @param files does the commands on files and pipes */
    public Smb2Dispatcher(
            NegotiateHandler negotiate,
            SessionSetupHandler sessionSetup,
            TreeConnectHandler treeConnect,
            CommandHandler files) {
        this.negotiate = negotiate;
        this.sessionSetup = sessionSetup;
        this.treeConnect = treeConnect;
        this.files = files;
    }

    @Override
    public Reply handle(Request context, Smb2Request body) {
        return switch (context.header().command()) {
            case NEGOTIATE -> negotiate.handle(context, (NegotiateRequest) body);
            case SESSION_SETUP -> sessionSetup.handle(context, (SessionSetupRequest) body);
            case LOGOFF -> logoff.handle(context, (LogoffRequest) body);
            case TREE_CONNECT -> treeConnect.handle(context, (TreeConnectRequest) body);
            case TREE_DISCONNECT -> treeDisconnect.handle(context, (TreeDisconnectRequest) body);
            case ECHO -> echo.handle((EchoRequest) body);
            case CANCEL -> new Reply.None(); // done when it was admitted
            case CREATE,
                    CLOSE,
                    FLUSH,
                    READ,
                    WRITE,
                    LOCK,
                    IOCTL,
                    QUERY_DIRECTORY,
                    CHANGE_NOTIFY,
                    QUERY_INFO,
                    SET_INFO,
                    OPLOCK_BREAK -> files.handle(context, body);
        };
    }
}

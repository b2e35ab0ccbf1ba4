package org.smbd.server.smb1;

import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb1.Smb1SessionRequest;
import org.smbd.protocol.smb1.Smb1SessionResponse;
import org.smbd.server.session.TreeConnect;
import org.smbd.server.smb2.ShareConnector;

/** Connects to shares and disconnects from them: MS-CIFS 3.3.5.45, 3.3.5.40, 3.3.5.41. */
final class TreeCommands {
    private static final String ANY = "?????";
    private static final String DISK = "A:";
    private static final String PIPES = "IPC";

    private final ShareConnector connector;

    TreeCommands(ShareConnector connector) {
        this.connector = connector;
    }

    /** SMB_COM_TREE_CONNECT_ANDX. */
    Smb1Reply connectAndx(Smb1Call call) {
        Smb1SessionRequest.TreeConnect request = Smb1SessionRequest.TreeConnect.decodeAndx(call.block(), call.text());
        if ((request.flags() & Smb1SessionRequest.TreeConnect.DISCONNECT_TID) != 0) {
            call.connection().trees().find(call.tid()).ifPresent(old -> disconnect(call.connection(), old));
        }
        TreeConnect share = connect(call, request);
        boolean wantsRights = (request.flags() & Smb1SessionRequest.TreeConnect.EXTENDED_RESPONSE) != 0;
        return Smb1Reply.of(new Smb1SessionResponse.TreeConnect(
                Smb1SessionResponse.TreeConnect.SEARCH_BITS,
                wantsRights ? new Smb1SessionResponse.Rights(share.maximalAccess(), 0) : null,
                share.isPipe() ? PIPES : DISK,
                share.isPipe() ? "" : share.share().fileSystem()));
    }

    /** SMB_COM_TREE_CONNECT. */
    Smb1Reply connectCore(Smb1Call call) {
        connect(call, Smb1SessionRequest.TreeConnect.decodeCore(call.block(), call.text()));
        return Smb1Reply.of(new Smb1SessionResponse.TreeConnectCore(Smb1Limits.BUFFER_BYTES, call.tid()));
    }

    private TreeConnect connect(Smb1Call call, Smb1SessionRequest.TreeConnect request) {
        String unc = unc(request.path());
        Smb1Ids<Smb1Tree> trees = call.connection().trees();
        Smb1Tree tree = trees.add(tid -> new Smb1Tree(tid, unc, connector));
        try {
            TreeConnect share = tree.of(call.caller());
            requireService(request.service(), share);
            call.setTid(tree.tid());
            return share;
        } catch (RuntimeException refused) {
            trees.remove(tree.tid());
            tree.disconnect();
            throw refused;
        }
    }

    /** Some clients leave out the server, DOS clients write in upper case, which does not matter. */
    private static String unc(String path) {
        String slashed = path.replace('/', '\\');
        return slashed.startsWith("\\\\") ? slashed : "\\\\server\\" + slashed.substring(slashed.lastIndexOf('\\') + 1);
    }

    private static void requireService(String service, TreeConnect share) {
        boolean right = service.equals(ANY) || service.equalsIgnoreCase(share.isPipe() ? PIPES : DISK);
        if (!right) {
            throw NtStatus.BAD_DEVICE_TYPE.exception();
        }
    }

    /** SMB_COM_TREE_DISCONNECT. */
    static Smb1Reply disconnect(Smb1Call call) {
        call.block().words(0);
        disconnect(call.connection(), call.tree());
        return Smb1Reply.DONE;
    }

    static void disconnect(Smb1Connection connection, Smb1Tree tree) {
        connection.trees().remove(tree.tid());
        connection.searches().closeWhere(search -> search.tree() == tree);
        connection.opens().all().stream()
                .filter(open -> open.tree() == tree)
                .forEach(open -> connection.opens().remove(open.fid()));
        tree.disconnect();
        connection.cancelWhere(pending -> pending.isOfTree(tree.tid()), NtStatus.CANCELLED);
    }
}

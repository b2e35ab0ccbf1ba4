package org.smbd.server.smb1;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.smbd.server.conn.Caller;
import org.smbd.server.session.Session;
import org.smbd.server.session.TreeConnect;
import org.smbd.server.smb2.ShareConnector;

/**
 * What a TID stands for: MS-CIFS 3.3.1.5 Per Tree Connect. A client may use it with the UIDs of other users than
 * the one who connected: each is let into the share by its own rights.
 */
final class Smb1Tree {
    private final int tid;
    private final String unc;
    private final ShareConnector connector;
    private final ConcurrentMap<Session, TreeConnect> connects = new ConcurrentHashMap<>();

    Smb1Tree(int tid, String unc, ShareConnector connector) {
        this.tid = tid;
        this.unc = unc;
        this.connector = connector;
    }

    int tid() {
        return tid;
    }

    /**
     * The tree connect of a session; made at its first use.
     *
     * @throws org.smbd.core.status.SmbException where that user may not connect to the share
     */
    TreeConnect of(Caller caller) {
        TreeConnect known = connects.get(caller.session());
        if (known == null) {
            known = connector.connect(caller, unc);
            connects.put(caller.session(), known);
            caller.session().onClose(() -> connects.remove(caller.session()));
        }
        return known;
    }

    /** Gives up the tree connects of all sessions, with their opens. */
    void disconnect() {
        connects.forEach(Session::disconnect);
    }
}

package org.smbd.server.smb2;

import java.util.function.Consumer;
import org.smbd.protocol.smb2.LeaseBreakNotification;
import org.smbd.protocol.smb2.OplockBreakMessage;
import org.smbd.protocol.smb2.Smb2Command;
import org.smbd.server.pipeline.Notification;
import org.smbd.server.session.OpenHandle;
import org.smbd.server.session.Session;
import org.smbd.vfs.oplock.BreakListener;
import org.smbd.vfs.oplock.BreakNotice;
import org.smbd.vfs.oplock.LeaseKey;

/**
 * Tells the client of one open of breaks: MS-SMB2 3.3.4.6 Object Store Indicates an Oplock Break, 3.3.4.7 Object Store
 * Indicates a Lease Break.
 */
final class OpenBreaks implements BreakListener, OpenHandle.Reconnection {
    private final Consumer<OpenHandle> onCacheLost;
    private volatile Session session;
    private volatile boolean sealed;
    private volatile OpenHandle handle;

    /**
     * Those of an open that is about to be.
     *
     * @param sealed whether the tree connect of the open encrypts
     * @param onCacheLost told when a break reached nobody
     */
    OpenBreaks(Session session, boolean sealed, Consumer<OpenHandle> onCacheLost) {
        this.onCacheLost = onCacheLost;
        this.session = session;
        this.sealed = sealed;
    }

    /** Those of an open that has no session yet. */
    static OpenBreaks ofRevived(Consumer<OpenHandle> onCacheLost) {
        return new OpenBreaks(null, false, onCacheLost);
    }

    /** What the open is called from now on. */
    void registered(OpenHandle registered) {
        handle = registered;
        registered.onReconnect(this);
    }

    @Override
    public void reconnected(Session newSession, OpenHandle open) {
        sealed = open.tree().encryptData();
        handle = open;
        session = newSession;
    }

    @Override
    public boolean tell(BreakNotice notice) {
        OpenHandle open = handle;
        Session reached = session;
        if (open == null || reached == null || reached.isClosed()) {
            return false;
        }
        Notification notification = notice.lease().isPresent()
                ? new Notification(
                        Smb2Command.OPLOCK_BREAK, lease(notice, notice.lease().get()), false, sealed)
                : new Notification(
                        Smb2Command.OPLOCK_BREAK,
                        new OplockBreakMessage(CachingLevels.levelOf(notice.to()), open.fileId()),
                        true,
                        sealed);
        return notification.send(reached);
    }

    private static LeaseBreakNotification lease(BreakNotice notice, LeaseKey lease) {
        int flags = notice.acknowledgeRequired() ? LeaseBreakNotification.FLAG_ACK_REQUIRED : 0;
        return new LeaseBreakNotification(notice.epoch(), flags, lease.key(), notice.from(), notice.to());
    }

    /** The session has lost its last connection, and closes the open if it has not yet parked it. */
    @Override
    public void unreachable(int to) {
        OpenHandle open = handle;
        if (open != null) {
            onCacheLost.accept(open);
        }
    }
}

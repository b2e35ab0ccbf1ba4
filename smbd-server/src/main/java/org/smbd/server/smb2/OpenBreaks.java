package org.smbd.server.smb2;

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
final class OpenBreaks implements BreakListener {
    private final Session session;
    private final boolean sealed;
    private volatile OpenHandle handle;

    /** @param sealed whether the tree connect of the open encrypts */
    OpenBreaks(Session session, boolean sealed) {
        this.session = session;
        this.sealed = sealed;
    }

    /** What the open is called from now on. */
    void registered(OpenHandle registered) {
        handle = registered;
    }

    @Override
    public boolean tell(BreakNotice notice) {
        OpenHandle open = handle;
        if (open == null) {
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
        return notification.send(session);
    }

    private static LeaseBreakNotification lease(BreakNotice notice, LeaseKey lease) {
        int flags = notice.acknowledgeRequired() ? LeaseBreakNotification.FLAG_ACK_REQUIRED : 0;
        return new LeaseBreakNotification(notice.epoch(), flags, lease.key(), notice.from(), notice.to());
    }

    /** The session has lost its last connection, and closes the open. */
    @Override
    public void unreachable(int to) {}
}

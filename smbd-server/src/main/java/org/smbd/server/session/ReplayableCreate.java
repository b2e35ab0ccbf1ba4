package org.smbd.server.session;

import org.smbd.core.file.CreateAction;
import org.smbd.core.type.Sid;

/**
 * A CREATE that its client may send again, with the same CreateGuid: Open.CreateGuid and Open.IsReplayEligible of
 * MS-SMB2 3.3.1.10 Per Open.
 *
 * <pre>
 *   UNDER_WAY --done--> OPEN --the open is used or closed--> forgotten
 *       +------------- the CREATE failed ------------------> forgotten
 * </pre>
 */
public final class ReplayableCreate {
    /**
     * What the CREATE came to.
     *
     * @param open as it is called now
     * @param action what was done to the file
     * @param owner who opened it
     */
    public record Made(OpenHandle open, CreateAction action, Sid owner) {
        /** What is open. */
        public OpenResource.File file() {
            return (OpenResource.File) open.resource();
        }
    }

    private final CreateReplays.Key key;
    private final CreateReplays replays;
    private volatile Made made;
    private volatile long acknowledgements;

    ReplayableCreate(CreateReplays.Key key, CreateReplays replays) {
        this.key = key;
        this.replays = replays;
    }

    CreateReplays.Key key() {
        return key;
    }

    /** The open that was made; null while it is under way. */
    public Made made() {
        return made;
    }

    /** The CREATE is done: until its open is used for the first time it may be sent again. */
    public void done(OpenHandle open, CreateAction action, Sid owner) {
        Made done = new Made(open, action, owner);
        acknowledgements = done.file().open().caching().acknowledgements();
        made = done;
        open.setReplayable(this);
    }

    /** Its open goes on under another name. */
    void continued(OpenHandle open) {
        made = new Made(open, made.action(), made.owner());
    }

    /** 3.3.5.22.2: whether the client has acknowledged a break since, and so knows of the open. */
    boolean isKnownToClient() {
        return made != null && made.file().open().caching().acknowledgements() != acknowledgements;
    }

    /** There is no open to find: none was made. */
    public void endUnlessDone() {
        if (made == null) {
            forget();
        }
    }

    void forget() {
        replays.remove(this);
    }
}

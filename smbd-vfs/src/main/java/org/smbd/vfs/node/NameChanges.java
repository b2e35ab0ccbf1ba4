package org.smbd.vfs.node;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the renames and deletions that this process makes, so that an open can tell whether the name that it looked up
 * still leads to its file: between the look-up and the moment its node knows of it, nobody tells it of a change.
 */
public final class NameChanges {
    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();

    /** Said before a name changes on the host; {@link #end} follows in any case. */
    public void begin() {
        begun.incrementAndGet();
    }

    /** Said when the opens that are known have been told of the change. */
    public void end() {
        ended.incrementAndGet();
    }

    /** A moment for {@link #isQuietSince}, to be taken before a name is looked up. */
    public long now() {
        return ended.get(); // a change that is under way counts as one that comes later
    }

    /** Whether no name has changed, and none is being changed, since {@code moment}. */
    public boolean isQuietSince(long moment) {
        return begun.get() == moment;
    }
}

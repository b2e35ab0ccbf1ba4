package org.smbd.server.persistent;

import java.util.List;

/** What happened to a persistent open: an entry of the journal. */
sealed interface Change {
    /** It was made. */
    record Opened(OpenDescription description, String path) implements Change {}

    /** A LOCK request was carried out. */
    record Locks(LockSequence sequence, List<HeldLock> added, List<HeldLock> removed) implements Change {}

    /** It was renamed. */
    record Moved(String path) implements Change {}

    /** FileDispositionInformation was set. */
    record DeletePending(boolean pending) implements Change {}

    /** It is gone. */
    record Closed() implements Change {}
}

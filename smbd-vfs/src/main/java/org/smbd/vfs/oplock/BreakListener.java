package org.smbd.vfs.oplock;

/** The client's side of an open: who is told that its cache ends. MS-FSA 2.1.5.18.3 Indicating an Oplock Break. */
public interface BreakListener {
    /**
     * Sends a break to the client. Never blocks; called with no lock of the file held, and in the order of the breaks.
     *
     * @return false if the client cannot be reached this way
     */
    boolean tell(BreakNotice notice);

    /**
     * The client of the open could not be told at all, and has lost what it cached.
     *
     * @param to what the cache was broken to
     */
    void unreachable(int to);
}

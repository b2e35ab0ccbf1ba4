package org.smbd.protocol.rpc.srvsvc;

import java.util.List;

/** Who uses the server, as its administrators see it. Closing may wait for a disk. Safe for many threads. */
public interface ServerUsage {
    /** All sessions. */
    List<SessionEntry> sessions();

    /** The tree connects of all sessions. */
    List<ConnectionEntry> connections();

    /** The opens of all sessions. */
    List<FileEntry> files();

    /**
     * Ends sessions.
     *
     * @param client the address that they come from; empty for any
     * @param user the account; empty for any
     * @return how many there were
     */
    int closeSessions(String client, String user);

    /**
     * Closes an open.
     *
     * @return whether there was one
     */
    boolean closeFile(int id);

    /** The network interfaces that are served, by their addresses. */
    List<String> transports();
}

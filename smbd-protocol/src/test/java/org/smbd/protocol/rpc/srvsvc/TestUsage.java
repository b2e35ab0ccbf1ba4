package org.smbd.protocol.rpc.srvsvc;

import java.util.ArrayList;
import java.util.List;

/** Two sessions with a connection and an open each. */
public final class TestUsage implements ServerUsage {
    private final List<String> closed = new ArrayList<>();

    @Override
    public List<SessionEntry> sessions() {
        return List.of(
                new SessionEntry("10.0.0.1", "alice", 1, 100, 10, false, "SMB 3.1.1"),
                new SessionEntry("10.0.0.2", "nobody", 2, 200, 20, true, "NT1"));
    }

    @Override
    public List<ConnectionEntry> connections() {
        return List.of(
                new ConnectionEntry(1, ShareEntry.STYPE_DISKTREE, 1, 100, "alice", "ab", "10.0.0.1"),
                new ConnectionEntry(2, ShareEntry.STYPE_IPC, 2, 200, "nobody", "IPC$", "10.0.0.2"));
    }

    @Override
    public List<FileEntry> files() {
        return List.of(new FileEntry(7, 3, 4, "ab\\x", "alice"), new FileEntry(8, 1, 0, "\\PIPE\\srvsvc", "nobody"));
    }

    @Override
    public int closeSessions(String client, String user) {
        closed.add(client + " " + user);
        return client.equals("10.0.0.9") ? 0 : 1;
    }

    @Override
    public boolean closeFile(int id) {
        closed.add("file " + id);
        return id == 7;
    }

    /** What was asked to be closed. */
    List<String> closed() {
        return closed;
    }

    @Override
    public List<String> transports() {
        return List.of("10.0.0.100");
    }
}

package org.smbd.server.pipe;

import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.core.file.AccessMask;
import org.smbd.protocol.rpc.srvsvc.ConnectionEntry;
import org.smbd.protocol.rpc.srvsvc.FileEntry;
import org.smbd.protocol.rpc.srvsvc.ServerUsage;
import org.smbd.protocol.rpc.srvsvc.SessionEntry;
import org.smbd.protocol.rpc.srvsvc.ShareEntry;
import org.smbd.server.conn.Connection;
import org.smbd.server.net.ServerInterfaces;
import org.smbd.server.session.Channel;
import org.smbd.server.session.OpenHandle;
import org.smbd.server.session.OpenResource;
import org.smbd.server.session.Session;
import org.smbd.server.session.SessionTable;
import org.smbd.server.session.TreeConnect;

/** Who uses this server, as its administrators see and end it. */
final class HostUsage implements ServerUsage {
    private static final Logger LOG = LoggerFactory.getLogger(HostUsage.class);
    /** MS-SRVS 2.2.4.7 FILE_INFO_3, fi3_permissions: PERM_FILE_READ, PERM_FILE_WRITE, PERM_FILE_CREATE. */
    private static final int PERM_FILE_READ = 1;

    private static final int PERM_FILE_WRITE = 2;
    private static final int PERM_FILE_CREATE = 4;

    private final SessionTable sessions;
    private final ServerInterfaces interfaces;

    HostUsage(SessionTable sessions, ServerInterfaces interfaces) {
        this.sessions = sessions;
        this.interfaces = interfaces;
    }

    /** Whoever is logged in, and the connection that was used last. */
    private void forEach(BiConsumer<Session, Connection> action) {
        for (Session session : sessions.all()) {
            Connection last = null;
            for (Channel channel : session.channels()) {
                if (channel instanceof Connection connection
                        && (last == null || connection.lastUsedNanos() - last.lastUsedNanos() > 0)) {
                    last = connection;
                }
            }
            if (last != null && session.established().isPresent()) {
                action.accept(session, last);
            }
        }
    }

    private static int secondsSince(long nanos) {
        return (int) TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - nanos);
    }

    @Override
    public List<SessionEntry> sessions() {
        List<SessionEntry> entries = new ArrayList<>();
        forEach((session, connection) -> entries.add(new SessionEntry(
                connection.peer().host(),
                session.securityContext().accountName(),
                session.opens().size(),
                secondsSince(session.begunNanos()),
                secondsSince(connection.lastUsedNanos()),
                session.securityContext().isGuest(),
                "SMB " + session.dialect())));
        return entries;
    }

    @Override
    public List<ConnectionEntry> connections() {
        List<ConnectionEntry> entries = new ArrayList<>();
        forEach((session, connection) -> {
            for (TreeConnect tree : session.trees()) {
                entries.add(new ConnectionEntry(
                        tree.treeId(),
                        tree.isPipe() ? ShareEntry.STYPE_IPC : ShareEntry.STYPE_DISKTREE,
                        (int) session.opens().stream()
                                .filter(open -> open.tree() == tree)
                                .count(),
                        secondsSince(session.begunNanos()),
                        session.securityContext().accountName(),
                        tree.share().name(),
                        connection.peer().host()));
            }
        });
        return entries;
    }

    @Override
    public List<FileEntry> files() {
        List<FileEntry> entries = new ArrayList<>();
        for (Session session : sessions.all()) {
            if (session.established().isPresent()) {
                String user = session.securityContext().accountName();
                session.opens().forEach(open -> entries.add(entry(open, user)));
            }
        }
        return entries;
    }

    private static FileEntry entry(OpenHandle open, String user) {
        if (open.resource() instanceof OpenResource.File file) {
            int access = file.open().grantedAccess();
            return new FileEntry(
                    id(open),
                    bit(access, AccessMask.FILE_READ_DATA | AccessMask.FILE_EXECUTE, PERM_FILE_READ)
                            | bit(access, AccessMask.FILE_WRITE_DATA, PERM_FILE_WRITE)
                            | bit(access, AccessMask.FILE_APPEND_DATA, PERM_FILE_CREATE),
                    open.lockCount(),
                    open.tree().share().name() + '\\' + file.open().path().replace('/', '\\'),
                    user);
        }
        return new FileEntry(
                id(open),
                PERM_FILE_READ | PERM_FILE_WRITE,
                0,
                ((OpenResource.Pipe) open.resource()).pipe().name(),
                user);
    }

    private static int bit(int access, int any, int permission) {
        return (access & any) != 0 ? permission : 0;
    }

    /** Opens are counted, so that four thousand million pass before one is named as another. */
    private static int id(OpenHandle open) {
        return (int) open.fileId().volatileId();
    }

    @Override
    public int closeSessions(String client, String user) {
        List<Session> found = new ArrayList<>();
        forEach((session, connection) -> {
            String account = session.securityContext().accountName();
            if ((client.isEmpty() || connection.peer().host().equals(client))
                    && (user.isEmpty() || account.equalsIgnoreCase(user))) {
                found.add(session);
            }
        });
        for (Session session : found) {
            LOG.info(
                    "an administrator ends the session of {}",
                    session.securityContext().accountName());
            session.close();
        }
        return found.size();
    }

    @Override
    public boolean closeFile(int id) {
        for (Session session : sessions.all()) {
            for (OpenHandle open : session.opens()) {
                if (id(open) == id) {
                    LOG.info(
                            "an administrator closes an open of {}",
                            session.securityContext().accountName());
                    session.close(open);
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public List<String> transports() {
        try {
            return interfaces.list().stream()
                    .map(network -> network.address().getHostAddress())
                    .toList();
        } catch (SocketException e) {
            LOG.warn("the network interfaces cannot be listed: {}", e.toString());
            return List.of();
        }
    }
}

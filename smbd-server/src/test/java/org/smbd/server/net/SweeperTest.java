package org.smbd.server.net;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.smbd.core.file.AccessMask;
import org.smbd.core.type.Guid;
import org.smbd.core.type.SecurityContext;
import org.smbd.core.type.Sid;
import org.smbd.protocol.rpc.AssociationGroups;
import org.smbd.protocol.rpc.RpcConnection;
import org.smbd.protocol.smb2.Dialect;
import org.smbd.server.config.Limits;
import org.smbd.server.config.ServerConfig;
import org.smbd.server.config.ShareConfig;
import org.smbd.server.conn.Connection;
import org.smbd.server.conn.ConnectionLimits;
import org.smbd.server.conn.Lane;
import org.smbd.server.conn.Peer;
import org.smbd.server.pipe.PipeOpen;
import org.smbd.server.session.DurableOpens;
import org.smbd.server.session.MessageSecurity;
import org.smbd.server.session.OpenBudget;
import org.smbd.server.session.OpenResource;
import org.smbd.server.session.Session;
import org.smbd.server.session.TreeConnect;
import org.smbd.vfs.oplock.BreakClock;

/** Silent connections, with a clock that is moved by hand. */
class SweeperTest {
    private static final SecurityContext USER = new SecurityContext(
            "alice", Sid.unixUser(1000), Set.of(), Set.of(), Optional.empty(), SecurityContext.Kind.USER);

    private final AtomicLong ids = new AtomicLong();

    private static Limits limits(String deadtime) {
        return ServerConfig.builder()
                .set("private dir", "/nowhere")
                .set("deadtime", deadtime)
                .build()
                .limits();
    }

    private static long inMinutes(int minutes) {
        return System.nanoTime() + Duration.ofMinutes(minutes).toNanos();
    }

    private TcpConnection connected(ConnectionTable table) {
        EmbeddedChannel channel = new EmbeddedChannel();
        TcpTransport transport = new TcpTransport(channel, 1 << 20);
        InetAddress address = InetAddress.getLoopbackAddress();
        Connection connection = new Connection(
                ids.incrementAndGet(),
                new Peer(address, address, "peer"),
                transport,
                new Guid(1, 2),
                new ConnectionLimits(512, 1 << 20, 512, 8, 8, 8, 8),
                new AtomicLong(),
                new Lane(Runnable::run),
                new Lane(Runnable::run));
        connection.setAuthenticated();
        FrameDecoder decoder = new FrameDecoder(() -> 1 << 16, false);
        TcpConnection tcp = new TcpConnection(channel, decoder, transport, connection, System.nanoTime());
        assertTrue(table.add(tcp));
        return tcp;
    }

    private static void openSomething(Connection connection) {
        Session session =
                new Session(1, Dialect.SMB_3_1_1, 8, new OpenBudget(8, 8), new DurableOpens(BreakClock.ofProcess(), 8));
        session.establish(new Session.Established(USER, MessageSecurity.NONE, false, false, Optional.empty()));
        connection.addSession(session);
        ShareConfig share = ServerConfig.builder()
                .set("private dir", "/nowhere")
                .share("data", Map.of("path", "/nowhere"))
                .build()
                .share("data")
                .orElseThrow();
        TreeConnect tree = session.connect(
                id -> new TreeConnect(id, share, Optional.empty(), USER, AccessMask.FILE_ALL_ACCESS, false));
        session.register(
                tree,
                new OpenResource.Pipe(new PipeOpen(
                        "\\PIPE\\x",
                        new RpcConnection(
                                List.of(), "\\PIPE\\x", new AssociationGroups(), "caller", Optional.empty()))));
    }

    @Test
    void silentConnectionWithoutAnOpenIsClosedAfterDeadtimeAndTheOthersAreKept() {
        ConnectionTable table = new ConnectionTable(limits("60"));
        Sweeper sweeper = new Sweeper(table, limits("60"));
        TcpConnection silent = connected(table);
        TcpConnection opened = connected(table);
        openSomething(opened.connection());
        sweeper.sweep(inMinutes(59));
        assertTrue(silent.channel().isActive());
        sweeper.sweep(inMinutes(61));
        assertFalse(silent.channel().isActive());
        assertTrue(opened.channel().isActive());
        opened.connection().sessions().forEach(session -> session.opens().forEach(session::close));
        sweeper.sweep(inMinutes(61));
        assertFalse(opened.channel().isActive());
    }

    @Test
    void deadtimeZeroIsNever() {
        ConnectionTable table = new ConnectionTable(limits("0"));
        TcpConnection silent = connected(table);
        new Sweeper(table, limits("0")).sweep(inMinutes(10_000_000));
        assertTrue(silent.channel().isActive());
    }
}

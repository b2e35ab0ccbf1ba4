package org.smbd.server.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.server.config.Limits;
import org.smbd.server.conn.Connection;
import org.smbd.server.conn.Peer;
import org.smbd.server.conn.Transport;

/** Accepts connections over TCP, on epoll where there is one, and frames what they send: MS-SMB2 2.1 Transport. */
public final class Listeners {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);
    private static final int BACKLOG = 1024;

    /** What systems wait behind a probe that is not answered, unless told otherwise. */
    private static final int UNANSWERED_PROBE_INTERVAL_SECONDS_MAX = 75;

    private final Limits limits;
    private final Server server;
    private final ConnectionTable connections;
    private final EventLoopGroup loops;
    private final boolean epoll;
    private final List<Channel> bound = new ArrayList<>();

    /** What connections belong to. */
    public interface Server {
        /** Whether an address may connect at all. */
        boolean permits(InetAddress address);

        /** A connection for a new peer. */
        Connection accepted(Peer peer, Transport transport);

        /** A frame came, without its length prefix; takes it over. */
        void received(Connection connection, ByteBuf frame);

        /** The connection has ended. */
        void ended(Connection connection);
    }

    /** @param eventLoopThreads threads that frame and flush; 0: by the number of processors */
    public Listeners(Limits limits, int eventLoopThreads, Server server, ScheduledExecutorService timer) {
        this.limits = limits;
        this.server = server;
        this.connections = new ConnectionTable(limits);
        this.epoll = Epoll.isAvailable();
        int threads = eventLoopThreads > 0
                ? eventLoopThreads
                : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        this.loops = new MultiThreadIoEventLoopGroup(
                threads,
                new DefaultThreadFactory("smbd-loop", true),
                epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        Sweeper sweeper = new Sweeper(connections, limits);
        long intervalMillis = sweeper.interval().toMillis();
        timer.scheduleWithFixedDelay(sweeper, intervalMillis, intervalMillis, TimeUnit.MILLISECONDS);
    }

    /**
     * Listens on one more address.
     *
     * @param netBios whether frames are those of the NetBIOS session service
     * @return the address with its true port
     * @throws BindException if the address is in use or not of this machine
     * @throws AccessDeniedException if the port needs a privilege
     */
    public InetSocketAddress bind(InetAddress address, int port, boolean netBios) throws IOException {
        InetSocketAddress wanted =
                address.isAnyLocalAddress() ? new InetSocketAddress(port) : new InetSocketAddress(address, port);
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOCATOR, Buffers.ALLOCATOR)
                .childOption(ChannelOption.SO_KEEPALIVE, !limits.keepalive().isZero())
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel, netBios);
                    }
                });
        if (epoll && !limits.keepalive().isZero()) {
            int seconds = (int) limits.keepalive().toSeconds();
            bootstrap.childOption(EpollChannelOption.TCP_KEEPIDLE, seconds);
            bootstrap.childOption(
                    EpollChannelOption.TCP_KEEPINTVL, Math.min(seconds, UNANSWERED_PROBE_INTERVAL_SECONDS_MAX));
        }
        ChannelFuture future = bootstrap.bind(wanted).awaitUninterruptibly();
        if (!future.isSuccess()) {
            throw translate(wanted, future.cause());
        }
        ServerChannel channel = (ServerChannel) future.channel();
        bound.add(channel);
        return (InetSocketAddress) channel.localAddress();
    }

    private static IOException translate(InetSocketAddress address, Throwable cause) {
        String message = address + ": " + cause.getMessage();
        boolean denied = String.valueOf(cause.getMessage()).contains("Permission denied"); // NIO and epoll alike
        IOException translated = denied ? new AccessDeniedException(message) : new BindException(message);
        translated.initCause(cause);
        return translated;
    }

    private void accept(Channel channel, boolean netBios) {
        InetSocketAddress remote = (InetSocketAddress) channel.remoteAddress();
        if (remote == null) { // gone already
            channel.close();
            return;
        }
        InetAddress address = remote.getAddress();
        InetAddress local = ((InetSocketAddress) channel.localAddress()).getAddress();
        Peer peer = new Peer(address, local, address.getHostAddress() + ":" + remote.getPort());
        if (!server.permits(address)) {
            LOG.warn("{}: refused, its address is kept out by hosts allow or hosts deny", peer);
            channel.close();
            return;
        }
        TcpTransport transport = new TcpTransport(channel, limits.bytesQueued());
        Connection connection = server.accepted(peer, transport);
        FrameDecoder decoder =
                new FrameDecoder(() -> connection.frameBytesMax(limits.frameBeforeLoginBytes()), netBios);
        TcpConnection tcp = new TcpConnection(channel, decoder, transport, connection, System.nanoTime());
        if (!connections.add(tcp)) {
            channel.close();
            return;
        }
        channel.config().setRecvByteBufAllocator(new FrameReceiver(decoder));
        channel.pipeline().addLast(decoder, new ConnectionHandler(tcp, new ConnectionHandler.FrameReceiverSink() {
            @Override
            public void received(TcpConnection from, ByteBuf frame) {
                server.received(from.connection(), frame);
            }

            @Override
            public void ended(TcpConnection gone) {
                connections.remove(gone);
                server.ended(gone.connection());
            }
        }));
    }

    /** The connections that are there now. */
    public Collection<Connection> connections() {
        return connections.snapshot().stream().map(TcpConnection::connection).toList();
    }

    /** Accepts no more connections. */
    public void stopAccepting() {
        bound.forEach(channel -> channel.close().awaitUninterruptibly());
        bound.clear();
    }

    /** Closes all connections and ends the event loops, within {@code patience}. */
    public void close(Duration patience) {
        stopAccepting();
        connections.snapshot().forEach(tcp -> tcp.transport().close());
        loops.shutdownGracefully(0, patience.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(patience.toMillis());
    }
}

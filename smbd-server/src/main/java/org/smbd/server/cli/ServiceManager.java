package org.smbd.server.cli;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the service manager that started the process how it is: sd_notify(3). A datagram goes to the Unix-domain socket
 * that the environment variable NOTIFY_SOCKET names; java.nio knows no such sockets, so it needs epoll.
 */
final class ServiceManager {
    static final String READY = "READY=1";
    static final String STOPPING = "STOPPING=1";

    private static final Logger LOG = LoggerFactory.getLogger(ServiceManager.class);
    private static final int QUIET_MILLIS_MAX = 2000;

    private final Optional<String> socket;

    /** @param socket a path, or a name of the abstract space behind {@code @}; empty if nobody wants to know */
    ServiceManager(Optional<String> socket) {
        this.socket = socket;
    }

    /** The one that the environment names. */
    static ServiceManager ofEnvironment() {
        return new ServiceManager(Optional.ofNullable(System.getenv("NOTIFY_SOCKET")));
    }

    /** Tells it of a state; a server whose manager does not listen serves all the same. */
    void tell(String state) {
        socket.ifPresent(name -> {
            if (!Epoll.isAvailable()) {
                LOG.warn("{}: not told of {}, as this machine has no epoll", name, state);
                return;
            }
            EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                    1, new DefaultThreadFactory("smbd-notify", true), EpollIoHandler.newFactory());
            ChannelFuture told = send(loops, name, state);
            if (!told.isSuccess()) {
                LOG.warn("{}: not told of {}: {}", name, state, String.valueOf(told.cause()));
            }
            told.channel().close();
            loops.shutdownGracefully(0, QUIET_MILLIS_MAX, TimeUnit.MILLISECONDS);
        });
    }

    private static ChannelFuture send(EventLoopGroup loops, String name, String state) {
        String path = name.startsWith("@") ? "\0" + name.substring(1) : name;
        ChannelFuture connected = new Bootstrap()
                .group(loops)
                .channel(EpollDomainDatagramChannel.class)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(new DomainSocketAddress(path))
                .awaitUninterruptibly();
        return connected.isSuccess()
                ? connected
                        .channel()
                        .writeAndFlush(Unpooled.copiedBuffer(state, StandardCharsets.UTF_8))
                        .awaitUninterruptibly()
                : connected;
    }
}

package org.smbd.server.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceManagerTest {
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private EventLoopGroup loops;

    @BeforeEach
    void needEpoll() {
        Assumptions.assumeTrue(Epoll.isAvailable(), "no epoll");
        loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    }

    @AfterEach
    void end() {
        if (loops != null) {
            loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    /** What systemd does. */
    private Channel listen(String path) {
        return new Bootstrap()
                .group(loops)
                .channel(EpollDomainDatagramChannel.class)
                .handler(new SimpleChannelInboundHandler<DomainDatagramPacket>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext context, DomainDatagramPacket packet) {
                        received.add(packet.content().toString(StandardCharsets.UTF_8));
                    }
                })
                .bind(new DomainSocketAddress(path))
                .syncUninterruptibly()
                .channel();
    }

    @Test
    void aManagerIsToldOverItsSocket() throws Exception {
        Path directory = Files.createTempDirectory("notify"); // the path of a socket must be short
        Path socket = directory.resolve("s");
        try {
            listen(socket.toString());
            new ServiceManager(Optional.of(socket.toString())).tell(ServiceManager.READY);
            assertEquals("READY=1", received.poll(10, TimeUnit.SECONDS));
        } finally {
            Files.deleteIfExists(socket);
            Files.delete(directory);
        }
    }

    @Test
    void aSocketMayBeOfTheAbstractSpace() throws Exception {
        String name = "smbd-test-" + UUID.randomUUID();
        listen("\0" + name);
        new ServiceManager(Optional.of("@" + name)).tell(ServiceManager.STOPPING);
        assertEquals("STOPPING=1", received.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void nobodyNeedsToListen() {
        assertDoesNotThrow(() -> new ServiceManager(Optional.empty()).tell(ServiceManager.READY));
        assertDoesNotThrow(() -> new ServiceManager(Optional.of("/nowhere/s")).tell(ServiceManager.READY));
    }
}

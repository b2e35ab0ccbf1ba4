package org.smbd.server.net;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Whether the peer of a TCP connection acknowledges what it is sent: a client may be gone long before the kernel gives
 * its connection up. Only epoll tells; elsewhere every peer is taken to be there. Event loop only.
 */
final class Acknowledgements {
    /** Retransmissions that go unanswered. */
    private static final int RETRANSMISSIONS = 6;

    /** The kernel's time-out for one is shorter on a fast network, but a client that roams or is moved is not gone. */
    private static final long RETRANSMISSION_MILLIS_MIN = 500;

    private static final long RETRANSMISSION_MILLIS_MAX = 1000;

    private final Channel channel;
    private final LongSupplier unwrittenBytes;
    private boolean ignored;

    /** @param unwrittenBytes how many wait for the kernel to take them */
    Acknowledgements(Channel channel, LongSupplier unwrittenBytes) {
        this.channel = channel;
        this.unwrittenBytes = unwrittenBytes;
    }

    /** From now on no acknowledgement counts. */
    void ignore() {
        ignored = true;
    }

    /** Runs a task once if what was sent so far is not acknowledged, and nothing is for as long as is patient. */
    void await(Runnable lost) {
        if (!(channel instanceof EpollSocketChannel socket) || !socket.isActive()) {
            return;
        }
        long millis = patienceMillis(socket.tcpInfo());
        socket.eventLoop().schedule(() -> check(socket, millis, lost), millis, TimeUnit.MILLISECONDS);
    }

    private static long patienceMillis(EpollTcpInfo facts) {
        long millis = TimeUnit.MICROSECONDS.toMillis(facts.rto());
        return RETRANSMISSIONS * Math.min(Math.max(millis, RETRANSMISSION_MILLIS_MIN), RETRANSMISSION_MILLIS_MAX);
    }

    private void check(EpollSocketChannel socket, long millis, Runnable lost) {
        if (!socket.isActive()) {
            return;
        }
        EpollTcpInfo facts = socket.tcpInfo();
        boolean outstanding = facts.unacked() > 0 || unwrittenBytes.getAsLong() > 0;
        if (ignored || outstanding && facts.lastAckRecv() >= millis) {
            lost.run();
        } else if (outstanding) { // a slow peer, which takes what came before
            await(lost);
        }
    }
}

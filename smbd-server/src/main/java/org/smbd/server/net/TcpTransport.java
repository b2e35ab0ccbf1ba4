package org.smbd.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.smbd.server.conn.Transport;

/**
 * Frames over one TCP connection. Answers come from many threads into one queue; the event loop writes what it finds
 * there and flushes once.
 *
 * <p>While more bytes than the limit wait for a slow reader, no request is taken from it: its credits bound the rest.
 */
final class TcpTransport implements Transport {
    private final Channel channel;
    private final long queuedBytesMax;
    private final Queue<ByteBuf> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean drainScheduled = new AtomicBoolean();
    private final AtomicLong queuedBytes = new AtomicLong();
    private final ChannelFutureListener written = this::written;
    private final Acknowledgements acknowledgements;
    private volatile boolean closing;

    /** Event loop only: who asked to pause reading. */
    private boolean pausedByRequests;

    /** Event loop only. */
    private boolean pausedByAnswers;

    /** Event loop only: what the last check of progress saw. */
    private long progressSeen;

    private long writtenBytes;

    TcpTransport(Channel channel, long queuedBytesMax) {
        this.channel = channel;
        this.queuedBytesMax = queuedBytesMax;
        this.acknowledgements = new Acknowledgements(channel, this::queuedBytes);
    }

    @Override
    public ByteBufAllocator allocator() {
        return channel.alloc();
    }

    @Override
    public void send(ByteBuf frame) {
        queuedBytes.addAndGet(frame.readableBytes());
        queue.add(frame);
        scheduleDrain();
    }

    @Override
    public void send(ByteBuf frame, Runnable lost) {
        send(frame);
        onLoop(() -> acknowledgements.await(lost)); // behind the task that writes it
    }

    @Override
    public void ignoreAcknowledgements() {
        onLoop(acknowledgements::ignore);
    }

    @Override
    public void setReading(boolean reading) {
        onLoop(() -> {
            pausedByRequests = !reading;
            applyReading();
        });
    }

    @Override
    public void close() {
        closing = true;
        scheduleDrain();
    }

    /** Bytes that wait to be taken by the peer. */
    long queuedBytes() {
        return queuedBytes.get();
    }

    /** Event loop only: whether the peer has taken any byte since the last call. */
    boolean hasProgressed() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        long progress = writtenBytes + (buffer == null ? 0 : buffer.currentProgress());
        boolean progressed = progress != progressSeen;
        progressSeen = progress;
        return progressed;
    }

    /** Runs a task on the event loop; if that has ended with the server, nothing is sent any more. */
    private void onLoop(Runnable task) {
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException ended) {
            drainScheduled.set(false); // what comes later is discarded as well
            discard();
        }
    }

    /** Nothing is sent any more. */
    void discard() {
        for (ByteBuf frame = queue.poll(); frame != null; frame = queue.poll()) {
            queuedBytes.addAndGet(-frame.readableBytes());
            frame.release();
        }
    }

    private void scheduleDrain() {
        if (drainScheduled.compareAndSet(false, true)) {
            onLoop(this::drain);
        }
    }

    private void drain() {
        drainScheduled.set(false);
        boolean close = closing;
        if (!channel.isActive()) {
            discard();
            return;
        }
        boolean wrote = false;
        for (ByteBuf frame = queue.poll(); frame != null; frame = queue.poll()) {
            int bytes = frame.readableBytes();
            channel.write(frame).addListener(written).addListener(done -> {
                queuedBytes.addAndGet(-bytes);
                writtenBytes += bytes;
                applyReading();
            });
            wrote = true;
        }
        if (wrote) {
            channel.flush();
        }
        applyReading();
        if (close) {
            channel.close();
        }
    }

    private void written(ChannelFuture future) {
        if (!future.isSuccess()) {
            channel.close();
        }
    }

    private void applyReading() {
        long waiting = queuedBytes.get();
        pausedByAnswers = pausedByAnswers ? waiting > queuedBytesMax / 2 : waiting > queuedBytesMax;
        channel.config().setAutoRead(!pausedByRequests && !pausedByAnswers);
    }
}

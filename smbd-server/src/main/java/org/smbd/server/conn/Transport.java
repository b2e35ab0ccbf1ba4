package org.smbd.server.conn;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** What carries the frames of a connection: TCP today. All methods may be called from any thread and never block. */
public interface Transport {
    /** Where buffers for frames come from. */
    ByteBufAllocator allocator();

    /** Sends a frame, its length prefix included; takes over the buffer. Frames go out in the order of the calls. */
    void send(ByteBuf frame);

    /**
     * Sends a frame as {@link #send(ByteBuf)} does.
     *
     * @param lost run on the event loop if the peer acknowledges nothing for so long that it cannot be reached
     */
    void send(ByteBuf frame, Runnable lost);

    /** From now on it behaves as if the peer acknowledged nothing: a hook for tests. */
    void ignoreAcknowledgements();

    /** Stops, or goes on, taking bytes from the peer. */
    void setReading(boolean reading);

    /** Closes it once what was sent so far has gone out; its end is reported to the connection's owner. */
    void close();
}

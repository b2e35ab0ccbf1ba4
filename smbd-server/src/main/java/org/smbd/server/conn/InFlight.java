package org.smbd.server.conn;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/**
 * What a connection has received and not answered yet. Above the bounds the transport stops reading; it goes on below
 * half of them. The client is never punished: it just waits for its turn.
 */
final class InFlight {
    private final Transport transport;
    private final long bytesMax;
    private final int framesMax;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private long bytes;

    @GuardedBy("lock")
    private int frames;

    @GuardedBy("lock")
    private boolean paused;

    InFlight(Transport transport, long bytesMax, int framesMax) {
        this.transport = transport;
        this.bytesMax = bytesMax;
        this.framesMax = framesMax;
    }

    /** Counts a frame in. */
    void add(int frameBytes) {
        synchronized (lock) {
            bytes += frameBytes;
            frames++;
            if (!paused && (bytes > bytesMax || frames > framesMax)) {
                paused = true;
                transport.setReading(false);
            }
        }
    }

    /** Counts a frame out. */
    void remove(int frameBytes) {
        synchronized (lock) {
            bytes -= frameBytes;
            frames--;
            if (paused && bytes <= bytesMax / 2 && frames <= framesMax / 2) {
                paused = false;
                transport.setReading(true);
            }
        }
    }

    int frames() {
        synchronized (lock) {
            return frames;
        }
    }
}

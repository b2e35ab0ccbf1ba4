package org.smbd.server.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.smbd.protocol.smb2.FileId;

/**
 * What a FileId stands for: MS-SMB2 3.3.1.10 Per Open. Reference counted: the resource is closed when it was closed by
 * its client (or its tree or session went) and no request uses it any more.
 *
 * <p>A CLOSE takes it {@linkplain #acquireForClose for itself}: requests that came before finish first, those behind it
 * find the open closed.
 */
public final class OpenHandle {
    private final FileId fileId;
    private final TreeConnect tree;
    private final OpenResource resource;
    private final Runnable onClosed;
    private final ChannelSequence channelSequence = new ChannelSequence();
    private final LockSequences lockSequences = new LockSequences();
    private final AtomicInteger locks = new AtomicInteger();
    private final Object lock = new Object();

    @GuardedBy("lock")
    private int references;

    @GuardedBy("lock")
    private boolean refusing;

    @GuardedBy("lock")
    private boolean closed;

    @GuardedBy("lock")
    private boolean resourceClosed;

    @GuardedBy("lock")
    private Runnable closer;

    OpenHandle(FileId fileId, TreeConnect tree, OpenResource resource, Runnable onClosed) {
        this.fileId = fileId;
        this.tree = tree;
        this.resource = resource;
        this.onClosed = onClosed;
    }

    public FileId fileId() {
        return fileId;
    }

    public TreeConnect tree() {
        return tree;
    }

    /** The file or pipe behind it. */
    public OpenResource resource() {
        return resource;
    }

    /** Counts byte-range locks that are asked for; false, and none is counted, above the limit. */
    public boolean reserveLocks(int count, int locksMax) {
        if (locks.addAndGet(count) > locksMax) {
            locks.addAndGet(-count);
            return false;
        }
        return true;
    }

    /** Byte-range locks were given back, or not granted. */
    public void releaseLocks(int count) {
        locks.addAndGet(-count);
    }

    /** Byte-range locks that it holds or waits for: Open.LockCount. */
    public int lockCount() {
        return locks.get();
    }

    /** Open.LockSequenceArray. */
    public LockSequences lockSequences() {
        return lockSequences;
    }

    /** Open.ChannelSequence. */
    public ChannelSequence channelSequence() {
        return channelSequence;
    }

    /** Takes a reference; false once it is closed, or about to be. */
    public boolean acquire() {
        synchronized (lock) {
            if (refusing) {
                return false;
            }
            references++;
            return true;
        }
    }

    /**
     * Takes the last reference: from now on nobody else gets one.
     *
     * @param whenAlone run when the references of others are given back, on the thread that gives back the last; not
     *     run if there are none now
     * @return empty: it is closed; false: wait for {@code whenAlone}; true: go on at once
     */
    public Admission acquireForClose(Runnable whenAlone) {
        synchronized (lock) {
            if (refusing) {
                return Admission.CLOSED;
            }
            refusing = true;
            references++;
            if (references == 1) {
                return Admission.ALONE;
            }
            closer = whenAlone;
            return Admission.WAIT;
        }
    }

    /** What {@link #acquireForClose} found. */
    public enum Admission {
        /** Closed already. */
        CLOSED,
        /** Nobody else uses it. */
        ALONE,
        /** Others still use it. */
        WAIT
    }

    /** Gives back a reference; the last one after {@link #close} closes the resource, on this thread. */
    public void release() {
        release(Runnable::run);
    }

    /** As {@link #release()}, but the resource is closed by {@code closing}. */
    public void release(Executor closing) {
        Runnable next = null;
        boolean closeNow;
        synchronized (lock) {
            references--;
            if (references == 1 && closer != null) {
                next = closer;
                closer = null;
            }
            closeNow = references == 0 && closed && !resourceClosed;
            resourceClosed |= closeNow;
        }
        if (next != null) {
            next.run();
        }
        if (closeNow) {
            closing.execute(this::closeResource);
        }
    }

    /** Closes it for new requests; the resource goes when the last reference does. Idempotent. */
    public void close() {
        boolean closeNow;
        synchronized (lock) {
            refusing = true;
            closed = true;
            closeNow = references == 0 && !resourceClosed;
            resourceClosed |= closeNow;
        }
        if (closeNow) {
            closeResource();
        }
    }

    private void closeResource() {
        try {
            resource.close();
        } finally {
            onClosed.run();
        }
    }
}

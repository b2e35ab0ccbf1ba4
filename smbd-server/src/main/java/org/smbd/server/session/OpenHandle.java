package org.smbd.server.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.smbd.protocol.smb2.FileId;
import org.smbd.server.persistent.KeptOpen;

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
    private final LockSequences lockSequences;
    private final AtomicInteger locks = new AtomicInteger();
    private final AtomicReference<ReplayableCreate> replayable = new AtomicReference<>();
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

    @GuardedBy("lock")
    private Runnable parker;

    private volatile AppInstance appInstance;
    private volatile KeptOpen kept;
    private volatile Durability durability;
    private volatile Reconnection reconnection = (session, open) -> {};

    /** What has to know that an open goes on in another session. */
    @FunctionalInterface
    public interface Reconnection {
        /** The open belongs to {@code session} now, as {@code open}. */
        void reconnected(Session session, OpenHandle open);
    }

    OpenHandle(FileId fileId, TreeConnect tree, OpenResource resource, Runnable onClosed) {
        this(fileId, tree, resource, new LockSequences(), onClosed);
    }

    private OpenHandle(
            FileId fileId, TreeConnect tree, OpenResource resource, LockSequences lockSequences, Runnable onClosed) {
        this.fileId = fileId;
        this.tree = tree;
        this.resource = resource;
        this.lockSequences = lockSequences;
        this.onClosed = onClosed;
    }

    /** One that goes on where another ended: it is what that was, in another session. */
    static OpenHandle continuing(OpenHandle before, TreeConnect tree, Session session, Runnable onClosed) {
        OpenHandle open = new OpenHandle(before.fileId, tree, before.resource, before.lockSequences, onClosed);
        open.durability = before.durability;
        open.appInstance = before.appInstance;
        open.kept = before.kept;
        open.reconnection = before.reconnection;
        open.locks.set(before.locks.get());
        ReplayableCreate create = before.replayable.getAndSet(null);
        if (create != null) {
            create.continued(open);
            open.replayable.set(create);
        }
        open.reconnection.reconnected(session, open);
        return open;
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

    /** What lets it outlive its connection; empty: nothing does. */
    public Optional<Durability> durability() {
        return Optional.ofNullable(durability);
    }

    /** It outlives its connection from now on. */
    public void setDurability(Durability promised) {
        durability = promised;
    }

    /** What is on disk of it, so that it survives the server; empty: nothing. */
    public Optional<KeptOpen> kept() {
        return Optional.ofNullable(kept);
    }

    /** It survives the server from now on. */
    public void setKept(KeptOpen onDisk) {
        kept = onDisk;
    }

    /** Open.AppInstanceId. */
    public Optional<AppInstance> appInstance() {
        return Optional.ofNullable(appInstance);
    }

    /** It was made for an instance of an application. */
    public void setAppInstance(AppInstance instance) {
        appInstance = instance;
    }

    /** Has somebody told when it goes on in another session. */
    public void onReconnect(Reconnection told) {
        reconnection = told;
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

    /** Open.IsReplayEligible is TRUE until {@link #used}. */
    void setReplayable(ReplayableCreate create) {
        replayable.set(create);
        boolean gone;
        synchronized (lock) {
            gone = refusing;
        }
        if (gone) {
            used();
        }
    }

    /** The client knows of the open: Open.IsReplayEligible is FALSE from now on. */
    public void used() {
        if (replayable.get() != null) { // few are, and all requests ask
            ReplayableCreate create = replayable.getAndSet(null);
            if (create != null) {
                create.forget();
            }
        }
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
        Runnable unused = null;
        boolean closeNow;
        synchronized (lock) {
            references--;
            if (references == 0) {
                unused = parker;
                parker = null;
            }
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
        if (unused != null) {
            unused.run();
        }
        if (closeNow) {
            closing.execute(this::closeResource);
        }
    }

    /**
     * Closes it for new requests, and keeps the resource for whoever goes on with it.
     *
     * @param whenUnused run once no request uses it
     * @return false if it is closed, or about to be: nothing is run then
     */
    boolean park(Runnable whenUnused) {
        boolean now;
        synchronized (lock) {
            if (refusing) {
                return false;
            }
            refusing = true;
            now = references == 0;
            parker = now ? null : whenUnused;
        }
        if (now) {
            whenUnused.run();
        }
        return true;
    }

    /** Gives the resource up to another: this one does not close it. False if it is closed, or in use. */
    boolean handOver() {
        synchronized (lock) {
            if (closed || resourceClosed || references != 0) {
                return false;
            }
            resourceClosed = true;
            return true;
        }
    }

    /** Closes it for new requests; the resource goes when the last reference does. Idempotent. */
    public void close() {
        used();
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
            kept().ifPresent(KeptOpen::closed);
            onClosed.run();
        }
    }
}

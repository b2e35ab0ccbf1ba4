package org.smbd.vfs.oplock;

import org.smbd.core.file.AccessMask;
import org.smbd.vfs.Outcome;

/** The caching side of one open: Open.TargetOplockKey and Open.ParentOplockKey of MS-FSA 2.1.1.6 Per Open. */
public final class OpenCaching {
    /** MS-FSA 2.1.4.12, case OPEN: an open with these alone, which looks at attributes, breaks no oplock. */
    private static final int STAT_ACCESS =
            AccessMask.FILE_READ_ATTRIBUTES | AccessMask.FILE_WRITE_ATTRIBUTES | AccessMask.SYNCHRONIZE;

    /** The same for a lease. */
    private static final int STAT_ACCESS_OF_LEASES = STAT_ACCESS | AccessMask.READ_CONTROL;

    private final CachingRequest request;
    private final ClientName name;
    private final int access;
    private final boolean directory;
    private final boolean overwrites;
    /** Set once, when it enters the file. */
    private volatile FileCaching file;

    /** Guarded by the file. */
    private CacheHolder holder;

    /** Guarded by the file. */
    private boolean answered;

    /**
     * An open that is not there yet.
     *
     * @param name what the client calls the file
     * @param access what it may do
     * @param overwrites whether it empties the file
     */
    public OpenCaching(CachingRequest request, ClientName name, int access, boolean directory, boolean overwrites) {
        this.request = request;
        this.name = name;
        this.access = access;
        this.directory = directory;
        this.overwrites = overwrites;
    }

    public CachingRequest request() {
        return request;
    }

    ClientName name() {
        return name;
    }

    boolean isDirectory() {
        return directory;
    }

    boolean overwrites() {
        return overwrites;
    }

    /** Whether it only looks at attributes, so that a cache of this kind needs not end. */
    boolean isStat(boolean lease) {
        return request instanceof CachingRequest.Unnoticed
                || !overwrites && (access & ~(lease ? STAT_ACCESS_OF_LEASES : STAT_ACCESS)) == 0;
    }

    void enter(FileCaching entered) {
        file = entered;
    }

    CacheHolder holder() {
        return holder;
    }

    void hold(CacheHolder joined) {
        holder = joined;
    }

    /** True the first time. */
    boolean setAnswered() {
        boolean first = !answered;
        answered = true;
        return first;
    }

    BreakListener listener() {
        if (request instanceof CachingRequest.Lease lease) {
            return lease.listener();
        }
        return ((CachingRequest.Oplock) request).listener();
    }

    /** What the open may cache now. */
    public CachingState state() {
        FileCaching entered = file;
        return entered == null ? CachingState.NOTHING : entered.state(this);
    }

    /** How many breaks of what the open caches its client has acknowledged; only to be compared with itself. */
    public long acknowledgements() {
        FileCaching entered = file;
        return entered == null ? 0 : entered.acknowledgements(this);
    }

    /** The client knows what it was granted: from now on it is told of breaks. */
    public void answered() {
        FileCaching entered = file;
        if (entered != null) {
            entered.answered(this);
        }
    }

    /**
     * The client's answer to the break of an oplock. MS-FSA 2.1.5.19, MS-SMB2 3.3.5.22.1 Processing an Oplock
     * Acknowledgment.
     *
     * @param level {@link Caching} bits that the client keeps
     * @return INVALID_DEVICE_STATE if the open never had an oplock; INVALID_OPLOCK_PROTOCOL if it does not break, or
     *     for a level that is none to break to: the oplock is then gone
     */
    public Outcome<Acknowledged> acknowledge(int level) {
        return file.acknowledgeOplock(this, level);
    }
}

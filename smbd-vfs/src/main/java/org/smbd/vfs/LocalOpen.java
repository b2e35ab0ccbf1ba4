package org.smbd.vfs;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.CreateOptions;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.PosixIdentity;
import org.smbd.core.type.SecurityContext;
import org.smbd.vfs.data.DataOpen;
import org.smbd.vfs.dir.DirectoryCursor;
import org.smbd.vfs.kernel.WatchedPlace;
import org.smbd.vfs.name.PathResolver;
import org.smbd.vfs.name.ShortNames;
import org.smbd.vfs.node.FileNode;
import org.smbd.vfs.node.NodeOpen;
import org.smbd.vfs.notify.Change;
import org.smbd.vfs.notify.CompletionFilter;
import org.smbd.vfs.notify.DirectoryWatch;
import org.smbd.vfs.notify.FileAction;
import org.smbd.vfs.oplock.OpenCaching;
import org.smbd.vfs.quota.QuotaScan;
import org.smbd.vfs.store.FileKey;
import org.smbd.vfs.store.HostPaths;
import org.smbd.vfs.store.StoreFile;
import org.smbd.vfs.stream.StreamFile;

/** An open of a {@link LocalFileService}. MS-FSA 2.1.1.6 Per Open. */
final class LocalOpen implements DataOpen, NodeOpen {
    /** The options that FileModeInformation reports. MS-FSA 2.1.5.1, phase 3. */
    static final int MODE_BITS = CreateOptions.WRITE_THROUGH
            | CreateOptions.SEQUENTIAL_ONLY
            | CreateOptions.NO_INTERMEDIATE_BUFFERING
            | CreateOptions.SYNCHRONOUS_IO_ALERT
            | CreateOptions.SYNCHRONOUS_IO_NONALERT
            | CreateOptions.DELETE_ON_CLOSE;

    /** Where the file is, in the words of the host and of the client. */
    private record Place(String hostPath, String clientPath, String location) {}

    private final SecurityContext context;
    private final PosixIdentity who;
    private final boolean directory;
    private final int grantedAccess;
    private volatile int statedAccess;
    private final int shareAccess;
    private volatile boolean deleteOnClose;
    private volatile boolean deletesWithPosixSemantics;
    private final long fileId;
    private final DirectoryCursor cursor;
    private final FrozenTimes frozenTimes = new FrozenTimes();

    private final Share share;
    private final PathResolver resolver;
    private final boolean posix;
    private volatile Place place;
    private volatile int mode;
    private volatile long positionBytes;
    private volatile int nextEa;
    private volatile int accessMax;
    private volatile boolean locksShown;
    private final QuotaScan quotaScan = new QuotaScan();
    /** Made by the first request; most directories are never watched. */
    private volatile DirectoryWatch watch;

    @GuardedBy("this")
    private boolean kernelWatched;

    /** File.PendingNotifications: what to report when it is closed. */
    private final AtomicInteger pendingNotifications = new AtomicInteger();

    private final OpenCaching caching;
    private volatile boolean modified;
    /** Set once, before the open is visible to anybody. */
    private FileNode node;

    private StoreFile file;
    /** The open of its file, where this is one of a named stream; set once, as the node. */
    private LocalOpen base;

    private StreamFile stream;
    private Runnable onClosed = () -> {};

    @GuardedBy("this")
    private boolean closed;

    LocalOpen(
            Share share,
            OpenRequest request,
            PosixIdentity who,
            boolean directory,
            int grantedAccess,
            long fileId,
            String hostPath,
            String clientPath,
            String location) {
        this.share = share;
        this.resolver = share.resolver(request);
        this.posix = request.posix().isPresent();
        this.deletesWithPosixSemantics = posix;
        this.context = request.context();
        this.who = who;
        this.directory = directory;
        this.grantedAccess = grantedAccess;
        this.statedAccess = grantedAccess;
        this.shareAccess = request.shareAccess();
        this.deleteOnClose = CreateOptions.has(request.createOptions(), CreateOptions.DELETE_ON_CLOSE);
        this.mode = request.createOptions() & MODE_BITS;
        this.accessMax = request.accessMax();
        this.fileId = fileId;
        this.place = new Place(hostPath, clientPath, location);
        this.caching = new OpenCaching(
                request.caching(),
                share.nameOf(clientPath),
                grantedAccess,
                directory,
                request.disposition().overwrites());
        this.cursor = directory
                ? new DirectoryCursor(
                        share.nodes().limits().directoryNamesMax(), resolver().isCaseSensitive())
                : null;
    }

    void attach(StoreFile storeFile) {
        this.file = storeFile;
    }

    /** Makes this the open of a named stream of what {@code file} is an open of. */
    void attachTo(LocalOpen openOfFile, StreamFile streamFile) {
        this.base = openOfFile;
        this.stream = streamFile;
    }

    /** The open of its file, if this is one of a named stream; closed with it. */
    Optional<LocalOpen> base() {
        return Optional.ofNullable(base);
    }

    /** The named stream, if it is one. */
    Optional<StreamFile> stream() {
        return Optional.ofNullable(stream);
    }

    void join(FileNode sharedNode) {
        this.node = sharedNode;
    }

    @Override
    public int grantedAccess() {
        return grantedAccess;
    }

    @Override
    public int statedAccess() {
        return statedAccess;
    }

    void setStatedAccess(int access) {
        statedAccess = access;
    }

    boolean mayAny(int access) {
        boolean granted = AccessMask.hasAny(grantedAccess, access);
        if (!granted && AccessMask.hasAny(statedAccess, access)) {
            throw NtStatus.MEDIA_WRITE_PROTECTED.exception();
        }
        return granted;
    }

    @Override
    public int shareAccess() {
        return shareAccess;
    }

    @Override
    public boolean deleteOnClose() {
        return deleteOnClose;
    }

    @Override
    public boolean deletesWithPosixSemantics() {
        return deletesWithPosixSemantics;
    }

    /** Changes what its close does: FILE_DISPOSITION_ON_CLOSE. MS-FSCC 2.4.12 FileDispositionInformationEx. */
    void setDeleteOnClose(boolean delete, boolean withPosixSemantics) {
        deletesWithPosixSemantics = withPosixSemantics;
        deleteOnClose = delete;
        mode = delete ? mode | CreateOptions.DELETE_ON_CLOSE : mode & ~CreateOptions.DELETE_ON_CLOSE;
    }

    @Override
    public boolean isDirectory() {
        return directory;
    }

    @Override
    public String path() {
        return stream == null ? place.clientPath() : place.clientPath() + ":" + stream.streamName();
    }

    /** The exact host path that it was opened by, kept up to date by renames. */
    @Override
    public String hostPath() {
        return place.hostPath();
    }

    /** How its client reads and writes names. */
    PathResolver resolver() {
        return resolver;
    }

    /** Whether it has POSIX semantics. */
    boolean isPosix() {
        return posix;
    }

    /** The 8.3 name; a name that fits is its own. */
    Optional<String> shortName() {
        String path = hostPath();
        if (path.isEmpty()) {
            return Optional.empty();
        }
        String name = HostPaths.name(path);
        if (ShortNames.fits(resolver().clientName(name))) {
            return Optional.of(resolver().clientName(name));
        }
        String parent = HostPaths.parent(path);
        return share.volume()
                .stat(who, parent)
                .flatMap(stat -> resolver().shortNames(who, parent, stat).apply(name));
    }

    @Override
    public String location() {
        String location = place.location();
        return stream == null || location.isEmpty() ? location : location + ":"; // one for all streams of a link
    }

    /** The {@link #location} of its file, also for a named stream. */
    String fileLocation() {
        return place.location();
    }

    /** Link.IsDeleted: its name is about to go, or has gone. */
    boolean isDeletePending() {
        return node.isDeletePending(location()) || base != null && base.isDeletePending();
    }

    @Override
    public void moved(String newLocation) {
        Optional<String> hostPath = newLocation.isEmpty() ? Optional.empty() : share.hostPath(newLocation);
        place = hostPath.isPresent()
                ? new Place(hostPath.get(), Share.clientPath(resolver, hostPath.get()), newLocation)
                : new Place(place.hostPath(), place.clientPath(), newLocation); // it has left this share, or is gone
        DirectoryWatch watching = watch;
        if (watching != null && !newLocation.isEmpty()) {
            watching.moved(newLocation);
        }
    }

    @Override
    public boolean deleteLink() {
        return share.deleteLink(this);
    }

    @Override
    public SecurityContext context() {
        return context;
    }

    PosixIdentity who() {
        return who;
    }

    @Override
    public int mode() {
        return mode;
    }

    void setMode(int newMode) {
        mode = newMode;
    }

    boolean isWriteThrough() {
        return CreateOptions.has(mode, CreateOptions.WRITE_THROUGH);
    }

    @Override
    public long positionBytes() {
        return positionBytes;
    }

    void setPosition(long newPositionBytes) {
        positionBytes = newPositionBytes;
    }

    @Override
    public int nextEa() {
        return nextEa;
    }

    @Override
    public void setNextEa(int index) {
        nextEa = index;
    }

    @Override
    public long fileId() {
        return fileId;
    }

    @Override
    public OpenCaching caching() {
        return caching;
    }

    /** Its file was changed through it: those who cache the directory learn of it at the close. */
    void setModified() {
        modified = true;
    }

    boolean isModified() {
        return modified;
    }

    FileNode node() {
        return node;
    }

    @Override
    public StoreFile file() {
        return file;
    }

    @Override
    public void beginChange() {
        node.caching().beginChange(caching);
    }

    @Override
    public void endChange() {
        node.caching().endChange();
    }

    @Override
    public FileKey fileKey() {
        return node.key();
    }

    @Override
    public boolean meetsLock(LockOwner owner, long offset, long length, boolean write) {
        if (!share.options().locking().strict()) {
            return false;
        }
        showLocks();
        return node.locks().conflictsWithIo(this, owner.id(), offset, length, write);
    }

    /** Shows the locks of the file to other programs, if the share does. */
    void showLocks() {
        if (share.options().locking().posix() && !locksShown && stream == null && !directory) {
            locksShown = true;
            node.locks().showToHost(this, file::openLocks);
        }
    }

    DirectoryCursor cursor() {
        return cursor;
    }

    FrozenTimes frozenTimes() {
        return frozenTimes;
    }

    QuotaScan quotaScan() {
        return quotaScan;
    }

    void setAccessMax(int newAccessMax) {
        accessMax = newAccessMax;
    }

    int accessMax() {
        return accessMax;
    }

    /** What this open of a directory watches. */
    synchronized DirectoryWatch watch() {
        if (watch == null) {
            watch = share.changes().watch(location(), path -> Share.shownPath(resolver, path));
            watch.moved(location()); // if it was moved meanwhile
        }
        return watch;
    }

    /** Lets the kernel tell of the directory, once. */
    synchronized void watchKernel(boolean tree) {
        if (!kernelWatched && !closed) {
            kernelWatched = true;
            share.nodes()
                    .kernelChanges()
                    .watch(this, new WatchedPlace(share.volume(), share.daemon(), hostPath(), location()), tree);
        }
    }

    /** Ends what it watches, if anything. */
    void endWatch() {
        DirectoryWatch watching = watch;
        if (watching != null) {
            watching.close();
            share.nodes().kernelChanges().unwatch(this);
        }
    }

    /** Reports a change of the file, under the {@link org.smbd.vfs.notify.CompletionFilter} bits of {@code filter}. */
    void reportChange(int filter) {
        if (!share.changes().isWatched()) {
            return;
        }
        int ofFile = filter;
        if (stream != null) {
            ofFile = filter & ~(CompletionFilter.SIZE | CompletionFilter.LAST_WRITE);
            int ofStream = ((filter & CompletionFilter.SIZE) != 0 ? CompletionFilter.STREAM_SIZE : 0)
                    | ((filter & CompletionFilter.LAST_WRITE) != 0 ? CompletionFilter.STREAM_WRITE : 0);
            reportStream(FileAction.MODIFIED_STREAM, ofStream);
        }
        if (ofFile != 0) {
            share.changes().post(Change.modified(place.location(), ofFile));
        }
    }

    /** Reports that a named stream, the one of this open, came, went or changed. */
    void reportStream(int action, int filter) {
        if (filter != 0 && share.changes().isWatched()) {
            share.changes().post(Change.ofStream(action, filter, place.location(), stream.streamName()));
        }
    }

    /** As {@link #reportChange}, but only when the open is closed. */
    void reportChangeAtClose(int filter) {
        pendingNotifications.accumulateAndGet(filter, (before, more) -> before | more);
    }

    /** MS-FSA 2.1.5.5, phase 5: reports what was put off. */
    void reportPending() {
        int filter = pendingNotifications.getAndSet(0);
        if (filter != 0) {
            reportChange(filter);
        }
    }

    /** Has something run by {@link #closed}; set once, before the open is visible to its client. */
    void onClosed(Runnable listener) {
        onClosed = listener;
    }

    /** It is closed. */
    void closed() {
        onClosed.run();
    }

    /** True for the one call that closes it. */
    synchronized boolean beginClose() {
        boolean first = !closed;
        closed = true;
        return first;
    }
}

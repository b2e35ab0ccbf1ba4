package org.smbd.vfs.node;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.ShareAccess;
import org.smbd.core.status.NtStatus;
import org.smbd.vfs.VfsLimits;
import org.smbd.vfs.lock.ByteRangeLocks;
import org.smbd.vfs.store.FileKey;

/**
 * The shared state of one file that is open at least once. MS-FSA 2.1.1.3 Per File, 2.1.1.4 Per Link.
 *
 * <p>Its lock guards opens, share modes and pending deletion; nothing that can block happens under it. A file with hard
 * links is one node: each of its names is deleted with the last open of that name.
 */
public final class FileNode {
    private volatile FileKey key;
    private final OpenLocations locations;
    private final ByteRangeLocks locks;
    /** Orders writes at the end of the file, which must first learn where that is. The one lock held across I/O. */
    private final ReentrantLock appends = new ReentrantLock();

    @GuardedBy("this")
    private final Set<NodeOpen> opens = Collections.newSetFromMap(new IdentityHashMap<>());

    @GuardedBy("this")
    private final ShareModes shareModes = new ShareModes();

    /** Link.IsDeleted: for each name that is to go, the open that said so. */
    @GuardedBy("this")
    private final List<NodeOpen> doomed = new ArrayList<>();

    /** The opens of named streams of this file: they can forbid that it is opened to delete or rename it. */
    @GuardedBy("this")
    private final Set<NodeOpen> streamOpens = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Names that are being removed just now; until that is done nobody may open them. */
    @GuardedBy("this")
    private int deletions;

    FileNode(FileKey key, OpenLocations locations, VfsLimits limits) {
        this.key = key;
        this.locations = locations;
        this.locks = new ByteRangeLocks(limits);
    }

    public FileKey key() {
        return key;
    }

    /** Stream.ByteRangeLockList. */
    public ByteRangeLocks locks() {
        return locks;
    }

    /** Held while somebody writes at the end of the file. */
    public ReentrantLock appends() {
        return appends;
    }

    /** Adds an open if its share mode allows: DELETE_PENDING or SHARING_VIOLATION else, empty if it was added. */
    synchronized Optional<NtStatus> add(NodeOpen open, int sharingAccess) {
        if (isDoomed(open.location())) {
            return Optional.of(NtStatus.DELETE_PENDING);
        }
        if (shareModes.conflicts(sharingAccess, open.shareAccess()) || anyStreamKeeps(sharingAccess)) {
            return Optional.of(NtStatus.SHARING_VIOLATION);
        }
        opens.add(open);
        shareModes.add(open.grantedAccess(), open.shareAccess());
        locations.add(open.location());
        return Optional.empty();
    }

    /** Whether the right to delete the file is refused for the sake of an open stream: smb2.streams.delete pins it. */
    @GuardedBy("this")
    private boolean anyStreamKeeps(int sharingAccess) {
        return AccessMask.has(sharingAccess, AccessMask.DELETE)
                && streamOpens.stream()
                        .anyMatch(stream -> ShareModes.takesPart(stream.grantedAccess())
                                && !ShareAccess.has(stream.shareAccess(), ShareAccess.DELETE));
    }

    /** Tells the node of a file of an open of one of its named streams. */
    public synchronized void addStream(NodeOpen streamOpen) {
        streamOpens.add(streamOpen);
    }

    /** That open is closed. */
    public synchronized void removeStream(NodeOpen streamOpen) {
        streamOpens.remove(streamOpen);
    }

    /** Whether a named stream of the file is open. */
    public synchronized boolean anyStreamOpen() {
        return !streamOpens.isEmpty();
    }

    /** The streams that are open, one open of each location. */
    public synchronized List<NodeOpen> streamOpens() {
        return new ArrayList<>(streamOpens);
    }

    /** The stream has another name. */
    void rename(FileKey newKey) {
        key = newKey;
    }

    /** Takes an open away that never became visible. */
    synchronized void withdraw(NodeOpen open) {
        if (opens.remove(open)) {
            shareModes.remove(open.grantedAccess(), open.shareAccess());
            locations.remove(open.location());
        }
    }

    /**
     * Takes an open away. MS-FSA 2.1.5.5 Server Requests Closing an Open.
     *
     * @return the opens whose {@link NodeOpen#deleteLink} the caller has to run now, and then {@link #deletionsDone}
     */
    synchronized List<NodeOpen> remove(NodeOpen open) {
        withdraw(open);
        if (open.deleteOnClose() && !isDoomed(open.location())) {
            doomed.add(open);
        }
        List<NodeOpen> due = new ArrayList<>();
        for (NodeOpen marked : doomed) {
            if (opens.stream().noneMatch(other -> other.location().equals(marked.location()))) {
                due.add(marked);
            }
        }
        deletions += due.size();
        return due;
    }

    synchronized void deletionsDone(List<NodeOpen> due) {
        doomed.removeAll(due);
        deletions -= due.size();
    }

    /**
     * Marks the link of {@code open} as deleted, or takes the mark back. MS-FSA 2.1.5.15.3 FileDispositionInformation.
     */
    public synchronized void markDeleted(NodeOpen open, boolean deleted) {
        doomed.removeIf(marked -> marked.location().equals(open.location()));
        if (deleted) {
            doomed.add(open);
        }
    }

    /** Link.IsDeleted of any of its names. */
    public synchronized boolean isDeletePending() {
        return !doomed.isEmpty();
    }

    @GuardedBy("this")
    private boolean isDoomed(String location) {
        for (NodeOpen marked : doomed) {
            if (marked.location().equals(location)) {
                return true;
            }
        }
        return false;
    }

    synchronized boolean isUnused() {
        return opens.isEmpty() && deletions == 0;
    }

    /** Whether an open has the right to delete the file. */
    public synchronized boolean anyMayDelete() {
        return shareModes.anyDeleter();
    }

    /** Tells every open of the name at {@code from} that it is at {@code to} now. */
    public synchronized void moved(String from, String to) {
        for (NodeOpen open : opens) {
            if (open.location().equals(from)) {
                locations.remove(from);
                open.moved(to);
                locations.add(to);
            }
        }
    }
}

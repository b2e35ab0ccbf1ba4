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
import org.smbd.vfs.oplock.FileCaching;
import org.smbd.vfs.oplock.OplockTable;
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
    private final FileCaching caching;
    /** Orders writes at the end of the file, which must first learn where that is. The one lock held across I/O. */
    private final ReentrantLock appends = new ReentrantLock();

    @GuardedBy("this")
    private final Set<NodeOpen> opens = Collections.newSetFromMap(new IdentityHashMap<>());

    @GuardedBy("this")
    private final ShareModes shareModes = new ShareModes();

    /** Link.IsDeleted: the names that are to go. */
    @GuardedBy("this")
    private final List<Doomed> doomed = new ArrayList<>();

    /** The opens of named streams of this file: they can forbid that it is opened to delete or rename it. */
    @GuardedBy("this")
    private final Set<NodeOpen> streamOpens = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Names that are being removed just now; until that is done nobody may open them. */
    @GuardedBy("this")
    private int deletions;

    /** What is allocated beyond the end of the file, until the last close. MS-FSA 2.1.1.5 Stream.AllocationSize. */
    @GuardedBy("this")
    private long reservedBytes;

    /**
     * A name that is to go.
     *
     * @param open the one that said so
     * @param posix it goes with {@code open}, whoever else has it open: Link.DeleteUsingPosixSemantics
     */
    private record Doomed(NodeOpen open, boolean posix) {}

    FileNode(FileKey key, OpenLocations locations, VfsLimits limits, OplockTable oplocks) {
        this.key = key;
        this.locations = locations;
        this.locks = new ByteRangeLocks(limits);
        this.caching = new FileCaching(key, oplocks);
    }

    public FileKey key() {
        return key;
    }

    /** Stream.ByteRangeLockList. */
    public ByteRangeLocks locks() {
        return locks;
    }

    /** Stream.Oplock. */
    public FileCaching caching() {
        return caching;
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
        caching.moved(newKey);
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
        if (open.deleteOnClose() && !open.location().isEmpty() && !isDoomed(open.location())) {
            doomed.add(new Doomed(open, open.deletesWithPosixSemantics()));
        }
        List<NodeOpen> due = new ArrayList<>();
        for (Doomed marked : doomed) {
            if (marked.posix() && marked.open() == open || !isOpen(marked.open().location())) {
                due.add(marked.open());
            }
        }
        deletions += due.size();
        return due;
    }

    @GuardedBy("this")
    private boolean isOpen(String location) {
        return opens.stream().anyMatch(open -> open.location().equals(location));
    }

    /** Told when the names of {@code due} are gone, or could not be removed and are as before. */
    synchronized void deletionsDone(List<NodeOpen> due, List<NodeOpen> failed) {
        doomed.removeIf(marked -> due.contains(marked.open()));
        deletions -= due.size();
        due.stream()
                .filter(open -> !failed.contains(open))
                .map(NodeOpen::location)
                .forEach(this::nameGone);
    }

    /** Tells every open of the name at {@code location} that it has gone. */
    public synchronized void nameGone(String location) {
        moved(location, "");
        doomed.removeIf(marked -> marked.open().location().equals(location));
    }

    /**
     * Marks the link of {@code open} as deleted, or takes the mark back. MS-FSA 2.1.5.15.3 FileDispositionInformation.
     *
     * @param posix the name goes with {@code open}, whoever else has it open
     */
    public synchronized void markDeleted(NodeOpen open, boolean deleted, boolean posix) {
        doomed.removeIf(marked -> marked.open().location().equals(open.location()));
        if (deleted) {
            doomed.add(new Doomed(open, posix));
        }
    }

    /** Link.IsDeleted of the name at {@code location}; that of a name that is gone is, too. */
    public synchronized boolean isDeletePending(String location) {
        return location.isEmpty() || isDoomed(location);
    }

    /** Link.IsDeleted of any of its names. */
    public synchronized boolean isDeletePending() {
        return !doomed.isEmpty();
    }

    @GuardedBy("this")
    private boolean isDoomed(String location) {
        for (Doomed marked : doomed) {
            if (marked.open().location().equals(location)) {
                return true;
            }
        }
        return false;
    }

    synchronized boolean isUnused() {
        return opens.isEmpty() && deletions == 0;
    }

    /** Whether an open with {@code access} that shares with {@code share} could not join those that are there. */
    public synchronized boolean conflicts(int access, int share) {
        return shareModes.conflicts(access, share);
    }

    /** What has been reserved for the file while it is open, in bytes. */
    public synchronized long reservedBytes() {
        return reservedBytes;
    }

    public synchronized void setReservedBytes(long bytes) {
        reservedBytes = bytes;
    }

    /** Whether any of its opens is of a name below a directory. */
    synchronized boolean isOpenBelow(String directoryPrefix) {
        for (NodeOpen open : opens) {
            if (open.location().startsWith(directoryPrefix)) {
                return true;
            }
        }
        return false;
    }

    /** Whether {@code open} is the only one. */
    public synchronized boolean isLast(NodeOpen open) {
        return opens.size() == 1 && opens.contains(open);
    }

    /** Tells every open of the name at {@code from} that it is at {@code to} now. */
    public synchronized void moved(String from, String to) {
        for (NodeOpen open : opens) {
            if (open.location().equals(from)) {
                move(open, to);
            }
        }
    }

    /** Tells every open below the directory at {@code from} that the directory is at {@code to} now. */
    synchronized void movedBelow(String from, String to) {
        for (NodeOpen open : opens) {
            String location = open.location();
            if (location.startsWith(from + "/")) {
                move(open, to + location.substring(from.length()));
            }
        }
    }

    @GuardedBy("this")
    private void move(NodeOpen open, String to) {
        locations.remove(open.location());
        open.moved(to);
        locations.add(to);
    }
}

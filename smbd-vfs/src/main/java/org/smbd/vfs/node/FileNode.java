package org.smbd.vfs.node;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.smbd.core.file.AccessMask;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.PosixIdentity;
import org.smbd.vfs.lock.ByteRangeLocks;
import org.smbd.vfs.store.FileKey;

/**
 * The shared state of one file that is open at least once. MS-FSA 2.1.1.3 Per File, 2.1.1.4 Per Link.
 *
 * <p>Its lock guards opens, share modes and pending deletion; it is a leaf but for {@link ByteRangeLocks}, and nothing that
 * can block happens under it.
 */
public final class FileNode {
    private final FileKey key;
    private final ByteRangeLocks locks = new ByteRangeLocks();

    @GuardedBy("this")
    private final List<NodeOpen> opens = new ArrayList<>();

    /** What to delete at the last close; null if nothing. Link.IsDeleted. */
    @GuardedBy("this")
    private Doomed doomed;

    /**
     * A name that goes with the last close.
     *
     * @param hostPath exact host path
     * @param who who asked for it
     */
    public record Doomed(String hostPath, PosixIdentity who) {}

    FileNode(FileKey key) {
        this.key = key;
    }

    public FileKey key() {
        return key;
    }

    /** Stream.ByteRangeLockList. */
    public ByteRangeLocks locks() {
        return locks;
    }

    /** Adds an open if its share mode allows: DELETE_PENDING or SHARING_VIOLATION else, empty if it was added. */
    synchronized Optional<NtStatus> add(NodeOpen open, int sharingAccess) {
        if (doomed != null) {
            return Optional.of(NtStatus.DELETE_PENDING);
        }
        for (NodeOpen other : opens) {
            if (ShareModes.conflict(sharingAccess, open.shareAccess(), other.grantedAccess(), other.shareAccess())) {
                return Optional.of(NtStatus.SHARING_VIOLATION);
            }
        }
        opens.add(open);
        return Optional.empty();
    }

    /** Takes an open away that {@link #add} added and that never became visible. */
    synchronized void withdraw(NodeOpen open) {
        opens.remove(open);
    }

    /**
     * Takes an open away.
     *
     * @return what its caller has to delete now, if this was the last open of a file that is to go
     */
    synchronized Optional<Doomed> remove(NodeOpen open) {
        opens.remove(open);
        if (open.deleteOnClose() && doomed == null) {
            doomed = new Doomed(open.hostPath(), open.who());
        }
        return opens.isEmpty() ? Optional.ofNullable(doomed) : Optional.empty();
    }

    /** Marks the link of {@code open} as deleted, or takes the mark back. MS-FSA 2.1.5.15.3. */
    public synchronized void markDeleted(NodeOpen open, boolean deleted) {
        doomed = deleted ? new Doomed(open.hostPath(), open.who()) : null;
    }

    /** Link.IsDeleted. */
    public synchronized boolean isDeletePending() {
        return doomed != null;
    }

    synchronized boolean isUnused() {
        return opens.isEmpty();
    }

    /** Whether any open but {@code self} is there. */
    public synchronized boolean hasOtherOpens(NodeOpen self) {
        return opens.size() > (opens.contains(self) ? 1 : 0);
    }

    /** Tells every open that was opened by {@code fromHost}, or below it, of the new path. */
    /** Whether an open has all of some rights. */
    public synchronized boolean isGranted(int rights) {
        return opens.stream().anyMatch(open -> AccessMask.has(open.grantedAccess(), rights));
    }

    synchronized void moved(String fromHost, String toHost, String fromClient, String toClient) {
        for (NodeOpen open : opens) {
            String path = open.hostPath();
            if (path.equals(fromHost)) {
                open.moved(toHost, toClient);
            }
        }
        if (doomed != null && fromHost.equals(doomed.hostPath())) {
            doomed = new Doomed(toHost, doomed.who());
        }
    }

    /** Whether an open is of a path below {@code directory}. */
    synchronized boolean isBelow(String directory) {
        return opens.stream().anyMatch(open -> open.hostPath().startsWith(directory + "/"));
    }
}

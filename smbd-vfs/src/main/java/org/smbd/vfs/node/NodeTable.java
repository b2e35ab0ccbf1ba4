package org.smbd.vfs.node;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.smbd.core.status.NtStatus;
import org.smbd.vfs.Outcome;
import org.smbd.vfs.VfsLimits;
import org.smbd.vfs.kernel.KernelChanges;
import org.smbd.vfs.notify.ChangeHub;
import org.smbd.vfs.notify.NotifyLimits;
import org.smbd.vfs.oplock.OplockTable;
import org.smbd.vfs.store.FileKey;
import org.smbd.vfs.stream.StreamTable;

/** Every file that is open, one table for all shares of the process. MS-FSA 2.1.1.1 Per Volume, OpenFileList. */
public final class NodeTable {
    private final ConcurrentMap<FileKey, FileNode> nodes = new ConcurrentHashMap<>();
    private final OpenLocations locations = new OpenLocations();
    private final StreamTable streams = new StreamTable();
    private final NameChanges nameChanges = new NameChanges();
    private final VfsLimits limits;
    private final ChangeHub changes = new ChangeHub(NotifyLimits.DEFAULT);
    private final KernelChanges kernelChanges = new KernelChanges(changes);
    private final OplockTable oplocks = new OplockTable();

    /** With the usual limits. */
    public NodeTable() {
        this(VfsLimits.DEFAULT);
    }

    public NodeTable(VfsLimits limits) {
        this.limits = limits;
    }

    public VfsLimits limits() {
        return limits;
    }

    /** What other programs of this host change. */
    public KernelChanges kernelChanges() {
        return kernelChanges;
    }

    /** Who watches directories: Volume.ChangeNotifyList. */
    public ChangeHub changes() {
        return changes;
    }

    /** The leases of these files. */
    public OplockTable oplocks() {
        return oplocks;
    }

    /**
     * Adds an open to the node of its file: MS-FSA 2.1.5.1.2.2.
     *
     * @param sharingAccess the rights that count for sharing: those granted, and what an overwrite needs
     * @return the node, or DELETE_PENDING, SHARING_VIOLATION
     */
    public Outcome<FileNode> add(FileKey key, NodeOpen open, int sharingAccess) {
        Adding adding = new Adding(open, sharingAccess);
        FileNode node = nodes.compute(
                key,
                (k, present) -> adding.to(present == null ? new FileNode(k, locations, limits, oplocks) : present));
        return adding.refusal.isPresent() ? new Outcome.Fail<>(adding.refusal.get()) : new Outcome.Done<>(node);
    }

    private static final class Adding {
        final NodeOpen open;
        final int sharingAccess;
        Optional<NtStatus> refusal = Optional.empty();

        Adding(NodeOpen open, int sharingAccess) {
            this.open = open;
            this.sharingAccess = sharingAccess;
        }

        /** The node, or null if it is of no more use. */
        FileNode to(FileNode node) {
            refusal = node.add(open, sharingAccess);
            return node.isUnused() ? null : node;
        }
    }

    /** Takes back an open that failed after all. */
    public void withdraw(FileNode node, NodeOpen open) {
        node.withdraw(open);
        forgetUnused(node);
    }

    /** Takes an open away, and deletes the names that were to go with it; others cannot open them meanwhile. */
    public void remove(FileNode node, NodeOpen open) {
        List<NodeOpen> due = node.remove(open);
        if (!due.isEmpty()) {
            nameChanges.begin();
            try {
                node.deletionsDone(
                        due, due.stream().filter(doomed -> !doomed.deleteLink()).toList());
            } finally {
                nameChanges.end();
            }
        }
        forgetUnused(node);
    }

    private void forgetUnused(FileNode node) {
        nodes.computeIfPresent(node.key(), (k, present) -> present == node && node.isUnused() ? null : present);
    }

    /** Gives the node of a stream the key of its new name; false if that stream is open. */
    public boolean move(FileNode node, FileKey to) {
        if (nodes.putIfAbsent(to, node) != null) {
            return false;
        }
        FileKey from = node.key();
        node.rename(to);
        nodes.remove(from, node);
        return true;
    }

    /** The named streams that are open. */
    public StreamTable streams() {
        return streams;
    }

    /** The node of a file, if it is open. */
    public Optional<FileNode> find(FileKey key) {
        return Optional.ofNullable(nodes.get(key));
    }

    /** Whether any file below the directory at {@code location} is open. */
    public boolean anyOpenBelow(String location) {
        return locations.anyBelow(location);
    }

    /**
     * Tells the opens below a directory that was just renamed; those that came while it was, as none is there before.
     */
    public void movedBelow(String from, String to) {
        if (locations.anyBelow(from)) {
            nodes.values().forEach(node -> node.movedBelow(from, to));
        }
    }

    /** The names that this process changes. */
    public NameChanges nameChanges() {
        return nameChanges;
    }

    /** The open files below the directory at {@code location}. */
    public List<FileNode> openBelow(String location) {
        if (!anyOpenBelow(location)) {
            return List.of();
        }
        String prefix = OpenLocations.prefix(location);
        return nodes.values().stream().filter(node -> node.isOpenBelow(prefix)).toList();
    }

    /** Count of files that are open. */
    public int size() {
        return nodes.size();
    }
}

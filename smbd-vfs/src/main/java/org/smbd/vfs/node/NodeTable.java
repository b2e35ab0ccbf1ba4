package org.smbd.vfs.node;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.smbd.core.status.NtStatus;
import org.smbd.vfs.store.FileKey;

/** Every file that is open, one for all shares of the process: MS-FSA 2.1.1.1 Per Volume, OpenFileList. */
public final class NodeTable {
    private final ConcurrentMap<FileKey, FileNode> nodes = new ConcurrentHashMap<>();

    /** The node of an open, or why there is none. */
    public record Added(Optional<FileNode> node, NtStatus status) {}

    /**
     * Adds an open to the node of its file: MS-FSA 2.1.5.1.2.2.
     *
     * @param sharingAccess the rights that count for sharing: those granted, and what an overwrite needs
     */
    public Added add(FileKey key, NodeOpen open, int sharingAccess) {
        Optional<NtStatus>[] refusal = newRefusal();
        FileNode node = nodes.compute(key, (k, present) -> {
            FileNode candidate = present == null ? new FileNode(k) : present;
            refusal[0] = candidate.add(open, sharingAccess);
            return candidate.isUnused() ? null : candidate;
        });
        return refusal[0]
                .map(status -> new Added(Optional.empty(), status))
                .orElseGet(() -> new Added(Optional.of(node), NtStatus.SUCCESS));
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // a holder for what the atomic computation found
    private static Optional<NtStatus>[] newRefusal() {
        return new Optional[1];
    }

    /** Takes back an open that failed after all. */
    public void withdraw(FileNode node, NodeOpen open) {
        nodes.compute(node.key(), (k, present) -> {
            node.withdraw(open);
            return node.isUnused() ? null : present;
        });
    }

    /**
     * Takes an open away; the file stays in the table, and so refuses others, while {@code whenLast} deletes it.
     *
     * @param whenLast deletes it; called for the last open of a file that is to go
     */
    public void remove(FileNode node, NodeOpen open, Consumer<FileNode.Doomed> whenLast) {
        Optional<FileNode.Doomed> doomed = node.remove(open);
        try {
            doomed.ifPresent(whenLast);
        } finally {
            nodes.compute(node.key(), (k, present) -> present == node && node.isUnused() ? null : present);
        }
    }

    /** The node of a file, if it is open. */
    public Optional<FileNode> find(FileKey key) {
        return Optional.ofNullable(nodes.get(key));
    }

    /** Whether any file below {@code hostDirectory} on {@code device} is open. */
    public boolean anyOpenBelow(long device, String hostDirectory) {
        return nodes.values().stream().anyMatch(node -> node.key().device() == device && node.isBelow(hostDirectory));
    }

    /** Tells the opens of a file of its new name. */
    public void moved(FileNode node, String fromHost, String toHost, String fromClient, String toClient) {
        node.moved(fromHost, toHost, fromClient, toClient);
    }

    /** Count of files that are open. */
    public int size() {
        return nodes.size();
    }
}

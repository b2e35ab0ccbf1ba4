package org.smbd.vfs;

import java.util.Optional;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.FileAttributes;
import org.smbd.core.status.NtStatus;
import org.smbd.vfs.name.ResolvedPath;
import org.smbd.vfs.node.FileNode;
import org.smbd.vfs.notify.CompletionFilter;
import org.smbd.vfs.notify.RenameChanges;
import org.smbd.vfs.store.StoreAccess;
import org.smbd.vfs.store.StoreFile;
import org.smbd.vfs.store.StoreStat;
import org.smbd.vfs.stream.SideFiles;

/** MS-FSA 2.1.5.15.12 FileRenameInformation and 2.1.5.15.7 FileLinkInformation: names that come and go. */
final class RenameAlgorithm {
    private final Share share;

    RenameAlgorithm(Share share) {
        this.share = share;
    }

    /** Gives the file of {@code open} another name. */
    void rename(LocalOpen open, String newPath, boolean replaceIfExists) {
        if (open.stream().isPresent() || newPath.startsWith(":")) {
            new StreamRename(share).rename(open, newPath, replaceIfExists);
            return;
        }
        if (!open.mayAny(AccessMask.DELETE) || open.hostPath().isEmpty()) {
            throw NtStatus.ACCESS_DENIED.exception();
        }
        ResolvedPath target = resolve(open, newPath);
        String from = open.hostPath();
        StoreStat source = open.file().stat();
        String leaf = hostLeaf(open, target, newPath);
        boolean same =
                target.stat().filter(stat -> stat.key().equals(source.key())).isPresent();
        String to = target.hostParent().isEmpty() ? leaf : target.hostParent() + "/" + leaf;
        if (same && to.equals(from)) {
            return;
        }
        if (open.node().anyStreamOpen()) {
            throw NtStatus.ACCESS_DENIED.exception(); // smb2.streams.basefile-rename-with-open-stream pins it
        }
        if (open.isDirectory()) {
            refuseMoveOfDirectory(from, to);
        }
        boolean replaced = target.stat().isPresent() && !same;
        if (replaced) {
            refuseReplacement(open, target, replaceIfExists);
        }
        refuseBelowDelete(open, DirtyNames.parent(from));
        refuseBelowDelete(open, target.hostParent());
        share.dirtyNames().settleBelow(open.who(), from);
        boolean mayReplace = replaceIfExists && replaced || same;
        if (replaced) {
            share.removingName(target.hostPath(), () -> share.volume().rename(open.who(), from, to, mayReplace));
        } else {
            share.volume().rename(open.who(), from, to, mayReplace);
        }
        if (replaced && !target.hostName().equals(leaf)) { // the replaced name differs in case: it is still there
            share.removingName(target.hostPath(), () -> share.volume().unlink(open.who(), target.hostPath()));
            share.nameRemoved(open.who(), target.hostParent(), target.hostName());
        }
        share.nameRemoved(open.who(), DirtyNames.parent(from), from.substring(from.lastIndexOf('/') + 1));
        share.nameAdded(open.who(), target.hostParent(), leaf);
        open.node().moved(share.location(from), share.location(to));
        share.changes()
                .post(RenameChanges.ofRename(
                        share.location(from),
                        share.location(to),
                        open.isDirectory(),
                        replaced ? share.location(target.hostPath()) : ""));
        if (!open.isDirectory()) { // it has the ARCHIVE attribute now; Windows tells so at the close
            open.reportChangeAtClose(CompletionFilter.ATTRIBUTES | CompletionFilter.CREATION);
        }
    }

    /** Gives the file of {@code open} one more name. */
    void link(LocalOpen open, String newPath, boolean replaceIfExists) {
        if (open.stream().isPresent()) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        if (open.isDirectory()) {
            throw NtStatus.FILE_IS_A_DIRECTORY.exception();
        }
        ResolvedPath target = resolve(open, newPath);
        String replaced = target.stat().isPresent() ? share.location(target.hostPath()) : "";
        if (target.stat().isPresent()) {
            refuseReplacement(open, target, replaceIfExists);
            share.removingName(target.hostPath(), () -> share.volume().unlink(open.who(), target.hostPath()));
            share.nameRemoved(open.who(), target.hostParent(), target.hostName());
        }
        String leaf = hostLeaf(open, target, newPath);
        String to = target.hostParent().isEmpty() ? leaf : target.hostParent() + "/" + leaf;
        share.volume().link(open.who(), open.hostPath(), to);
        share.nameAdded(open.who(), target.hostParent(), leaf);
        share.changes().post(RenameChanges.ofLink(share.location(to), replaced));
    }

    private ResolvedPath resolve(LocalOpen open, String newPath) {
        Outcome<ResolvedPath> resolution = open.resolver().resolve(open.who(), newPath);
        if (resolution instanceof Outcome.Fail<ResolvedPath> fail) {
            throw fail.status().exception();
        }
        ResolvedPath target = ((Outcome.Done<ResolvedPath>) resolution).value();
        if (target.hostName().isEmpty()) {
            throw NtStatus.OBJECT_NAME_INVALID.exception();
        }
        if (SideFiles.isHidden(target.hostPath())) {
            throw NtStatus.ACCESS_DENIED.exception();
        }
        return target;
    }

    /** The name as the client wrote it, also where one that differs in case exists. */
    private static String hostLeaf(LocalOpen open, ResolvedPath target, String newPath) {
        String trimmed = newPath.endsWith("\\") ? newPath.substring(0, newPath.length() - 1) : newPath;
        return target.stat().isPresent()
                ? open.resolver().hostName(trimmed.substring(trimmed.lastIndexOf('\\') + 1))
                : target.hostName();
    }

    /** Windows does not move a directory in which something is open, nor into itself. */
    private void refuseMoveOfDirectory(String from, String to) {
        if (to.startsWith(from + "/")) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        if (share.nodes().anyOpenBelow(share.location(from))) {
            throw NtStatus.ACCESS_DENIED.exception();
        }
    }

    /**
     * MS-FSA 2.1.5.15.12: the directories are opened to add and remove names, without sharing DELETE: an open of one
     * that has the right to delete it is in the way.
     */
    private void refuseBelowDelete(LocalOpen open, String hostDirectory) {
        Optional<FileNode> node = share.volume()
                .stat(open.who(), hostDirectory)
                .flatMap(directory -> share.nodes().find(directory.key()));
        if (node.isPresent() && node.get().anyMayDelete()) {
            throw NtStatus.SHARING_VIOLATION.exception();
        }
    }

    private void refuseReplacement(LocalOpen open, ResolvedPath target, boolean replaceIfExists) {
        if (!replaceIfExists) {
            throw NtStatus.OBJECT_NAME_COLLISION.exception();
        }
        StoreStat stat = target.stat().orElseThrow();
        if (stat.isDirectory() || open.isDirectory()) {
            throw NtStatus.ACCESS_DENIED.exception();
        }
        Optional<FileNode> node = share.nodes().find(stat.key());
        if (node.isPresent()) {
            throw (node.get().isDeletePending() ? NtStatus.DELETE_PENDING : NtStatus.ACCESS_DENIED).exception();
        }
        try (StoreFile file = share.volume().open(open.who(), target.hostPath(), StoreAccess.METADATA)) {
            int attributes = share.facts().kept(file, file.stat()).attributes();
            if (FileAttributes.has(attributes, FileAttributes.READONLY)) {
                throw NtStatus.ACCESS_DENIED.exception();
            }
        }
    }
}

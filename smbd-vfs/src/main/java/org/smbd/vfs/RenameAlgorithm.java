package org.smbd.vfs;

import java.util.Optional;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.FileAttributes;
import org.smbd.core.file.ShareAccess;
import org.smbd.core.status.NtStatus;
import org.smbd.vfs.name.ResolvedPath;
import org.smbd.vfs.node.FileNode;
import org.smbd.vfs.notify.CompletionFilter;
import org.smbd.vfs.notify.RenameChanges;
import org.smbd.vfs.store.HostPaths;
import org.smbd.vfs.store.StoreAccess;
import org.smbd.vfs.store.StoreFile;
import org.smbd.vfs.store.StoreStat;
import org.smbd.vfs.stream.SideFiles;

/** MS-FSA 2.1.5.15.12 FileRenameInformation and 2.1.5.15.7 FileLinkInformation: names that come and go. */
final class RenameAlgorithm {
    /** As NTFS has it; the host may allow fewer. */
    private static final int LINKS_MAX = 1024;

    private final Share share;

    RenameAlgorithm(Share share) {
        this.share = share;
    }

    /** Gives the file of {@code open} another name. */
    void rename(LocalOpen open, String newPath, RenameOptions options) {
        if (open.stream().isPresent() || newPath.startsWith(":")) {
            new StreamRename(share).rename(open, newPath, options.replaceIfExists());
            return;
        }
        if (!open.mayAny(AccessMask.DELETE) || open.hostPath().isEmpty() || open.isDeletePending()) {
            throw NtStatus.ACCESS_DENIED.exception();
        }
        ResolvedPath target = resolve(open, newPath);
        String from = open.hostPath();
        StoreStat source = open.file().stat();
        String leaf = hostLeaf(open, target, newPath);
        boolean same = isSame(target, source);
        String to = HostPaths.join(target.hostParent(), leaf);
        if (same && to.equals(from)) {
            return;
        }
        if (open.node().anyStreamOpen()) {
            throw NtStatus.ACCESS_DENIED.exception(); // smb2.streams.basefile-rename-with-open-stream pins it
        }
        if (open.isDirectory()) {
            refuseMoveOfDirectory(open, from, to);
        }
        openDestination(open, target);
        boolean replaced = target.stat().isPresent() && !same;
        if (replaced) {
            refuseReplacement(open, target, options);
        }
        if (!share.leadsTo(open.who(), from, source.key())) {
            throw NtStatus.OBJECT_NAME_NOT_FOUND.exception(); // renamed or replaced behind our back
        }
        share.nodes().nameChanges().begin();
        try {
            move(open, from, to, target, replaced, replaced || same);
        } finally {
            share.nodes().nameChanges().end();
        }
    }

    private void move(
            LocalOpen open, String from, String to, ResolvedPath target, boolean replaced, boolean overwriting) {
        String oldLocation = open.location();
        String lost = "";
        share.dirtyNames().settleBelow(open.who(), from);
        Runnable rename = () -> share.volume().rename(open.who(), from, to, overwriting);
        DirectoryChange.of(
                share,
                open,
                () -> DirectoryChange.of(share, open, target.hostParent(), () -> {
                    if (replaced) {
                        share.removingName(target.hostPath(), rename);
                        removeOtherCase(open, target, to);
                    } else {
                        rename.run();
                    }
                }));
        if (replaced) {
            lost = share.location(share.volume().canonical(open.who(), target.hostPath()));
            Optional<FileNode> loser =
                    share.nodes().find(target.stat().orElseThrow().key());
            if (loser.isPresent()) {
                loser.get().nameGone(lost);
            }
        }
        share.nameRemoved(open.who(), HostPaths.parent(from), HostPaths.name(from));
        share.nameAdded(open.who(), target.hostParent(), HostPaths.name(to));
        String newLocation = share.location(share.volume().canonical(open.who(), to));
        open.node().moved(oldLocation, newLocation);
        if (open.isDirectory()) {
            share.nodes().movedBelow(oldLocation, newLocation);
        }
        share.changes().post(RenameChanges.ofRename(oldLocation, newLocation, open.isDirectory(), lost));
        if (!open.isDirectory()) { // it has the ARCHIVE attribute now; Windows tells so at the close
            open.reportChangeAtClose(CompletionFilter.ATTRIBUTES | CompletionFilter.CREATION);
        }
    }

    /** Where the replaced name differs in case from the new one, it is still there. */
    private void removeOtherCase(LocalOpen open, ResolvedPath target, String to) {
        if (!target.hostPath().equals(to)) {
            share.removingName(target.hostPath(), () -> share.volume().unlink(open.who(), target.hostPath()));
            share.nameRemoved(open.who(), target.hostParent(), target.hostName());
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
        if (open.isDeletePending()) {
            throw NtStatus.ACCESS_DENIED.exception();
        }
        StoreStat source = open.file().stat();
        if (source.numberOfLinks() >= LINKS_MAX) {
            throw NtStatus.TOO_MANY_LINKS.exception();
        }
        ResolvedPath target = resolve(open, newPath);
        String to = HostPaths.join(target.hostParent(), hostLeaf(open, target, newPath));
        boolean exists = target.stat().isPresent();
        String replaced = exists ? share.location(target.hostPath()) : "";
        if (exists && !replaceIfExists) {
            throw NtStatus.OBJECT_NAME_COLLISION.exception();
        }
        if (isSame(target, source)) {
            return; // it has that name, perhaps in another case
        }
        if (exists) {
            refuseReplacement(open, target, RenameOptions.REPLACING);
        }
        if (!share.leadsTo(open.who(), open.hostPath(), source.key())) {
            throw NtStatus.OBJECT_NAME_NOT_FOUND.exception();
        }
        DirectoryChange.of(share, open, target.hostParent(), () -> {
            if (exists) {
                replaceByLink(open, target, to);
            } else {
                share.volume().link(open.who(), open.hostPath(), to);
            }
        });
        share.nameAdded(open.who(), target.hostParent(), HostPaths.name(to));
        share.changes().post(RenameChanges.ofLink(share.location(to), replaced));
    }

    /** The new link takes the place of the old name in one step: at no moment is neither there. */
    private void replaceByLink(LocalOpen open, ResolvedPath target, String to) {
        String passing = HostPaths.join(target.hostParent(), ".smbd-link-" + Long.toHexString(System.nanoTime()));
        share.volume().link(open.who(), open.hostPath(), passing);
        try {
            share.nodes().nameChanges().begin();
            share.removingName(to, () -> share.volume().rename(open.who(), passing, to, true));
            removeOtherCase(open, target, to);
        } catch (RuntimeException e) {
            share.volume().unlink(open.who(), passing);
            throw e;
        } finally {
            share.nodes().nameChanges().end();
        }
    }

    private static boolean isSame(ResolvedPath target, StoreStat source) {
        return target.stat().filter(stat -> stat.key().equals(source.key())).isPresent();
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
    private void refuseMoveOfDirectory(LocalOpen open, String from, String to) {
        if (to.startsWith(from + "/")) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        if (share.nodes().anyOpenBelow(open.location())) {
            throw NtStatus.ACCESS_DENIED.exception();
        }
    }

    /**
     * The directory is opened to add the name of a file, sharing all but DELETE, as Windows did before Server 2025: an
     * open of it that may delete it, or that shares no writing, is in the way.
     */
    private void openDestination(LocalOpen open, ResolvedPath target) {
        Optional<FileNode> node = share.volume()
                .stat(open.who(), target.hostParent())
                .flatMap(directory -> share.nodes().find(directory.key()));
        if (node.isEmpty()) {
            return;
        }
        if (node.get().isDeletePending()) {
            throw NtStatus.DELETE_PENDING.exception();
        }
        // smb2.notify-inotify.inotify-rename moves a directory beside an open that may delete the one around it
        int shared = open.isDirectory() ? ShareAccess.ALL : ShareAccess.READ | ShareAccess.WRITE;
        if (node.get().conflicts(AccessMask.FILE_ADD_FILE, shared)) {
            throw NtStatus.SHARING_VIOLATION.exception();
        }
    }

    private void refuseReplacement(LocalOpen open, ResolvedPath target, RenameOptions options) {
        if (!options.replaceIfExists()) {
            throw NtStatus.OBJECT_NAME_COLLISION.exception();
        }
        StoreStat stat = target.stat().orElseThrow();
        if (stat.isDirectory() || open.isDirectory()) {
            throw NtStatus.ACCESS_DENIED.exception();
        }
        share.nodes().find(stat.key()).ifPresent(node -> refuseReplacement(open, node, options));
        if (options.ignoreReadonly()) {
            return;
        }
        try (StoreFile file = share.volume().open(open.who(), target.hostPath(), StoreAccess.METADATA)) {
            int attributes = share.facts().kept(file, file.stat()).attributes();
            if (FileAttributes.has(attributes, FileAttributes.READONLY)) {
                throw NtStatus.ACCESS_DENIED.exception();
            }
        }
    }

    /** What is open is only replaced with POSIX semantics, and if its opens share deletion. */
    private static void refuseReplacement(LocalOpen open, FileNode node, RenameOptions options) {
        if (node.isDeletePending()) {
            throw NtStatus.DELETE_PENDING.exception();
        }
        if (!options.posixSemantics() && !open.isPosix()) {
            throw NtStatus.ACCESS_DENIED.exception();
        }
        if (node.conflicts(AccessMask.DELETE, ShareAccess.ALL)) {
            throw NtStatus.SHARING_VIOLATION.exception();
        }
    }
}

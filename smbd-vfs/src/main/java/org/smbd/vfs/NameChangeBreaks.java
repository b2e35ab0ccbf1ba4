package org.smbd.vfs;

import java.util.List;
import java.util.Optional;
import org.smbd.core.file.AccessMask;
import org.smbd.vfs.name.ResolvedPath;
import org.smbd.vfs.node.FileNode;
import org.smbd.vfs.oplock.OpenCaching;

/**
 * The breaks before a change of names, or of who may open by them. MS-FSA 2.1.4.12 Algorithm to Check for an Oplock
 * Break, cases SET_INFORMATION and SET_SECURITY; for a directory also 2.1.4.2 Algorithm for Detecting If Open Files
 * Exist Under a Directory.
 */
final class NameChangeBreaks {
    private static final int SETTING_SECURITY =
            AccessMask.WRITE_DAC | AccessMask.WRITE_OWNER | AccessMask.ACCESS_SYSTEM_SECURITY;

    private final Share share;

    NameChangeBreaks(Share share) {
        this.share = share;
    }

    /** Breaks, one file after the other; {@link Outcome.Wait} for the first that has to be waited for. */
    Outcome<Void> prepare(LocalOpen open, NameChange change) {
        if (change instanceof NameChange.Rename rename) {
            return open.mayAny(AccessMask.DELETE) ? rename(open, rename) : new Outcome.Done<>(null);
        }
        if (change instanceof NameChange.Link link) {
            Outcome<Void> source = open.node().caching().breakHandles(open.caching(), true);
            return source instanceof Outcome.Wait ? source : replaced(open, link.newPath(), link.replaceIfExists());
        }
        int needed = change instanceof NameChange.Security ? SETTING_SECURITY : AccessMask.DELETE;
        return open.mayAny(needed)
                ? open.node().caching().breakHandles(open.caching(), false)
                : new Outcome.Done<>(null);
    }

    private Outcome<Void> rename(LocalOpen open, NameChange.Rename rename) {
        Outcome<Void> outcome = open.node().caching().breakHandles(open.caching(), true);
        if (!(outcome instanceof Outcome.Wait) && open.isDirectory()) {
            outcome = breakAll(share.nodes().openBelow(open.location()), open.caching());
        }
        return outcome instanceof Outcome.Wait ? outcome : replaced(open, rename.newPath(), rename.replaceIfExists());
    }

    private static Outcome<Void> breakAll(List<FileNode> nodes, OpenCaching by) {
        Outcome<Void> outcome = new Outcome.Done<>(null);
        for (FileNode node : nodes) {
            Outcome<Void> broken = node.caching().breakHandles(by, true);
            outcome = outcome instanceof Outcome.Wait ? outcome : broken;
        }
        return outcome;
    }

    /** The file whose name is taken away: only who keeps it open after the break is in the way. */
    private Outcome<Void> replaced(LocalOpen open, String newPath, boolean replaceIfExists) {
        if (!replaceIfExists
                || !(share.resolver().resolve(open.who(), newPath) instanceof Outcome.Done<ResolvedPath> target)) {
            return new Outcome.Done<>(null);
        }
        Optional<FileNode> node = target.value()
                .stat()
                .flatMap(stat -> share.nodes().find(stat.key()))
                .filter(found -> found != open.node());
        return node.map(found -> found.caching().breakHandles(open.caching(), true))
                .orElseGet(() -> new Outcome.Done<>(null));
    }
}

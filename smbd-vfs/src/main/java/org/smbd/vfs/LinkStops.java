package org.smbd.vfs;

import java.util.Optional;
import org.smbd.core.file.CreateDisposition;
import org.smbd.core.file.CreateOptions;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.core.type.PosixIdentity;
import org.smbd.vfs.data.ReparseData;
import org.smbd.vfs.data.ReparsePoints;
import org.smbd.vfs.data.ReparseTags;
import org.smbd.vfs.name.ResolvedPath;
import org.smbd.vfs.store.StoreFile;

/** Finds the symbolic link because of which an open has failed: looked for only then, as it is rare. */
final class LinkStops {
    private final Share share;
    private final ReparsePoints reparsePoints;

    LinkStops(Share share, ReparsePoints reparsePoints) {
        this.share = share;
        this.reparsePoints = reparsePoints;
    }

    /** The outcome of an open, with STOPPED_ON_SYMLINK in place of a failure that a link explains. */
    Outcome<OpenResult> explain(OpenRequest request, Outcome<OpenResult> outcome) {
        if (!(outcome instanceof Outcome.Fail<OpenResult> fail) || !mayBeLink(request, fail.status())) {
            return outcome;
        }
        Optional<LinkStop> stop = find(request);
        if (stop.isEmpty()) {
            return outcome;
        }
        boolean exists =
                request.disposition() == CreateDisposition.CREATE && stop.get().unparsedChars() == 0;
        return new Outcome.Fail<>(exists ? NtStatus.OBJECT_NAME_COLLISION : NtStatus.STOPPED_ON_SYMLINK);
    }

    /** A link of the host that is not followed is as good as no name; what lies behind any link is no path. */
    private boolean mayBeLink(OpenRequest request, NtStatus status) {
        return status == NtStatus.OBJECT_PATH_NOT_FOUND
                || !share.options().followSymlinks()
                        && !CreateOptions.has(request.createOptions(), CreateOptions.OPEN_REPARSE_POINT)
                        && (status == NtStatus.OBJECT_NAME_NOT_FOUND || status == NtStatus.SHARING_VIOLATION);
    }

    /** The first link on the way. */
    Optional<LinkStop> find(OpenRequest request) {
        try {
            PosixIdentity who = share.identity(request.context());
            String path = request.path();
            for (int end = path.indexOf('\\'); ; end = path.indexOf('\\', end + 1)) {
                int length = end < 0 ? path.length() : end;
                Optional<LinkStop> stop =
                        at(who, path.substring(0, length)).map(link -> new LinkStop(link, path.length() - length));
                if (stop.isPresent() || end < 0) {
                    return stop;
                }
            }
        } catch (SmbException unreachable) {
            return Optional.empty();
        }
    }

    private Optional<ReparseData> at(PosixIdentity who, String clientPath) {
        if (clientPath.isEmpty()
                || !(share.resolver().resolve(who, clientPath) instanceof Outcome.Done<ResolvedPath> resolved)) {
            return Optional.empty();
        }
        String hostPath = resolved.value().hostPath();
        Optional<StoreFile> found =
                share.volume().find(who, hostPath).or(() -> share.volume().findLink(who, hostPath));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (StoreFile file = found.get()) {
            return reparsePoints.of(file).filter(data -> data.tag() == ReparseTags.SYMLINK);
        }
    }
}

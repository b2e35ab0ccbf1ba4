package org.smbd.vfs;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.core.status.SmbException;

/**
 * MS-FSA 2.1.5.5 Server Requests Closing an Open: what a close does to names.
 *
 * <p>Its phase 4, Truncate on Close, is left out: space that was reserved and not used stays with the file. The host
 * gives it back only by a truncation, which would take what a local process appends meanwhile.
 */
final class CloseAlgorithm {
    private static final Logger LOG = LoggerFactory.getLogger(CloseAlgorithm.class);

    private final Share share;

    CloseAlgorithm(Share share) {
        this.share = share;
    }

    /** Takes {@code open} off its node and closes its file, whatever fails. */
    void close(LocalOpen open) {
        try {
            showInDirectory(open);
            keepWhatIsNotEmpty(open);
            share.nodes().remove(open.node(), open);
            if (open.isDirectory() && open.deleteOnClose()) {
                share.changes().deletePending(open.location());
            }
        } finally {
            open.file().close();
        }
    }

    /** Size and times in the directory count from the close on, as on Windows, for those who cache the directory. */
    private void showInDirectory(LocalOpen open) {
        if (open.isModified()) {
            DirectoryChange.of(share, open, () -> {});
        }
    }

    /** Phase 1: FILE_DELETE_ON_CLOSE marks a directory only if nothing is in it. */
    private void keepWhatIsNotEmpty(LocalOpen open) {
        if (!open.deleteOnClose() || !open.isDirectory()) {
            return;
        }
        try {
            if (!share.isEmpty(open)) {
                open.setDeleteOnClose(false, false);
            }
        } catch (SmbException e) {
            LOG.debug("{}: cannot tell whether it is empty: {}", open.path(), e.status());
        }
    }
}

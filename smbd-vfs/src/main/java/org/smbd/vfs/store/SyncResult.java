package org.smbd.vfs.store;

import org.smbd.core.status.SmbException;

/**
 * Remembers a failed sync of an open file. The kernel reports an error of writing back once and then forgets it, with
 * the pages marked clean: a later fsync that succeeds proves nothing.
 */
final class SyncResult {
    private volatile SmbException failure;

    /** Throws what an earlier sync came to, if it failed. */
    void check() {
        SmbException earlier = failure;
        if (earlier != null) {
            throw earlier;
        }
    }

    /** Keeps a failure; returns it to be thrown. */
    SmbException failed(SmbException error) {
        failure = error;
        return error;
    }
}

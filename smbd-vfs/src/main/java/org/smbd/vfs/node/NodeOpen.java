package org.smbd.vfs.node;

import org.smbd.core.type.PosixIdentity;

/** What a {@link FileNode} must know of each open of its file. */
public interface NodeOpen {
    /** Rights that were granted. */
    int grantedAccess();

    /** What others may do meanwhile: {@link org.smbd.core.file.ShareAccess} bits. */
    int shareAccess();

    /** Whether closing it deletes the file: FILE_DELETE_ON_CLOSE. */
    boolean deleteOnClose();

    /** Whose identity deletes the file in the end. */
    PosixIdentity who();

    /** The exact host path that it was opened by, kept up to date by renames. */
    String hostPath();

    /** Told of a new path, under the node's lock. */
    void moved(String hostPath, String clientPath);
}

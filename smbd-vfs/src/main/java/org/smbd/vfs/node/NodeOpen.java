package org.smbd.vfs.node;

/** What a {@link FileNode} must know of each open of its file. */
public interface NodeOpen {
    /** Rights that were granted. */
    int grantedAccess();

    /** What others may do meanwhile: {@link org.smbd.core.file.ShareAccess} bits. */
    int shareAccess();

    /** Whether closing it deletes the file: FILE_DELETE_ON_CLOSE. */
    boolean deleteOnClose();

    /** Whether {@link #deleteOnClose} takes the name away even if others have it open: MS-FSA 2.1.1.4 Per Link. */
    boolean deletesWithPosixSemantics();

    /**
     * Where the file is on the host, whatever the share: an absolute path without links, kept up to date by renames;
     * "" once the name is gone.
     */
    String location();

    /** Told of a new location, under the node's lock; "" says that the name is gone. */
    void moved(String newLocation);

    /**
     * Removes the name that {@link #location} tells; called with no lock held, and never throws.
     *
     * @return whether the name is gone
     */
    boolean deleteLink();
}

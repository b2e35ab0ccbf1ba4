package org.smbd.vfs;

/**
 * Whose locks do not conflict with an operation. MS-FSA 2.1.4.10: an open, and for SMB1 the process within it.
 *
 * @param id 0 for SMB2, where the open itself is the owner; the process id for SMB1
 */
public record LockOwner(int id) {
    /** The owner of every SMB2 operation. */
    public static final LockOwner OPEN = new LockOwner(0);
}

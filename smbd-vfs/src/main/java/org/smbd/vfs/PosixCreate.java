package org.smbd.vfs;

/**
 * That an open has POSIX semantics, as the POSIX extensions of SMB 3.1.1 ask for it: case counts, a name may have any
 * character but a slash, and a deleted file loses its name at once.
 *
 * @param mode the permissions of a file that is created, exactly
 */
public record PosixCreate(int mode) {
    private static final int PERMISSIONS = 07777;

    public PosixCreate {
        mode &= PERMISSIONS;
    }
}

package org.smbd.vfs.store;

import java.util.Arrays;

/** One rename from directory to directory; results are 0 or -errno. */
record PosixRename(Posix posix, int fromParent, byte[] fromName, int toParent, byte[] toName) {
    int replacing() {
        boolean sameFile = isSameFile();
        int result = posix.renameat2(fromParent, fromName, toParent, toName, 0);
        if (result == 0 && sameFile && !isSameName()) {
            return posix.unlinkat(fromParent, fromName, 0); // rename leaves two names of one file as they are
        }
        return result;
    }

    int withoutReplacing() {
        int result = posix.renameat2(fromParent, fromName, toParent, toName, OpenFlags.RENAME_NOREPLACE);
        return result == -Errno.EINVAL || result == -Errno.EOPNOTSUPP || result == -Errno.ENOSYS
                ? withoutFlag()
                : result;
    }

    /**
     * For file systems that know no RENAME_NOREPLACE (NFS): a link refuses to replace; only directories are left a
     * race.
     */
    private int withoutFlag() {
        if (posix.statx(fromParent, fromName, OpenFlags.AT_SYMLINK_NOFOLLOW) == 0 && !stat().isDirectory()) {
            int result = posix.linkat(fromParent, fromName, toParent, toName);
            return result == 0 ? posix.unlinkat(fromParent, fromName, 0) : result;
        }
        if (posix.statx(toParent, toName, OpenFlags.AT_SYMLINK_NOFOLLOW) == 0) {
            return -Errno.EEXIST;
        }
        return posix.renameat2(fromParent, fromName, toParent, toName, 0);
    }

    private boolean isSameFile() {
        if (posix.statx(toParent, toName, OpenFlags.AT_SYMLINK_NOFOLLOW) != 0) {
            return false;
        }
        StoreStat to = stat();
        return to.numberOfLinks() > 1
                && !to.isDirectory()
                && posix.statx(fromParent, fromName, OpenFlags.AT_SYMLINK_NOFOLLOW) == 0
                && stat().key().equals(to.key());
    }

    private boolean isSameName() {
        if (!Arrays.equals(fromName, toName) || posix.statx(fromParent) != 0) {
            return false;
        }
        FileKey parent = stat().key();
        return posix.statx(toParent) == 0 && stat().key().equals(parent);
    }

    private static StoreStat stat() {
        return StatxFormat.stat(Scratch.ofThread().result);
    }
}

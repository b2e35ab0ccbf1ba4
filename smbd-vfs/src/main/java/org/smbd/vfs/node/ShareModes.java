package org.smbd.vfs.node;

import static org.smbd.core.file.AccessMask.DELETE;
import static org.smbd.core.file.AccessMask.FILE_APPEND_DATA;
import static org.smbd.core.file.AccessMask.FILE_EXECUTE;
import static org.smbd.core.file.AccessMask.FILE_READ_DATA;
import static org.smbd.core.file.AccessMask.FILE_WRITE_DATA;

import org.smbd.core.file.AccessMask;
import org.smbd.core.file.ShareAccess;

/** MS-FSA 2.1.5.1.2.2 Algorithm to Check Sharing Access to an Existing Stream or Directory, for one pair of opens. */
public final class ShareModes {
    private static final int READING = FILE_READ_DATA | FILE_EXECUTE;
    private static final int WRITING = FILE_WRITE_DATA | FILE_APPEND_DATA;
    private static final int SHARED = READING | WRITING | DELETE;

    private ShareModes() {}

    /** Whether an open with this access takes part in sharing at all; one that only looks at attributes does not. */
    public static boolean takesPart(int access) {
        return AccessMask.hasAny(access, SHARED);
    }

    /** Whether two opens of one stream cannot be at the same time. */
    public static boolean conflict(int access, int share, int otherAccess, int otherShare) {
        return takesPart(access)
                && takesPart(otherAccess)
                && (forbids(otherShare, access) || forbids(share, otherAccess));
    }

    /** Whether an open that shares with {@code share} forbids another's {@code access}. */
    private static boolean forbids(int share, int access) {
        return !ShareAccess.has(share, ShareAccess.READ) && AccessMask.hasAny(access, READING)
                || !ShareAccess.has(share, ShareAccess.WRITE) && AccessMask.hasAny(access, WRITING)
                || !ShareAccess.has(share, ShareAccess.DELETE) && AccessMask.hasAny(access, DELETE);
    }
}

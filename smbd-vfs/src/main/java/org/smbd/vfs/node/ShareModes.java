package org.smbd.vfs.node;

import static org.smbd.core.file.AccessMask.DELETE;
import static org.smbd.core.file.AccessMask.FILE_APPEND_DATA;
import static org.smbd.core.file.AccessMask.FILE_EXECUTE;
import static org.smbd.core.file.AccessMask.FILE_READ_DATA;
import static org.smbd.core.file.AccessMask.FILE_WRITE_DATA;

import org.smbd.core.file.AccessMask;
import org.smbd.core.file.ShareAccess;

/**
 * The share modes of all opens of one stream, as counts. MS-FSA 2.1.5.1.2.2 Algorithm to Check Sharing Access to an
 * Existing Stream or Directory. Not safe for several threads: its node guards it.
 */
public final class ShareModes {
    private static final int READING = FILE_READ_DATA | FILE_EXECUTE;
    private static final int WRITING = FILE_WRITE_DATA | FILE_APPEND_DATA;
    private static final int SHARED = READING | WRITING | DELETE;

    private int opens;
    private int readers;
    private int writers;
    private int deleters;
    private int sharingRead;
    private int sharingWrite;
    private int sharingDelete;

    /** Whether an open with this access takes part in sharing at all; one that only looks at attributes does not. */
    public static boolean takesPart(int access) {
        return AccessMask.hasAny(access, SHARED);
    }

    /** Whether an open with {@code access} that shares with {@code share} cannot join those that are there. */
    public boolean conflicts(int access, int share) {
        return takesPart(access)
                && (reads(access) && sharingRead < opens
                        || writes(access) && sharingWrite < opens
                        || deletes(access) && sharingDelete < opens
                        || !ShareAccess.has(share, ShareAccess.READ) && readers > 0
                        || !ShareAccess.has(share, ShareAccess.WRITE) && writers > 0
                        || !ShareAccess.has(share, ShareAccess.DELETE) && deleters > 0);
    }

    /** Counts an open in. */
    public void add(int access, int share) {
        count(access, share, 1);
    }

    /** Counts out an open that was counted in with the same values. */
    public void remove(int access, int share) {
        count(access, share, -1);
    }

    private void count(int access, int share, int by) {
        if (!takesPart(access)) {
            return;
        }
        opens += by;
        readers += reads(access) ? by : 0;
        writers += writes(access) ? by : 0;
        deleters += deletes(access) ? by : 0;
        sharingRead += ShareAccess.has(share, ShareAccess.READ) ? by : 0;
        sharingWrite += ShareAccess.has(share, ShareAccess.WRITE) ? by : 0;
        sharingDelete += ShareAccess.has(share, ShareAccess.DELETE) ? by : 0;
    }

    private static boolean reads(int access) {
        return AccessMask.hasAny(access, READING);
    }

    private static boolean writes(int access) {
        return AccessMask.hasAny(access, WRITING);
    }

    private static boolean deletes(int access) {
        return AccessMask.hasAny(access, DELETE);
    }
}

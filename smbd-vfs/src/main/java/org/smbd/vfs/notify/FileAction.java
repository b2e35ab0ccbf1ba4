package org.smbd.vfs.notify;

/** What happened to a name. MS-FSCC 2.7.1 FILE_NOTIFY_INFORMATION, Action. */
public final class FileAction {
    public static final int ADDED = 1;
    public static final int REMOVED = 2;
    public static final int MODIFIED = 3;
    public static final int RENAMED_OLD_NAME = 4;
    public static final int RENAMED_NEW_NAME = 5;
    public static final int ADDED_STREAM = 6;
    public static final int REMOVED_STREAM = 7;
    public static final int MODIFIED_STREAM = 8;

    private FileAction() {}

    /** Whether a second report of the same, right behind the first, would tell nothing new. */
    static boolean isRepeatable(int action) {
        return action == MODIFIED || action == MODIFIED_STREAM;
    }
}

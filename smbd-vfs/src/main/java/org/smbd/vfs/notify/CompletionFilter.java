package org.smbd.vfs.notify;

/** What a watcher wants to hear of. MS-SMB2 2.2.35 SMB2 CHANGE_NOTIFY Request, CompletionFilter. */
public final class CompletionFilter {
    public static final int FILE_NAME = 0x001;
    public static final int DIR_NAME = 0x002;
    public static final int ATTRIBUTES = 0x004;
    public static final int SIZE = 0x008;
    public static final int LAST_WRITE = 0x010;
    public static final int LAST_ACCESS = 0x020;
    public static final int CREATION = 0x040;
    public static final int EA = 0x080;
    public static final int SECURITY = 0x100;
    public static final int STREAM_NAME = 0x200;
    public static final int STREAM_SIZE = 0x400;
    public static final int STREAM_WRITE = 0x800;

    /** All that one file can take over from another that replaces it. MS-FSA 2.1.5.15.12, last part. */
    public static final int CONTENT = ATTRIBUTES | SIZE | LAST_WRITE | LAST_ACCESS | CREATION | EA | SECURITY;

    private CompletionFilter() {}

    /** The filter that a name of this kind comes and goes under. */
    static int name(boolean directory) {
        return directory ? DIR_NAME : FILE_NAME;
    }
}

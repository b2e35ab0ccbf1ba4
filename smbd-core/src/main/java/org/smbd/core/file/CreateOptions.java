package org.smbd.core.file;

/** Options of an open. MS-SMB2 2.2.13 SMB2 CREATE Request, CreateOptions. */
public final class CreateOptions {
    public static final int DIRECTORY_FILE = 0x1;
    public static final int WRITE_THROUGH = 0x2;
    public static final int SEQUENTIAL_ONLY = 0x4;
    public static final int NO_INTERMEDIATE_BUFFERING = 0x8;
    public static final int SYNCHRONOUS_IO_ALERT = 0x10;
    public static final int SYNCHRONOUS_IO_NONALERT = 0x20;
    public static final int NON_DIRECTORY_FILE = 0x40;
    public static final int COMPLETE_IF_OPLOCKED = 0x100;
    public static final int NO_EA_KNOWLEDGE = 0x200;
    public static final int RANDOM_ACCESS = 0x800;
    public static final int DELETE_ON_CLOSE = 0x1000;
    public static final int OPEN_BY_FILE_ID = 0x2000;
    public static final int OPEN_FOR_BACKUP_INTENT = 0x4000;
    public static final int NO_COMPRESSION = 0x8000;
    public static final int OPEN_REMOTE_INSTANCE = 0x400;
    public static final int OPEN_REQUIRING_OPLOCK = 0x10000;
    public static final int DISALLOW_EXCLUSIVE = 0x20000;
    public static final int RESERVE_OPFILTER = 0x100000;
    public static final int OPEN_REPARSE_POINT = 0x200000;
    public static final int OPEN_NO_RECALL = 0x400000;
    public static final int OPEN_FOR_FREE_SPACE_QUERY = 0x800000;

    private CreateOptions() {}

    public static boolean has(int options, int bits) {
        return (options & bits) == bits;
    }
}

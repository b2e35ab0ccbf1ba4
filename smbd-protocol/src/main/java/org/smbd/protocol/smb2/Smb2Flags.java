package org.smbd.protocol.smb2;

/** Flags of the header. MS-SMB2 2.2.1.1 SMB2 Packet Header - ASYNC, Flags. */
public final class Smb2Flags {
    /** A response. */
    public static final int SERVER_TO_REDIR = 0x1;

    public static final int ASYNC_COMMAND = 0x2;
    public static final int RELATED_OPERATIONS = 0x4;
    public static final int SIGNED = 0x8;
    /** The requested priority, 0 to 7; 3.1.1. */
    public static final int PRIORITY_MASK = 0x70;

    public static final int DFS_OPERATIONS = 0x10000000;
    public static final int REPLAY_OPERATION = 0x20000000;

    private Smb2Flags() {}
}

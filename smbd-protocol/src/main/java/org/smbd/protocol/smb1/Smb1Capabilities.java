package org.smbd.protocol.smb1;

/** Capabilities. MS-CIFS 2.2.4.52.2 Response, MS-SMB 2.2.4.5.2.1 Extended Security Response. */
public final class Smb1Capabilities {
    public static final int UNICODE = 0x0004;
    public static final int LARGE_FILES = 0x0008;
    public static final int NT_SMBS = 0x0010;
    public static final int RPC_REMOTE_APIS = 0x0020;
    public static final int STATUS32 = 0x0040;
    public static final int LEVEL_II_OPLOCKS = 0x0080;
    public static final int LOCK_AND_READ = 0x0100;
    public static final int NT_FIND = 0x0200;
    public static final int INFOLEVEL_PASSTHRU = 0x2000;
    public static final int LARGE_READX = 0x4000;
    public static final int LARGE_WRITEX = 0x8000;
    public static final int UNIX = 0x0080_0000;
    public static final int EXTENDED_SECURITY = 0x8000_0000;

    private Smb1Capabilities() {}
}

package org.smbd.core.file;

/** Sharing modes of an open. MS-SMB2 2.2.13 SMB2 CREATE Request, ShareAccess. */
public final class ShareAccess {
    public static final int READ = 0x1;
    public static final int WRITE = 0x2;
    public static final int DELETE = 0x4;
    public static final int ALL = READ | WRITE | DELETE;

    private ShareAccess() {}

    public static boolean has(int shareAccess, int bits) {
        return (shareAccess & bits) == bits;
    }
}

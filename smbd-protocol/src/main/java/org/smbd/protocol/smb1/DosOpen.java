package org.smbd.protocol.smb1;

/** Modes of the opens before NT. MS-CIFS 2.2.4.3.1 AccessMode, 2.2.4.41.1 OpenMode. */
public final class DosOpen {
    /** AccessMode: who wants what. */
    public static final int ACCESS_MASK = 0x7;

    public static final int ACCESS_READ = 0;
    public static final int ACCESS_WRITE = 1;
    public static final int ACCESS_READ_WRITE = 2;
    public static final int ACCESS_EXECUTE = 3;

    /** AccessMode: what others may do, in bits 4 to 6. */
    public static final int SHARING_SHIFT = 4;

    public static final int SHARING_COMPATIBILITY = 0;
    public static final int SHARING_DENY_ALL = 1;
    public static final int SHARING_DENY_WRITE = 2;
    public static final int SHARING_DENY_READ = 3;
    public static final int SHARING_DENY_NONE = 4;
    public static final int SHARING_FCB = 7;

    /** AccessMode as a whole: an open of DOS' file control blocks. */
    public static final int FCB = 0xFF;

    /** AccessMode: writes are done when they are answered. */
    public static final int WRITE_THROUGH = 0x4000;

    /** OpenMode: what to do with a file that exists, in bits 0 and 1. */
    public static final int EXISTS_MASK = 0x3;

    public static final int OPEN_EXISTING = 1;
    public static final int TRUNCATE_EXISTING = 2;

    /** OpenMode: create a file that does not exist. */
    public static final int CREATE_MISSING = 0x10;

    private DosOpen() {}
}

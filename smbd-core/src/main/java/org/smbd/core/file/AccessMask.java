package org.smbd.core.file;

/** File access rights. MS-SMB2 2.2.13.1 SMB2 Access Mask Encoding, MS-DTYP 2.4.3 ACCESS_MASK. */
public final class AccessMask {
    public static final int FILE_READ_DATA = 0x1;
    public static final int FILE_LIST_DIRECTORY = 0x1;
    public static final int FILE_WRITE_DATA = 0x2;
    public static final int FILE_ADD_FILE = 0x2;
    public static final int FILE_APPEND_DATA = 0x4;
    public static final int FILE_ADD_SUBDIRECTORY = 0x4;
    public static final int FILE_READ_EA = 0x8;
    public static final int FILE_WRITE_EA = 0x10;
    public static final int FILE_EXECUTE = 0x20;
    public static final int FILE_TRAVERSE = 0x20;
    public static final int FILE_DELETE_CHILD = 0x40;
    public static final int FILE_READ_ATTRIBUTES = 0x80;
    public static final int FILE_WRITE_ATTRIBUTES = 0x100;
    public static final int DELETE = 0x10000;
    public static final int READ_CONTROL = 0x20000;
    public static final int WRITE_DAC = 0x40000;
    public static final int WRITE_OWNER = 0x80000;
    public static final int SYNCHRONIZE = 0x100000;
    public static final int ACCESS_SYSTEM_SECURITY = 0x1000000;
    public static final int MAXIMUM_ALLOWED = 0x2000000;
    public static final int GENERIC_ALL = 0x10000000;
    public static final int GENERIC_EXECUTE = 0x20000000;
    public static final int GENERIC_WRITE = 0x40000000;
    public static final int GENERIC_READ = 0x80000000;

    /** What GENERIC_READ means for a file. */
    public static final int FILE_GENERIC_READ = 0x120089;
    /** What GENERIC_WRITE means for a file. */
    public static final int FILE_GENERIC_WRITE = 0x120116;
    /** What GENERIC_EXECUTE means for a file. */
    public static final int FILE_GENERIC_EXECUTE = 0x1200A0;
    /** What GENERIC_ALL means for a file: every right there is. */
    public static final int FILE_ALL_ACCESS = 0x1F01FF;

    private AccessMask() {}

    public static boolean has(int mask, int bits) {
        return (mask & bits) == bits;
    }

    public static boolean hasAny(int mask, int bits) {
        return (mask & bits) != 0;
    }

    /** Replaces generic rights by what they mean for files. MS-FSA 2.1.4.14 Algorithm to Check Access. */
    public static int mapGeneric(int mask) {
        int mapped = mask & 0x0FFFFFFF;
        mapped |= hasAny(mask, GENERIC_READ) ? FILE_GENERIC_READ : 0;
        mapped |= hasAny(mask, GENERIC_WRITE) ? FILE_GENERIC_WRITE : 0;
        mapped |= hasAny(mask, GENERIC_EXECUTE) ? FILE_GENERIC_EXECUTE : 0;
        mapped |= hasAny(mask, GENERIC_ALL) ? FILE_ALL_ACCESS : 0;
        return mapped;
    }

    /** For logs: the mask in hexadecimal. */
    public static String describe(int mask) {
        return String.format("0x%08x", mask);
    }
}

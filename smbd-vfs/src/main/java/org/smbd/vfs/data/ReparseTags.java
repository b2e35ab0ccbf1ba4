package org.smbd.vfs.data;

/** Reparse tags that mean something here; all others are kept as they are. MS-FSCC 2.1.2.1 Reparse Tags. */
public final class ReparseTags {
    public static final int RESERVED_ZERO = 0x00000000;
    public static final int RESERVED_ONE = 0x00000001;
    public static final int MOUNT_POINT = 0xA0000003;
    public static final int SYMLINK = 0xA000000C;
    public static final int NFS = 0x80000014;

    private static final int MICROSOFT = 0x80000000;

    private ReparseTags() {}

    /** Whether a tag is not Microsoft's: its data have a GUID in front. MS-FSCC 2.1.2.3 REPARSE_GUID_DATA_BUFFER. */
    public static boolean hasGuid(int tag) {
        return (tag & MICROSOFT) == 0;
    }

    /** Tags that nobody may set. */
    static boolean isReserved(int tag) {
        return tag == RESERVED_ZERO || tag == RESERVED_ONE;
    }
}

package org.smbd.server.smb2;

/**
 * Control codes. MS-SMB2 2.2.31 SMB2 IOCTL Request, CtlCode; MS-FSCC 2.3 FSCTL Structures.
 */
final class FsctlCode {
    static final int DFS_GET_REFERRALS = 0x00060194;
    static final int DFS_GET_REFERRALS_EX = 0x000601B0;
    static final int GET_COMPRESSION = 0x0009003C;
    static final int GET_NTFS_VOLUME_DATA = 0x00090064;
    static final int SET_OBJECT_ID = 0x00090098;
    static final int GET_OBJECT_ID = 0x0009009C;
    static final int DELETE_OBJECT_ID = 0x000900A0;
    static final int SET_REPARSE_POINT = 0x000900A4;
    static final int GET_REPARSE_POINT = 0x000900A8;
    static final int DELETE_REPARSE_POINT = 0x000900AC;
    static final int SET_OBJECT_ID_EXTENDED = 0x000900BC;
    static final int CREATE_OR_GET_OBJECT_ID = 0x000900C0;
    static final int SET_SPARSE = 0x000900C4;
    static final int GET_INTEGRITY_INFORMATION = 0x0009027C;
    static final int SET_INTEGRITY_INFORMATION = 0x0009C280;
    static final int OFFLOAD_READ = 0x00094264;
    static final int OFFLOAD_WRITE = 0x00098268;
    static final int QUERY_ALLOCATED_RANGES = 0x000940CF;
    static final int SET_ZERO_DATA = 0x000980C8;
    static final int FILE_LEVEL_TRIM = 0x00098208;
    static final int DUPLICATE_EXTENTS_TO_FILE = 0x00098344;
    static final int DUPLICATE_EXTENTS_TO_FILE_EX = 0x000983E8;
    static final int QUERY_FILE_REGIONS = 0x00090284;
    static final int SET_COMPRESSION = 0x0009C040;
    static final int PIPE_PEEK = 0x0011400C;
    static final int LMR_REQUEST_RESILIENCY = 0x001401D4;
    static final int PIPE_WAIT = 0x00110018;
    static final int PIPE_TRANSCEIVE = 0x0011C017;
    static final int SRV_REQUEST_RESUME_KEY = 0x00140078;
    static final int QUERY_NETWORK_INTERFACE_INFO = 0x001401FC;
    static final int SRV_ENUMERATE_SNAPSHOTS = 0x00144064;
    static final int VALIDATE_NEGOTIATE_INFO = 0x00140204;
    static final int SRV_COPYCHUNK = 0x001440F2;
    static final int SRV_COPYCHUNK_WRITE = 0x001480F2;

    private FsctlCode() {}

    /** Whether the request is about an open; the others must have a FileId of all ones. 3.3.5.15. */
    static boolean namesFile(int ctlCode) {
        return switch (ctlCode) {
            case DFS_GET_REFERRALS,
                    DFS_GET_REFERRALS_EX,
                    QUERY_NETWORK_INTERFACE_INFO,
                    VALIDATE_NEGOTIATE_INFO,
                    PIPE_WAIT -> false;
            default -> true;
        };
    }
}

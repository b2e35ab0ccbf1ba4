package org.smbd.protocol.rpc.srvsvc;

/**
 * A share as the server service shows it. MS-SRVS 2.2.4.27 SHARE_INFO_503_I.
 *
 * @param type one of the STYPE constants of MS-SRVS 2.2.2.4 Share Types
 * @param comment the remark; may be empty
 * @param path where it is, as far as this caller may know; may be empty
 * @param usesMax how many may use it at once; -1 for no limit
 * @param currentUses how many use it
 * @param flags the caching mode and other bits of SMB2 TREE_CONNECT's ShareFlags
 */
public record ShareEntry(String name, int type, String comment, String path, int usesMax, int currentUses, int flags) {
    public static final int STYPE_DISKTREE = 0x00000000;
    public static final int STYPE_PRINTQ = 0x00000001;
    public static final int STYPE_IPC = 0x00000003;
    public static final int STYPE_SPECIAL = 0x80000000;
}

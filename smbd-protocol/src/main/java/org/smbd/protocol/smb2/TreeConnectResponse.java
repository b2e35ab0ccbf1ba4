package org.smbd.protocol.smb2;

import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-SMB2 2.2.10 SMB2 TREE_CONNECT Response.
 *
 * @param shareType {@link #TYPE_DISK}, {@link #TYPE_PIPE} or {@link #TYPE_PRINT}
 * @param capabilities the {@code CAP} constants
 * @param maximalAccess an access mask
 */
public record TreeConnectResponse(int shareType, int shareFlags, int capabilities, int maximalAccess)
        implements Smb2Response {
    static final int STRUCTURE_SIZE = 16;

    public static final int TYPE_DISK = 0x01;
    public static final int TYPE_PIPE = 0x02;
    public static final int TYPE_PRINT = 0x03;

    public static final int FLAG_MANUAL_CACHING = 0x00000000;
    public static final int FLAG_AUTO_CACHING = 0x00000010;
    public static final int FLAG_VDO_CACHING = 0x00000020;
    public static final int FLAG_NO_CACHING = 0x00000030;
    public static final int FLAG_ACCESS_BASED_DIRECTORY_ENUM = 0x00000800;
    public static final int FLAG_ENCRYPT_DATA = 0x00008000;

    public static final int CAP_DFS = 0x00000008;
    public static final int CAP_CONTINUOUS_AVAILABILITY = 0x00000010;

    public static TreeConnectResponse decode(WireReader in) {
        in.structureSize(STRUCTURE_SIZE);
        int shareType = in.u8();
        in.skip(1); // Reserved
        return new TreeConnectResponse(shareType, in.i32(), in.i32(), in.i32());
    }

    @Override
    public void encode(WireWriter out) {
        out.u16(STRUCTURE_SIZE);
        out.u8(shareType);
        out.u8(0); // Reserved
        out.i32(shareFlags);
        out.i32(capabilities);
        out.i32(maximalAccess);
    }
}
